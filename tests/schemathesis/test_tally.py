import json
import unittest

from run_phases import is_explained
from tally import read_tally

LINK = {"transition": {"id": "POST /patient -> [201] getPatient -> GET /patient/{patientId}"}}


def case_of(method, path, applied=None):
    link = {} if applied is None else LINK
    return {"value": {"method": method, "path": path}, "is_transition_applied": bool(applied), **link}


def scenario(cases, phase="stateful", checks=None):
    """:param cases: (case, status) by id; None for a case that was not sent, 0 for one without an answer"""
    interactions = {
        name: {"response": {"status_code": status} if status else None}
        for name, (_, status) in cases.items()
        if status is not None
    }
    recorder = {
        "cases": {name: case for name, (case, _) in cases.items()},
        "interactions": interactions,
        "checks": checks or {},
    }
    return {"ScenarioFinished": {"phase": phase, "recorder": recorder}}


def tally_of(*events):
    return read_tally(json.dumps(event) for event in events)


class Tallies(unittest.TestCase):
    def test_counts_answers_by_place_and_status(self):
        read = case_of("GET", "/patient/{patientId}")
        tally = tally_of(
            scenario({"a": (read, 200), "b": (read, 404)}, "fuzzing"), scenario({"c": (read, 200)}, "fuzzing")
        )
        self.assertEqual(tally.cases, 3)
        self.assertEqual(tally.statuses["GET", "/patient/{patientId}"], {200: 2, 404: 1})
        self.assertEqual(tally.scenarios, {"fuzzing": 2})

    def test_a_case_without_an_answer_counts_as_0_and_one_that_was_not_sent_not_at_all(self):
        read = case_of("GET", "/patient")
        tally = tally_of(scenario({"a": (read, 0), "b": (read, None)}))
        self.assertEqual(tally.statuses["GET", "/patient"], {0: 1})

    def test_a_link_counts_where_it_leads_when_it_was_applied(self):
        place = ("GET", "/patient/{patientId}")
        tally = tally_of(scenario({"a": (case_of(*place, True), 304), "b": (case_of(*place, False), 200)}))
        self.assertEqual(tally.links[place], {304: 1})
        self.assertEqual(tally.followed, {LINK["transition"]["id"]})

    def test_a_link_that_failed_was_not_followed(self):
        tally = tally_of(scenario({"a": (case_of("GET", "/patient", True), 404)}))
        self.assertEqual(tally.followed, set())

    def test_tells_how_many_links_there_are(self):
        loaded = {"LoadingFinished": {"statistic": {"transitions": {"total": 29}}}}
        one, two = tally_of(loaded), tally_of()
        two.add(one)
        self.assertEqual(two.linked, 29)

    def test_tells_what_checks_found(self):
        checks = {
            "a": [
                {"name": "not_a_server_error", "status": "failure"},
                {"name": "ignored_auth", "status": "success"},
            ]
        }
        tally = tally_of(scenario({"a": (case_of("GET", "/patient"), 500)}, checks=checks))
        self.assertEqual(tally.failures, ["GET /patient: not_a_server_error"])
        self.assertEqual(tally.checks, {"not_a_server_error": 1, "ignored_auth": 1})

    def test_tells_errors(self):
        for name in ("NonFatalError", "FatalError", "Interrupted"):
            self.assertEqual(len(tally_of({name: {"info": "x"}}).errors), 1)

    def test_a_scenario_may_be_empty(self):
        self.assertEqual(tally_of({"ScenarioFinished": {"phase": "coverage", "recorder": {}}}).cases, 0)

    def test_is_complete_when_the_report_is_closed(self):
        self.assertFalse(tally_of({"Initialize": {}}).is_complete)
        self.assertTrue(tally_of({"Initialize": {}}, {"EngineFinished": {}}).is_complete)

    def test_a_torn_report_is_no_report(self):
        with self.assertRaises(ValueError):
            read_tally(['{"ScenarioFinished": {'])

    def test_has_to_agree_with_how_schemathesis_ended(self):
        failed = scenario(
            {"a": (case_of("GET", "/patient"), 500)}, checks={"a": [{"name": "x", "status": "failure"}]}
        )
        end = {"EngineFinished": {}}
        for code, events, explained in (
            (0, [end], True),
            (1, [failed, end], True),
            (1, [end], False),
            (0, [failed, end], False),
            (0, [], False),
            (1, [failed], False),
            (2, [end], False),
            (-9, [failed, end], False),
        ):
            self.assertEqual(is_explained(code, tally_of(*events)), explained)

    def test_adds_up(self):
        one = tally_of(scenario({"a": (case_of("GET", "/patient", True), 200)}))
        two = tally_of(scenario({"a": (case_of("GET", "/patient"), 404)}), {"FatalError": {}})
        one.add(two)
        self.assertEqual((one.cases, len(one.errors), len(one.followed)), (2, 1, 1))
        self.assertEqual(one.statuses["GET", "/patient"], {200: 1, 404: 1})


if __name__ == "__main__":
    unittest.main()
