#!/usr/bin/env bash
# Thread sanitizer on the rooms that have threads: the writer, the use cases, the jobs, the listener.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
threaded=(store_test app_test jobs_test http_test)
cmake --preset tsan >/dev/null
mapfile -t programs < <(programs tsan "" _test | grep -Fx -f <(printf '%s\n' "${threaded[@]}"))
ninja_build tsan "${programs[@]}"
run_gtests tsan "${programs[@]}"
