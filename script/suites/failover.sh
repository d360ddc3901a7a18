#!/usr/bin/env bash
# The primary of a PostgreSQL cluster killed under load, FAILOVERS times (3), and with Patroni
# PATRONI_FAILOVERS times (none unless given): nothing acknowledged is lost or doubled.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
export FAILOVERS=${FAILOVERS:-3} PATRONI_FAILOVERS=${PATRONI_FAILOVERS:-0}
if [ "$PATRONI_FAILOVERS" -gt 0 ]; then
  # Unpacked, not installed: their packages would start them.
  need_packages python3-cdiff python3-click python3-dateutil python3-etcd python3-pkg-resources \
    python3-prettytable python3-psutil python3-psycopg2 python3-urllib3 python3-yaml
  for name in etcd-server patroni; do
    if [ ! -d "build/$name" ]; then
      mkdir -p "build/$name.new"
      (cd "build/$name.new" && apt-get download "$name" && dpkg -x "$name"_*.deb . && rm "$name"_*.deb)
      mv "build/$name.new" "build/$name"
    fi
  done
fi
run_folder test/failover
if [ "$PATRONI_FAILOVERS" -gt 0 ]; then
  run_counted test/failover/patroni.mjs node test/failover/patroni.mjs
fi
