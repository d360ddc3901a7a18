#!/usr/bin/env bash
# The release program from outside: test/http, test/cli drive build/release/filrouge on loopback.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
run_folder test/http
run_folder test/cli
