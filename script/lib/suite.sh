# Shared by the suites of script/suites (each is run by script/test as its own process).
#
# A suite builds what it needs, runs its tests and calls `count PASSED FAILED [SKIPPED] WHAT` for
# each group of them; a suite that stops half-way counts as one failure more. Variables: ROOT,
# RESULTS (where counts go), REPORTS (folder for machine-readable results of this suite),
# FILROUGE_SHARED (real input beside the checkout, empty when absent).
#
# Two forms of test outside C++ and Vitest, found by name in a folder by run_folder:
#   FOLDER/*.test.mjs  node's own test runner (node:test), one process a file
#   FOLDER/run.mjs, FOLDER/*_run.mjs, FOLDER/run.sh   its last line is `N passed, N failed`
#                      (`, N skipped` if some)
#
#   . "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"
#   ninja_build dev
#   run_gtests dev

# shellcheck source=script/lib/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
RESULTS=${RESULTS:-/dev/stdout}
REPORTS=${REPORTS:-$ROOT/build/test-logs/reports}
mkdir -p "$REPORTS"

# count PASSED FAILED SKIPPED WHAT
count() {
  printf '%d %d %d %s\n' "$1" "$2" "$3" "$4" >>"$RESULTS"
  say "  $4 : $1 passés, $2 échoués, $3 sautés"
}

# check WHAT COMMAND...: one test that is the exit status of a command.
check() {
  local what=$1
  shift
  if "$@"; then count 1 0 0 "$what"; else count 0 1 0 "$what"; fi
}

# count_report KIND FILE WHAT STATUS: reads a report of gtest, vitest or tap.
count_report() {
  local numbers
  if numbers=$(node "$ROOT/script/lib/count.mjs" "$1" "$2" "$4"); then
    # shellcheck disable=SC2086
    count $numbers "$3"
  else
    count 0 1 0 "$3 (arrêté avant la fin, état $4)"
  fi
}

# programs PRESET PREFIX SUFFIX: the programs of that name that the build still knows.
programs() {
  ninja -C "build/$1" -t targets all | sed -n "s/^\($2[a-z0-9_]*$3\): CXX_EXECUTABLE.*/\1/p" | sort
}

# run_gtests PRESET [PROGRAM...]: these programs, or every *_test of a build folder, twenty minutes
# each at most (SUITE_SECONDS_MAX: another limit, for long runs).
run_gtests() {
  local preset=$1 name names report status
  shift
  names=${*:-$(programs "$preset" "" _test)}
  [ -n "$names" ] || fail "aucun programme de test dans build/$preset"
  for name in $names; do
    report="$REPORTS/$preset-$name.json"
    rm -f "$report"
    status=0
    timeout "${SUITE_SECONDS_MAX:-1200}" "build/$preset/$name" --gtest_brief=1 --gtest_output="json:$report" || status=$?
    count_report gtest "$report" "$preset $name" "$status"
  done
}

# run_in_parts PRESET PROGRAM: a long GoogleTest program, its tests shared out over the cores.
run_in_parts() {
  local preset=$1 name=$2 parts part report status running=()
  parts=$(parallel_jobs)
  for ((part = 0; part < parts; part++)); do
    rm -f "$REPORTS/$preset-$name-$part.json"
    GTEST_TOTAL_SHARDS=$parts GTEST_SHARD_INDEX=$part timeout "${SUITE_SECONDS_MAX:-1800}" \
      "build/$preset/$name" --gtest_brief=1 \
      --gtest_output="json:$REPORTS/$preset-$name-$part.json" >"$REPORTS/$preset-$name-$part.out" 2>&1 &
    running+=($!)
  done
  for ((part = 0; part < parts; part++)); do
    status=0
    wait "${running[part]}" || status=$?
    report="$REPORTS/$preset-$name-$part"
    cat "$report.out"
    count_report gtest "$report.json" "$preset $name, part $((part + 1)) of $parts" "$status"
  done
}

# run_node_tests WHAT FILE: node's own test runner. No --test-force-exit: it ends a file while tests of
# it still wait, and says nothing.
run_node_tests() {
  local what=$1 report status=0
  shift
  report="$REPORTS/${what//\//-}.tap"
  timeout "${SUITE_SECONDS_MAX:-1800}" node --test --test-concurrency=1 --test-reporter=spec \
    --test-reporter-destination=stdout --test-reporter=tap \
    --test-reporter-destination="$report" "$1" || status=$?
  count_report tap "$report" "$what" "$status"
}

# run_counted WHAT COMMAND...: a program whose last line is "N passed, N failed[, N skipped]".
run_counted() {
  local what=$1 output status=0
  shift
  output="$REPORTS/${what//[^a-z0-9]/-}.out"
  timeout "${SUITE_SECONDS_MAX:-1800}" "$@" 2>&1 | tee "$output" || status=$?
  count_report counted "$output" "$what" "$status"
}

# run_folder FOLDER: every test of a folder, in both forms.
run_folder() {
  local file name found=0
  for file in "$1"/*.test.mjs; do
    [ -f "$file" ] || continue
    name=${file##*/}
    run_node_tests "$1/${name%.test.mjs}" "$file"
    found=1
  done
  for file in "$1"/run.mjs "$1"/*_run.mjs; do
    [ -f "$file" ] || continue
    run_counted "$file" node "$file"
    found=1
  done
  if [ -f "$1/run.sh" ]; then
    run_counted "$1/run.sh" bash "$1/run.sh"
    found=1
  fi
  [ $found = 1 ] || count 0 1 0 "$1 : aucun test"
}
