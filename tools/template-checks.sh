#!/usr/bin/env bash
# Checks template.yaml and what hangs on it, without an AWS account:
#   sam validate   the template is one that SAM can turn into CloudFormation
#   cfn-lint       every property exists, every reference leads somewhere
#   grants         each function may do what tools/check_template.py lists and nothing else
#   alarms         what the code reports reaches an alarm, and no alarm counts what nobody logs
#   events, notes  the samples are genuine, the sections that code cites exist
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tools/venv.sh
source tools/venv.sh

export AWS_DEFAULT_REGION=us-east-1 # any: nothing is called, but SAM wants to know one
export SAM_CLI_TELEMETRY=0
export PYTHONDONTWRITEBYTECODE=1

venv=.venv-template
export __SAM_CLI_APP_DIR="$PWD/$venv/sam-home" # SAM keeps notes, by default in the home folder
make_venv "$venv" tools/requirements.txt

"$venv/bin/sam" validate --lint --template template.yaml
"$venv/bin/cfn-lint" --include-checks I --template template.yaml
"$venv/bin/python" tools/check_template.py template.yaml
"$venv/bin/python" tools/check_alarms.py template.yaml
"$venv/bin/python" -m unittest discover --quiet --start-directory tools
"$venv/bin/python" tools/check_events.py
"$venv/bin/python" tools/check_notes.py
"$venv/bin/python" tools/check_readme.py
