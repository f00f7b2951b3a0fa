"""Proves the sample events and the published signature vectors with the real json.dumps.

FreshBooks signs the form as Python's json.dumps writes it, so Python is the reference and this is
a second opinion on the Rust code: it shares nothing with it. Needs the standard library only.

    python tools/check_events.py
"""

import base64
import hashlib
import hmac
import json
import re
import sys
from pathlib import Path
from urllib.parse import parse_qsl

ROOT = Path(__file__).parent.parent
NOTES = ROOT / "docs" / "freshbooks-api.md"
EVENTS = ROOT / "events"
ROW = re.compile(r"^\| *(\d+) *\|[^|]*\| `(?P<verifier>[^`]+)` \| `(?P<body>[^`]+)` \| `(?P<header>[^`]+)` \|$")
# Sample webhooks: noun of the callback, number of the vector with its verifier, whether it is genuine.
WEBHOOKS = {
    "webhook-invoice-create.json": ("invoice", 1, True),
    "webhook-payment-create.json": ("payment", 3, True),
    "webhook-forged.json": ("invoice", 1, False),
}
QUEUE = ["processor-batch.json", "processor-unreadable.json"]
TASKS = ["sweep", "confirm", "keep", "backfill", "tie_out"]
POLL = "poller-poll.json"
REPLAY = "poller-replay.json"
TEXT = re.compile(r"^ *(\d+) (\{.*\})$")


def main():
    vectors, texts = read_notes()
    found = [
        *([] if len(vectors) == len(texts) == 12 else ["docs: there are not twelve vectors"]),
        *vector_problems(vectors, texts),
        *webhook_problems(vectors),
        *queue_problems(),
        *task_problems(),
        *poll_problems(),
        *replay_problems(),
        *unknown_events(),
    ]
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        print(f"{len(vectors)} signature vectors and {len(list(EVENTS.iterdir()))} sample events are genuine")
    return 1 if found else 0


def read_notes():
    lines = NOTES.read_text(encoding="utf-8").splitlines()
    vectors = {int(row[1]): row.groupdict() for line in lines if (row := ROW.match(line))}
    texts = {int(row[1]): row[2] for line in lines if (row := TEXT.match(line))}
    return vectors, texts


def signed_text(body):
    return json.dumps(dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True)))


def signature(verifier, body):
    digest = hmac.new(verifier.encode(), signed_text(body).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def vector_problems(vectors, texts):
    for number, vector in vectors.items():
        if signed_text(vector["body"]) != texts.get(number):
            yield f"docs: the text of vector {number} is not what json.dumps writes"
        if signature(vector["verifier"], vector["body"]) != vector["header"]:
            yield f"docs: the signature of vector {number} is wrong"


def webhook_problems(vectors):
    for name, (noun, vector, genuine) in WEBHOOKS.items():
        event = json.loads((EVENTS / name).read_text(encoding="utf-8"))
        body = base64.b64decode(event["body"]).decode()
        verifier = vectors[vector]["verifier"]
        signed = event["headers"]["x-freshbooks-hmac-sha256"] == signature(verifier, body)
        if event["pathParameters"]["noun"] != noun or event["rawPath"] != f"/freshbooks/acme/{noun}":
            yield f"events/{name}: not sent to the callback for {noun}"
        if not dict(parse_qsl(body))["name"].startswith(f"{noun}."):
            yield f"events/{name}: not about what its callback is for"
        if signed != genuine:
            yield f"events/{name}: signed is {signed}, but it should be {genuine}"
        if event["headers"]["content-length"] != str(len(body)):
            yield f"events/{name}: the content length is not that of the body"


def queue_problems():
    for name in QUEUE:
        for record in json.loads((EVENTS / name).read_text(encoding="utf-8"))["Records"]:
            if record["md5OfBody"] != hashlib.md5(record["body"].encode()).hexdigest():
                yield f"events/{name}: md5OfBody of {record['messageId']} is wrong"


def task_problems():
    for task in TASKS:
        path = EVENTS / f"poller-{task}.json"
        if json.loads(path.read_text(encoding="utf-8")) != {"task": task}:
            yield f"{path.name}: not the input that template.yaml gives the schedule"


def poll_problems():
    """What the schedule of one connection asks for, as shared/schedules writes it."""
    if json.loads((EVENTS / POLL).read_text(encoding="utf-8")) != {"task": "poll", "connection": "acme"}:
        yield f"events/{POLL}: not what the schedule of connection acme starts the poller with"


def replay_problems():
    """What a person asks for: of whom, by whom and why, and of what."""
    replay = json.loads((EVENTS / REPLAY).read_text(encoding="utf-8"))
    needed = {"task", "connection", "by", "why"}
    if replay.get("task") != "replay" or any(not replay.get(name) for name in needed):
        yield f"events/{REPLAY}: does not say of whom, by whom and why"
    if unknown := set(replay) - needed - {"kind", "id", "state", "since"}:
        yield f"events/{REPLAY}: the poller knows no {', '.join(sorted(unknown))}"


def unknown_events():
    checked = {*WEBHOOKS, *QUEUE, *(f"poller-{task}.json" for task in TASKS), POLL, REPLAY}
    for path in sorted(EVENTS.iterdir()):
        if path.name not in checked:
            yield f"events/{path.name}: nothing checks it"


if __name__ == "__main__":
    sys.exit(main())
