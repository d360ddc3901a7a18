#!/usr/bin/env bash
# The release program from outside: test/*.test.mjs drive build/release/filrouge on loopback.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
run_node_tests server test/*.test.mjs
