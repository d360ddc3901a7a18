#!/usr/bin/env bash
# Thread sanitizer on every unit test.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
ninja_build tsan
run_gtests tsan
