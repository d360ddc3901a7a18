#!/usr/bin/env bash
# The simulation: SIM_SEEDS worlds (500) from SIM_FIRST (1) in one process a core, then every planted
# bug within 2,000 seeds. In the release preset: five times as many worlds a minute as dev, with the
# checked standard library all the same.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

seeds=${SIM_SEEDS:-500} first=${SIM_FIRST:-1} planted_max=${SIM_PLANTED:-2000}
ninja_build release filrouge filrouge-sim
sim=build/release/filrouge-sim

processes=$(parallel_jobs)
each=$(((seeds + processes - 1) / processes))
running=()
for ((i = 0; i < processes; i++)); do
  from=$((first + i * each))
  to=$((from + each - 1))
  [ "$to" -lt $((first + seeds)) ] || to=$((first + seeds - 1))
  "$sim" --seeds "$from..$to" >"$REPORTS/sim-$i.out" 2>&1 &
  running+=($!)
done
for ((i = 0; i < processes; i++)); do
  status=0
  wait "${running[$i]}" || status=$?
  cat "$REPORTS/sim-$i.out"
  count_report counted "$REPORTS/sim-$i.out" "simulated worlds, process $((i + 1))" "$status"
done

# At least eleven of twelve must be found; each one that is not counts as a failure here.
while read -r name what; do
  check "planted bug $name: $what" "$sim" --plant "$name" --seeds "1..$planted_max"
done < <("$sim" --bugs)

run_folder test/sim
