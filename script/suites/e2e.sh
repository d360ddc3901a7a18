#!/usr/bin/env bash
# Browser journeys: playwright-core on the Chromium of Debian, against the release program.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
run_folder e2e
run_folder e2e/field
run_folder e2e/pathway
