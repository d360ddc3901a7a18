#!/usr/bin/env bash
# Installs the peers of encoded linkage (clkhash, anonlink) in a folder of their own, var/peers-encoded;
# the product needs none of it. Versions are pinned, so that a table can be made again.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
folder=var/peers-encoded
if [ ! -x $folder/bin/python ] || ! $folder/bin/python -c 'import anonlink, clkhash' 2>/dev/null; then
  python3 -m venv $folder
  $folder/bin/pip install --quiet anonlink==0.15.3 clkhash==0.18.3
fi
