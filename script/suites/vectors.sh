#!/usr/bin/env bash
# Golden files: test/vectors holds core.wasm against the bytes the native core wrote.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

ninja_build wasm core
run_folder test/vectors
