#!/usr/bin/env bash
# Each fuzzer for FUZZ_SECONDS (20): first its corpus fuzz/corpus/NAME, then new input.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

seconds=${FUZZ_SECONDS:-20}
cmake --preset fuzz >/dev/null
mapfile -t fuzzers < <(programs asan fuzz_ "")
ninja_build asan "${fuzzers[@]}"
for program in "${fuzzers[@]}"; do
  name=${program#fuzz_}
  work="$ROOT/build/fuzz/corpus/$name"
  mkdir -p "$work" "build/fuzz/found"
  seeds=()
  if [ -d "fuzz/corpus/$name" ]; then seeds=("fuzz/corpus/$name"); fi
  check "fuzz $name (${seconds} s)" "build/asan/$program" -max_total_time="$seconds" -timeout=30 \
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build/fuzz/found/$name-" \
    "$work" "${seeds[@]}"
done
