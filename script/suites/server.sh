#!/usr/bin/env bash
# The release program from outside: test/http, test/cli, test/deploy drive build/release/filrouge on loopback.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

# Caddy for test/deploy: unpacked, not installed, for its package would start it on port 80.
if ! command -v caddy >/dev/null; then
  if [ ! -x build/caddy/usr/bin/caddy ]; then
    mkdir -p build/caddy
    (cd build/caddy && apt-get download caddy && dpkg -x caddy_*.deb . && rm caddy_*.deb)
  fi
  export PATH="$ROOT/build/caddy/usr/bin:$PATH"
fi

"$ROOT/script/build"
run_folder test/http
run_folder test/cli
run_folder test/deploy
