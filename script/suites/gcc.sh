#!/usr/bin/env bash
# The second native compiler. server/http and server/cli are left out: g++ 12 miscompiles coroutines.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

ninja_build gcc
run_gtests gcc
