#!/usr/bin/env bash
# The web app: types, unit tests, size, and the typed client in step with the server.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
cd "$ROOT/web"
check "web types (svelte-check)" npm run --silent check
status=0
npx vitest run --reporter=default --reporter=json --outputFile.json="$REPORTS/vitest.json" ||
  status=$?
count_report vitest "$REPORTS/vitest.json" "web (vitest)" "$status"
check "web size (weigh)" npm run --silent weigh
check "web API client" npm run --silent api:check
