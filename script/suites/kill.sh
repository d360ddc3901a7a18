#!/usr/bin/env bash
# kill -9 of a loaded server, KILL_LOOPS times (20): nothing acknowledged is lost or doubled.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
run_node_tests kill test/kill/*.test.mjs
