"""Proves that every line of the README's "What happens when" table names a test that exists.

    python tools/check_readme.py
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| .+ \| .+ \| `(\w+)` \|$")
TEST = re.compile(r"#\[(?:tokio::)?test[^\n]*\n(?:\s*#\[[^\n]*\n)*\s*(?:async )?fn (\w+)\(")


def main():
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## What happens when", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| … |")]
    named = [row[1] if (row := ROW.match(line)) else None for line in lines]
    tests = {name for path in sources() for name in TEST.findall(path.read_text(encoding="utf-8"))}
    problems = [f"README: no test is named in {line!r}" for line, name in zip(lines, named) if name is None]
    problems += [f"README: there is no test {name}" for name in named if name and name not in tests]
    if len(lines) < 10:
        problems.append("README: the table was not found")
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"each of the {len(lines)} lines of the README's table has its test")
    return 1 if problems else 0


def sources():
    for folder in ("functions", "shared", "tests"):
        yield from (ROOT / folder).rglob("*.rs")


if __name__ == "__main__":
    sys.exit(main())
