# Splink on two French lists, as its guides say: ten wide blocking rules, term frequencies, two
# passes of expectation-maximisation, weight >= 0. Prints one line of JSON.
#   var/peers/bin/python bench/peers/splink_link.py A.csv B.csv TRUTH_COLUMN
import json
import logging
import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator
from splink.internals.duckdb.database_api import DuckDBAPI

logging.disable(logging.WARNING)
path_a, path_b, truth = sys.argv[1:4]


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


begun, begun_cpu = time.perf_counter(), cpu()
connection = duckdb.connect()
connection.execute("set threads = 2")
clean = """
select row_number() over () as unique_id, {truth} as truth,
  nullif(regexp_replace(lower(strip_accents(prenom)), '[^a-z ]', ' ', 'g'), '') as prenom,
  nullif(regexp_replace(lower(strip_accents(nom)), '[^a-z ]', ' ', 'g'), '') as nom,
  nullif(date_naissance, '') as dob, nullif(sexe, '') as sexe,
  nullif(code_postal, '') as cp, nullif(commune, '') as commune, nullif(telephone, '') as tel
from read_csv('{path}', all_varchar = true)
"""
api = DuckDBAPI(connection=connection)
frames = []
for name, path in (("a", path_a), ("b", path_b)):
    connection.execute(f"create table {name}_in as {clean.format(truth=truth, path=path)}")
    frames.append(api.register(connection.table(f"{name}_in"), dataset_display_name=name))
rules = [
    "l.dob = r.dob",
    "substr(l.nom, 1, 3) = substr(r.nom, 1, 3) and l.commune = r.commune",
    "l.nom = r.nom and l.prenom = r.prenom",
    "l.nom = r.prenom and l.prenom = r.nom",
    "l.nom = r.nom and l.commune = r.commune",
    "l.prenom = r.prenom and l.commune = r.commune",
    "l.tel = r.tel",
    "l.dob = r.dob and l.commune = r.commune",
    "substr(l.nom, 1, 4) = substr(r.nom, 1, 4) and l.prenom = r.prenom",
    "l.nom = r.nom and substr(l.dob, 1, 6) = substr(r.dob, 1, 6)",
]
settings = SettingsCreator(
    link_type="link_only",
    comparisons=[
        cl.JaroWinklerAtThresholds("nom", [0.92, 0.88, 0.7]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("prenom", [0.92, 0.88, 0.7]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
        cl.ExactMatch("sexe"),
        cl.ExactMatch("commune").configure(term_frequency_adjustments=True),
        cl.ExactMatch("tel"),
    ],
    blocking_rules_to_generate_predictions=rules,
)
loaded, loaded_cpu = time.perf_counter(), cpu()
linker = Linker(frames, settings, log_level=None)
linker.training.estimate_probability_two_random_records_match([rules[2] + " and l.dob = r.dob"], recall=0.7)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
linker.training.estimate_parameters_using_expectation_maximisation(
    "l.nom = r.nom and l.prenom = r.prenom", record_sample_proportion=1.0)
linker.training.estimate_parameters_using_expectation_maximisation(
    "l.dob = r.dob", record_sample_proportion=1.0)
predict, predict_cpu = time.perf_counter(), cpu()
found = linker.inference.predict()
table = found.physical_name
done, done_cpu = time.perf_counter(), cpu()
scores = connection.execute(f"""
select count(*), count(*) filter (where match_weight >= 0),
  count(*) filter (where match_weight >= 0 and a.truth = b.truth),
  count(*) filter (where a.truth = b.truth)
from {table} p join a_in a on a.unique_id = p.unique_id_l join b_in b on b.unique_id = p.unique_id_r
""").fetchone()
true_pairs = connection.execute("select count(*) from a_in a join b_in b using (truth)").fetchone()[0]
pairs, said, right, covered = scores
print(json.dumps({
    "seconds": done - begun,
    "after_loading": done - loaded,
    "cpu": done_cpu - begun_cpu,
    "pairs": pairs,
    "pairs_per_cpu": pairs / (done_cpu - predict_cpu),
    "f1": 2 * right / (said + true_pairs),
    "blocking_recall": covered / true_pairs,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
