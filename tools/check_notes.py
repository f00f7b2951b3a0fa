"""Holds the API notes and the code together: a section that a comment cites has to exist.

A citation reads `docs/cin7-api.md, lost replies` and ends at the next closing bracket or full stop.
Each of its names, divided by "and" or commas, has to be part of some heading. Needs the standard library only.

    python tools/check_notes.py
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CITATION = re.compile(r"(docs/(?:cin7|freshbooks)-api\.md),\s+([^).:;`\"|]+)")
COMMENT_WRAP = re.compile(r"\n\s*(?://[/!]?|#)[ \t]*")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(#([^)]*)\)")
CITING = ["functions/**/*.rs", "shared/**/*.rs", "tests/**/*.rs", "template.yaml"]


def main():
    notes = sorted((ROOT / "docs").glob("*-api.md"))
    headings = {f"docs/{note.name}": HEADING.findall(note.read_text(encoding="utf-8")) for note in notes}
    cited = list(citations())
    found = [
        *(f"{path}: {note} has no section \"{name}\"" for path, note, name in cited if not named(name, headings[note])),
        *(problem for note in notes for problem in dead_links(note)),
    ]
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        print(f"{len(cited)} citations of the API notes lead to a section")
    return 1 if found else 0


def citations():
    for pattern in CITING:
        for path in sorted(ROOT.glob(pattern)):
            text = COMMENT_WRAP.sub(" ", path.read_text(encoding="utf-8"))
            for note, names in CITATION.findall(text):
                for name in re.split(r",| and ", names):
                    if name.strip():
                        yield path.relative_to(ROOT), note, name.strip()


def named(name, headings):
    return any(words(name) <= words(heading) for heading in headings)


def words(text):
    """Lower-case words without a plural s, so that "call limit" and "Call limits" are one."""
    return {word.rstrip("s") for word in re.findall(r"\w+", text.lower())}


def dead_links(note):
    text = note.read_text(encoding="utf-8")
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}
    for link in LINK.findall(text):
        if link not in anchors:
            yield f"docs/{note.name}: no section for the link #{link}"


if __name__ == "__main__":
    sys.exit(main())
