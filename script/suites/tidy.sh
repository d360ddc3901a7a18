#!/usr/bin/env bash
# Rules of the sources (test/tidy) and the tests of the scripts.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

run_folder test/tidy
