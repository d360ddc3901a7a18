#!/usr/bin/env bash
# Address and undefined behaviour sanitizers on every unit test.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
# The disk suite has the sizes; here the sanitizers look on.
export TORN_POINTS=10 FAULT_STEP=500 TAMPER_TIMES=10
cmake --preset asan >/dev/null
mapfile -t programs < <(programs asan "" _test)
ninja_build asan "${programs[@]}"
run_gtests asan
