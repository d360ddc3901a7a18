#!/usr/bin/env bash
# Every GoogleTest program, in the everyday preset.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

ninja_build dev
run_gtests dev
