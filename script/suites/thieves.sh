#!/usr/bin/env bash
# Stolen disks, phones and accounts (test/thieves): THIEVES_PLANTED persons are looked for where a
# thief looks, passwords are guessed, a valid account reads too much.
# shellcheck source=script/lib/suite.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/suite.sh"

"$ROOT/script/build"
run_folder test/thieves
