# clkhash and anonlink on two French lists, as their tutorials say: 1,024 bits, two letters at a time
# for names, whole values and digits for the rest, every pair compared, greedy one to one. No decoys,
# no flips. The threshold is the best of a few, chosen with the truth. Prints one line of JSON.
#   var/peers-encoded/bin/python bench/peers/anonlink_link.py A.csv B.csv TRUTH_COLUMN
import csv
import json
import sys
import time

import anonlink
from anonlink import candidate_generation, similarities, solving
from clkhash import clk
from clkhash.comparators import NgramComparison
from clkhash.field_formats import FieldHashingProperties, Ignore, StringSpec, MissingValueSpec
from clkhash.field_formats import BitsPerFeatureStrategy
from clkhash.schema import Schema

path_a, path_b, truth = sys.argv[1:4]
wanted = [("prenom", 2, 120), ("nom", 2, 130), ("date_naissance", 1, 145), ("sexe", 1, 15),
          ("code_postal", 1, 60), ("telephone", 1, 46)]


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return ([[row.get(name, "").lower() for name, _, _ in wanted] for row in rows],
            [row[truth] for row in rows])


def schema():
    fields = []
    for name, letters, bits in wanted:
        comparison = NgramComparison(letters, positional=name in ("date_naissance", "code_postal"))
        hashing = FieldHashingProperties(
            comparator=comparison, strategy=BitsPerFeatureStrategy(bits),
            missing_value=MissingValueSpec(sentinel="", replace_with=""))
        fields.append(StringSpec(name, hashing, regex=".*"))
    return Schema(fields, 1024)


(a, persons_a), (b, persons_b) = rows_of(path_a), rows_of(path_b)
known = schema()
begun = time.process_time()
encoded_a = clk.generate_clks(a, known, "secret", validate=False, max_workers=1)
encoding = time.process_time() - begun
encoded_b = clk.generate_clks(b, known, "secret", validate=False, max_workers=1)
begun = time.process_time()
found = candidate_generation.find_candidate_pairs(
    [encoded_a, encoded_b], similarities.dice_coefficient_accelerated, 0.7)
comparing = time.process_time() - begun
holders = {}
for person in persons_a:
    holders[person] = holders.get(person, 0) + 1
true_pairs = sum(holders.get(person, 0) for person in persons_b)
best = 0.0
for threshold in (0.70, 0.74, 0.78, 0.82, 0.86, 0.90):
    chosen, (first, second), (left, right) = found[0], found[1], found[2]
    kept = [i for i, value in enumerate(chosen) if value >= threshold]
    pairs = ([chosen[i] for i in kept], ([first[i] for i in kept], [second[i] for i in kept]),
             ([left[i] for i in kept], [right[i] for i in kept]))
    import array
    groups = solving.greedy_solve((array.array("d", pairs[0]),
                                   (array.array("I", pairs[1][0]), array.array("I", pairs[1][1])),
                                   (array.array("I", pairs[2][0]), array.array("I", pairs[2][1]))))
    said = right_ones = 0
    for group in groups:
        rows = dict(group)
        if len(group) == 2 and set(rows) == {0, 1}:
            said += 1
            right_ones += persons_a[rows[0]] == persons_b[rows[1]]
    best = max(best, 2 * right_ones / (said + true_pairs))
print(json.dumps({
    "f1": best,
    "encoded_per_second": len(a) / encoding,
    "pairs_per_second": len(a) * len(b) / comparing,
}))
