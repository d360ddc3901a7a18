#!/usr/bin/env bash
# Bad networks and floods against the release program (test/network). Sizes: NETWORK_ABORTS,
# NETWORK_SLOW, NETWORK_SLOW_SECONDS, NETWORK_IDLE, NETWORK_SIGN_INS, NETWORK_MALFORMED,
# NETWORK_LINE_ENTRIES, NETWORK_BURST_SECONDS, SOAK_MINUTES; each test says its own.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
run_folder test/network
