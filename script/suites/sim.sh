#!/usr/bin/env bash
# The simulated town: SIM_SEEDS (500) worlds without a finding, every planted bug found (test/sim), on
# the release build for its speed.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

ninja_build release filrouge-sim
run_folder test/sim
