"""check_alarms.py is only worth something if it notices: each test spoils the real template once."""

import copy
import unittest
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

from check_alarms import logged_events, logged_numbers, problems

ROOT = Path(__file__).parent.parent
TEMPLATE = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
POLLER = (ROOT / "functions" / "poller" / "src" / "lib.rs").read_text(encoding="utf-8")
EVENTS = {"connection_trouble", "delivery_refused", "record_attention", "record_failing", "tie_out_unexplained"}
NUMBERS = {
    ("change_announced", "delay_ms"),
    ("change_missed", "delay_ms"),
    ("token_rotated", "token_write_gap_ms"),
}


class CheckAlarms(unittest.TestCase):
    def setUp(self):
        self.template = copy.deepcopy(TEMPLATE)
        self.resources = self.template["Resources"]

    def assert_noticed(self, problem, events=EVENTS, numbers=NUMBERS):
        self.assertIn(problem, problems(self.template, events, numbers))

    def test_the_template_as_it_is_has_no_problem(self):
        self.assertEqual(problems(self.template, EVENTS, NUMBERS), [])

    def test_the_events_are_read_from_the_code(self):
        self.assertLessEqual(EVENTS, logged_events())

    def test_the_numbers_are_read_from_the_code(self):
        self.assertLessEqual(NUMBERS, logged_numbers())

    def test_a_measure_of_what_no_code_logs_is_noticed(self):
        words = "TokenGapFromPoller measures token_write_gap_ms of token_rotated, which no code logs in that place"
        self.assert_noticed(words, numbers=NUMBERS - {("token_rotated", "token_write_gap_ms")})

    def test_a_measure_in_one_place_only_is_noticed(self):
        del self.resources["TokenGapFromConsoleUnderFields"]
        found = problems(self.template, EVENTS, NUMBERS)
        self.assertEqual(len(found), 1)
        self.assertIn("is not measured both at the top and under fields", found[0])

    def test_the_poller_logs_the_line_whose_absence_is_silence(self):
        self.assertRegex(POLLER, r'info!\(\s*task = [^;]*"polled"\s*\)')

    def test_an_event_that_no_filter_counts_is_noticed(self):
        words = "record_lost is logged for somebody who should act, but no filter counts it"
        self.assert_noticed(words, EVENTS | {"record_lost"})

    def test_a_filter_for_what_no_code_logs_is_noticed(self):
        words = "record_failing is counted by a filter, but no code logs it as an error or a warning"
        self.assert_noticed(words, EVENTS - {"record_failing"})

    def test_a_filter_that_looks_in_one_place_only_is_noticed(self):
        self.resources["FailingRecords"]["Properties"]["FilterPattern"] = '{ $.event = "record_failing" }'
        words = "FailingRecords does not look for event = record_failing both at the top and under fields"
        self.assert_noticed(words)

    def test_a_metric_without_an_alarm_is_noticed(self):
        del self.resources["FailingAlarm"]
        self.assert_noticed("RecordsFailing is made by a filter or watched by an alarm, but not both")

    def test_an_alarm_on_a_metric_that_nothing_makes_is_noticed(self):
        self.resources["AttentionAlarm"]["Properties"]["MetricName"] = "RecordsInattention"
        self.assert_noticed("RecordsInattention is made by a filter or watched by an alarm, but not both")

    def test_an_alarm_that_the_runbook_does_not_tell_of_is_noticed(self):
        self.resources["LedgerAlarm"] = copy.deepcopy(self.resources["DeadLetterAlarm"])
        self.assert_noticed("LedgerAlarm is an alarm or a heading of docs/runbook.md, but not both")

    def test_a_schedule_that_nobody_misses_is_noticed(self):
        schedule = copy.deepcopy(self.resources["SweepSchedule"])
        schedule["Properties"]["Target"]["Input"] = '{"task":"tidy_up"}'
        self.resources["TidyUpSchedule"] = schedule
        self.assert_noticed("no alarm tells when tidy_up falls silent")

    def test_an_alarm_on_silence_that_takes_silence_for_health_is_noticed(self):
        self.resources["SweepIsSilentAlarm"]["Properties"]["TreatMissingData"] = "notBreaching"
        self.assert_noticed("no alarm tells when sweep falls silent")


if __name__ == "__main__":
    unittest.main()
