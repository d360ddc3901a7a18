#!/usr/bin/env bash
# Installs the peers of record linkage (Splink with DuckDB) in a folder of their own, var/peers; the
# product needs none of it. Versions are pinned, so that a table can be made again.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
if [ ! -x var/peers/bin/python ] || ! var/peers/bin/python -c 'import splink, duckdb' 2>/dev/null; then
  python3 -m venv var/peers
  var/peers/bin/pip install --quiet splink==5.0.0 duckdb==2.0.0
fi
