#!/usr/bin/env bash
# The primary of a PostgreSQL cluster killed under load, FAILOVERS times (3), and with Patroni
# PATRONI_FAILOVERS times (none unless given): nothing acknowledged is lost or doubled.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
export FAILOVERS=${FAILOVERS:-3} PATRONI_FAILOVERS=${PATRONI_FAILOVERS:-0}
if [ "$PATRONI_FAILOVERS" -gt 0 ]; then need_patroni; fi
run_folder test/failover
if [ "$PATRONI_FAILOVERS" -gt 0 ]; then
  run_counted test/failover/patroni.mjs node test/failover/patroni.mjs
fi
