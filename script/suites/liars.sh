#!/usr/bin/env bash
# Liars (safety.md T14 T22): every route by every role, and REQUESTS (10000) requests each with its
# ledger rows. LIARS_TIMES (200): how often absent and forbidden are timed.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

export REQUESTS=${REQUESTS:-10000} LIARS_TIMES=${LIARS_TIMES:-200}
"$ROOT/script/build"
run_folder test/liars
