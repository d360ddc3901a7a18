#!/usr/bin/env bash
# The disk (safety.md T02 T03 T05 T23), on the release build of disk_test for its speed: power cuts,
# failing writes, changed files; then a small tmpfs that fills up under the real server.
# TORN_POINTS (2000), FAULT_STEP (10), TAMPER_TIMES (1000), FULL_FILLS (10); TORN_SEED, FAULT_SEED and
# TAMPER_SEED give other runs.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

export TORN_POINTS=${TORN_POINTS:-2000} FAULT_STEP=${FAULT_STEP:-10}
export TAMPER_TIMES=${TAMPER_TIMES:-1000} FULL_FILLS=${FULL_FILLS:-10}
"$ROOT/script/build"
ninja_build release disk_test
run_in_parts release disk_test
run_folder test/disk
