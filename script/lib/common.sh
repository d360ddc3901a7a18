# Shared by every script of this folder (source it, do not run it).
#
# What it gives: ROOT (the checkout, become the current folder), say/fail (plain lines on standard
# error, so that standard output belongs to the program), need_packages, need_node, ninja_build,
# one_at_a_time. Everything is incremental and asks nothing. Long outputs go to build/logs.

set -euo pipefail
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
LOGS="$ROOT/build/logs"
STAMPS="$ROOT/build/stamps"
mkdir -p "$LOGS" "$STAMPS"
export DEBIAN_FRONTEND=noninteractive
export CCACHE_BASEDIR="$ROOT"
export PATH="$ROOT/.tools/bin:$PATH"

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "ÉCHEC : $*"
  exit 1
}

# Runs a command with its output in a log; the end of the log is shown if it fails.
logged() {
  local log="$LOGS/$1.log"
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    fail "« $* » (journal complet : $log)"
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -n "$@"
  else
    fail "il faut root ou sudo pour : $*"
  fi
}

# One script at a time in a checkout: a second one waits. The lock is freed with the process.
one_at_a_time() {
  if [ -n "${FILROUGE_LOCKED:-}" ]; then
    return
  fi
  exec 9>"$ROOT/build/.lock"
  if ! flock -n 9; then
    say "Un autre script construit dans ce dossier : attente."
    flock 9
  fi
  export FILROUGE_LOCKED=1
}

# Everything that builds and runs the product. clang runs binaryen's wasm-opt where it finds it: the
# phone's core is a fifteenth smaller to download then.
need_build_packages() {
  need_packages binaryen ca-certificates ccache clang-19 cmake libboost1.81-dev libc++-19-dev-wasm32 \
    libc++abi-19-dev-wasm32 libclang-rt-19-dev-wasm32 libpq-dev libsodium-dev libsqlite3-dev \
    libstdc++-12-dev lld-19 llvm-19 ninja-build nlohmann-json3-dev wasi-libc
}

# What the tests and measures use beside that.
need_test_packages() {
  need_packages chromium clang-format-19 clang-tidy-19 curl fonts-liberation g++-12 git \
    libbenchmark-dev libclang-rt-19-dev libgmock-dev libgtest-dev librapidcheck-dev shellcheck \
    sqlite3
  need_postgresql
}

# PostgreSQL's programs. The tests start servers of their own: the package is kept from making one,
# where it is not there yet.
need_postgresql() {
  if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    return
  fi
  need_packages postgresql-common
  as_root sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' \
    /etc/postgresql-common/createcluster.conf
  need_packages postgresql-15
}

# Patroni and etcd: unpacked into build, not installed, for their packages would start them.
need_patroni() {
  need_packages python3-cdiff python3-click python3-dateutil python3-etcd python3-pkg-resources \
    python3-prettytable python3-psutil python3-psycopg2 python3-urllib3 python3-yaml
  local name
  for name in etcd-server patroni; do
    if [ ! -d "build/$name" ]; then
      mkdir -p "build/$name.new"
      (cd "build/$name.new" && apt-get download "$name" && dpkg -x "$name"_*.deb . && rm "$name"_*.deb)
      mv "build/$name.new" "build/$name"
    fi
  done
}

# Debian packages by name; apt is only touched when one is missing.
need_packages() {
  local missing=() name
  command -v dpkg-query >/dev/null || fail "ces scripts installent des paquets Debian 12"
  local present
  present=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' 2>/dev/null |
    awk '$2 == "installed" { print $1 }')
  for name in "$@"; do
    grep -qxF -- "$name" <<<"$present" || missing+=("$name")
  done
  [ ${#missing[@]} = 0 ] && return
  say "Installation de ${#missing[@]} paquets Debian : ${missing[*]}"
  logged apt-update as_root apt-get update
  logged apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
    --no-install-recommends "${missing[@]}"
}

# The pinned Node 24 (script/tools/package-lock.json) in .tools/bin, whatever node the machine has.
need_node() {
  local want
  want=$(sha256sum script/tools/package.json script/tools/package-lock.json | sha256sum)
  if [ -x .tools/bin/node ] && [ "$(cat .tools/stamp 2>/dev/null)" = "$want" ]; then
    return
  fi
  npm --version >/dev/null 2>&1 || need_packages npm
  say "Installation de Node 24 (version figée) dans .tools"
  rm -rf .tools
  mkdir -p .tools/bin
  cp script/tools/package.json script/tools/package-lock.json .tools/
  logged node-install npm ci --prefix .tools --ignore-scripts --no-audit --no-fund
  local package
  for package in .tools/node_modules/node-linux-*; do
    ln -sfn "../node_modules/${package##*/}/bin/node" .tools/bin/node
    ln -sfn "node_modules/${package##*/}" .tools/node
  done
  ln -sfn ../node_modules/npm/bin/npm-cli.js .tools/bin/npm
  ln -sfn ../node_modules/npm/bin/npx-cli.js .tools/bin/npx
  hash -r
  .tools/bin/node -e 'process.exit(process.version.startsWith("v24.") ? 0 : 1)' ||
    fail "le Node installé dans .tools n'est pas la version 24"
  printf '%s\n' "$want" >.tools/stamp
}

# Two parallel compilations need about one gigabyte each.
parallel_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable/ { print int($2 / 1000000) }' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}

# ninja_build PRESET [TARGET...]: configures once, then builds; says where it is every tenth.
ninja_build() {
  local preset=$1 log
  shift
  log="$LOGS/build-$preset.log"
  if [ ! -f "build/$preset/build.ninja" ]; then
    logged "configure-$preset" cmake --preset "$preset"
  fi
  if ! ninja -j "$(parallel_jobs)" -C "build/$preset" "$@" 2>&1 | tee "$log" |
    awk -F'[][/]' '/^\[[0-9]+\/[0-9]+\]/ && $3 + 0 > 5 {
        tenth = int($2 * 10 / $3)
        if (tenth > last) { last = tenth; printf "  %d sur %d\n", $2, $3; fflush() }
      }' >&2; then
    grep -E -A 12 'error:|FAILED|undefined' "$log" | head -n 60 >&2 || tail -n 20 "$log" >&2
    fail "compilation du préréglage $preset (journal complet : $log)"
  fi
}

# npm_ci FOLDER: installs exactly what its lock file says, once per lock file.
npm_ci() {
  local folder=$1 want
  want=$(sha256sum "$folder/package-lock.json")
  if [ -f "$folder/node_modules/.filrouge" ] &&
    [ "$(cat "$folder/node_modules/.filrouge")" = "$want" ]; then
    return
  fi
  if [ ! -d "$folder/node_modules" ] || ! (cd "$folder" && npm ls >/dev/null 2>&1); then
    say "Installation des paquets npm de $folder"
    logged "npm-${folder//\//-}" npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund
  fi
  printf '%s\n' "$want" >"$folder/node_modules/.filrouge"
}
