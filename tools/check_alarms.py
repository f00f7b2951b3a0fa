"""Holds the alarms to the code: what it reports reaches somebody, and no alarm counts what nobody logs.

An alarm on a metric that no filter makes, and a filter for a word that no code logs, both look well
for ever. So the chain is followed from the log line in Rust over the metric filter to the alarm.

    python tools/check_alarms.py [template.yaml]
"""

import json
import re
import sys
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parent.parent
CODE = ["functions/*/src/**/*.rs", "shared/*/src/**/*.rs"]
# An event is for somebody who should act where it is logged as an error or a warning.
EVENT = re.compile(r"\b(error|warn|info)!\(\s*event = \"(\w+)\"")
# A number that is logged with an event, for a metric to be made of it.
NUMBER = re.compile(r"\binfo!\(\s*event = \"(\w+)\"[^;]*?\b(\w+_ms) =")
# One test of a pattern, such as `$.event = "record_failing"`.
TEST = re.compile(r"\$\.([\w.]+) = \"(\w+)\"")


def main(path):
    template = yaml_parse(Path(path).read_text(encoding="utf-8"))
    events = logged_events()
    found = problems(template, events, logged_numbers())
    for problem in found:
        print(f"{path}: {problem}", file=sys.stderr)
    if not found:
        print(f"{path}: {len(events)} events and {len(tasks(template['Resources']))} schedules are watched")
    return 1 if found else 0


def sources():
    return (path.read_text(encoding="utf-8") for pattern in CODE for path in ROOT.glob(pattern))


def logged_events():
    """Every event that somebody should act on."""
    found = (match for source in sources() for match in EVENT.findall(source))
    return {event for level, event in found if level != "info"}


def logged_numbers():
    """Every number that is logged beside an event, with that event."""
    return {match for source in sources() for match in NUMBER.findall(source)}


def problems(template, events, numbers):
    """Every way in which something could fail and nobody be told, as sentences."""
    resources = template["Resources"]
    return [
        *filter_problems(resources),
        *event_problems(resources, events),
        *measure_problems(resources, numbers),
        *metric_problems(resources),
        *silence_problems(resources),
        *runbook_problems(resources),
    ]


def filter_problems(resources):
    """Lambda may put the fields of a line under `fields`: a filter has to look in both places."""
    for name, properties in counting(resources):
        tests = set(TEST.findall(properties["FilterPattern"]))
        for field, value in wanted(properties).items():
            if not {(field, value), (f"fields.{field}", value)} <= tests:
                yield f"{name} does not look for {field} = {value} both at the top and under fields"


def event_problems(resources, events):
    filtered = {wanted(properties).get("event") for _, properties in counting(resources)} - {None}
    for event in sorted(events - filtered):
        yield f"{event} is logged for somebody who should act, but no filter counts it"
    for event in sorted(filtered - events):
        yield f"{event} is counted by a filter, but no code logs it as an error or a warning"


def measure_problems(resources, numbers):
    """A filter that measures reads its value from one place, so that each place needs one."""
    found = {}
    for name, properties in of_type(resources, "AWS::Logs::MetricFilter"):
        if not measures(properties):
            continue
        value = properties["MetricTransformations"][0]["MetricValue"].removeprefix("$.")
        under = "fields." if value.startswith("fields.") else ""
        ((field, event),) = TEST.findall(properties["FilterPattern"])
        number = (event, value.removeprefix("fields."))
        if field != f"{under}event" or number not in numbers:
            yield f"{name} measures {number[1]} of {event}, which no code logs in that place"
        found.setdefault((str(properties["LogGroupName"]), *number), set()).add(under)
    for (group, event, number), places in found.items():
        if places != {"", "fields."}:
            yield f"{number} of {event} in {group} is not measured both at the top and under fields"


def metric_problems(resources):
    made = {made_metric(properties) for _, properties in of_type(resources, "AWS::Logs::MetricFilter")}
    watched = {alarm["MetricName"] for _, alarm in of_type(resources, "AWS::CloudWatch::Alarm") if is_own(alarm)}
    for metric in sorted(made ^ watched):
        yield f"{metric} is made by a filter or watched by an alarm, but not both"


def runbook_problems(resources):
    """Whoever is woken finds the name of what woke them among the runbook's headings."""
    runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    told = set(re.findall(r"\w+Alarm\b", " ".join(re.findall(r"^### (.+)$", runbook, re.MULTILINE))))
    alarms = {name for name, _ in of_type(resources, "AWS::CloudWatch::Alarm")}
    for name in sorted(alarms ^ told):
        yield f"{name} is an alarm or a heading of docs/runbook.md, but not both"


def silence_problems(resources):
    """Each schedule needs an alarm of its own that no sign of life sets off."""
    alarms = {
        alarm["MetricName"]
        for _, alarm in of_type(resources, "AWS::CloudWatch::Alarm")
        if is_own(alarm) and alarm["TreatMissingData"] == "breaching"
    }
    finished = {
        wanted(properties).get("task"): made_metric(properties)
        for _, properties in of_type(resources, "AWS::Logs::MetricFilter")
        if wanted(properties).get("message") == "polled"
    }
    for task in sorted(tasks(resources)):
        if finished.get(task) not in alarms:
            yield f"no alarm tells when {task} falls silent"


def tasks(resources):
    schedules = of_type(resources, "AWS::Scheduler::Schedule")
    return {json.loads(properties["Target"]["Input"])["task"] for _, properties in schedules}


def wanted(properties):
    """What a filter looks for, by field."""
    tests = TEST.findall(properties["FilterPattern"])
    return {field.removeprefix("fields."): value for field, value in tests}


def counting(resources):
    """The filters that count lines, not those that measure."""
    filters = of_type(resources, "AWS::Logs::MetricFilter")
    return [(name, properties) for name, properties in filters if not measures(properties)]


def measures(properties):
    return properties["MetricTransformations"][0]["MetricValue"].startswith("$.")


def made_metric(properties):
    return properties["MetricTransformations"][0]["MetricName"]


def is_own(alarm):
    return not str(alarm.get("Namespace", "AWS/")).startswith("AWS/") and "MetricName" in alarm


def of_type(resources, kind):
    return [(name, resource["Properties"]) for name, resource in resources.items() if resource["Type"] == kind]


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["template.yaml"])))
