#!/usr/bin/env bash
# clang-tidy-19 with the checks of .clang-tidy, on every source that is not a test; one test a file.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

ninja_build dev
mapfile -t sources < <(
  node -e '
    const commands = JSON.parse(require("fs").readFileSync("build/dev/compile_commands.json"));
    const own = commands.map((one) => one.file).filter((file) =>
      /\/(core|server)\/.*\.cc$/.test(file) && !/(_test|_testing)\.cc$|\/build\//.test(file));
    console.log([...new Set(own)].sort().join("\n"));'
)
rm -rf "$REPORTS/lint"
mkdir -p "$REPORTS/lint"
export REPORTS ROOT
# shellcheck disable=SC2016
printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$(parallel_jobs)" bash -c '
  name=${1#"$ROOT"/}
  report="$REPORTS/lint/${name//\//-}"
  if clang-tidy-19 --quiet -p build/dev "$1" >"$report" 2>&1; then
    mv "$report" "$report.passed"
  else
    mv "$report" "$report.failed"
    grep -E "error:|warning:" "$report.failed" || cat "$report.failed"
  fi' _
passed=$(find "$REPORTS/lint" -name '*.passed' | wc -l)
failed=$(find "$REPORTS/lint" -name '*.failed' | wc -l)
if [ $((passed + failed)) != ${#sources[@]} ]; then
  fail "${#sources[@]} sources, $passed + $failed rapports"
fi
count "$passed" "$failed" 0 "lint (clang-tidy-19)"
