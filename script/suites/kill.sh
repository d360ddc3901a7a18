#!/usr/bin/env bash
# kill -9 of a loaded server, KILL_LOOPS times (100), most of them within milliseconds of an erasure;
# then a backup taken under load is restored: nothing acknowledged is lost or doubled.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
export KILL_LOOPS=${KILL_LOOPS:-100}
run_folder test/kill_loop
