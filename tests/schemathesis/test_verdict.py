import unittest
from collections import Counter

from contract import api_of
from table import status_table
from tally import Tally
from verdict import PHASES, complaints

DOCUMENT = {
    "paths": {
        "/patient": {
            "parameters": [],
            "post": {
                "operationId": "createPatient",
                "responses": {"201": {"links": {"read": {"operationId": "getPatient"}}}},
                "requestBody": {"examples": {"links": {"links": {"x": {"operationId": "notALink"}}}}},
            },
        },
        "/patient/{patientId}": {"get": {"operationId": "getPatient"}},
    }
}
API = api_of("patient", "http://127.0.0.1/portal/patient/openapi.json", "key", DOCUMENT)
CREATE, READ = ("POST", "/patient"), ("GET", "/patient/{patientId}")
CHECKS = {"not_a_server_error"}


def good() -> Tally:
    tally = Tally(cases=2, scenarios=Counter({phase: 5 for phase in PHASES}), checks=Counter(CHECKS))
    tally.statuses[CREATE][201] = 1
    tally.statuses[READ][200] = 1
    tally.links[READ][304] = 1
    return tally


class Contracts(unittest.TestCase):
    def test_reads_operations_and_where_links_lead(self):
        self.assertEqual(API.operations, {CREATE: "createPatient", READ: "getPatient"})
        self.assertEqual(API.link_targets, {"getPatient"})


class Verdicts(unittest.TestCase):
    def said(self, tally: Tally, stateful: int = 5) -> str:
        return "; ".join(complaints(API, tally, CHECKS, stateful))

    def test_a_good_run_has_nothing_said_of_it(self):
        self.assertEqual(self.said(good()), "")

    def test_an_empty_run_is_not_good(self):
        self.assertIn("createPatient was never answered with a 2xx", self.said(Tally()))

    def test_a_server_error_is_told(self):
        for status in (500, 503, 599):
            tally = good()
            tally.statuses[READ][status] = 2
            self.assertEqual(self.said(tally), f"GET /patient/{{patientId}} answered {status}, 2 times")

    def test_no_answer_is_told(self):
        tally = good()
        tally.statuses[READ][0] = 1
        self.assertIn("answered nothing", self.said(tally))

    def test_failures_and_errors_are_told(self):
        tally = good()
        tally.failures = ["GET /patient: ignored_auth"] * 2
        tally.errors = ["FatalError: x"]
        self.assertEqual(
            self.said(tally),
            "a check failed: GET /patient: ignored_auth; Schemathesis could not test: FatalError: x",
        )

    def test_an_operation_without_a_2xx_is_told(self):
        for statuses in (Counter({404: 9, 304: 1}), Counter()):
            tally = good()
            tally.statuses[CREATE] = statuses
            self.assertEqual(self.said(tally), "createPatient was never answered with a 2xx")

    def test_a_link_that_leads_nowhere_is_told(self):
        tally = good()
        tally.links[READ] = Counter({404: 7})
        self.assertEqual(self.said(tally), "no link led to getPatient with success")

    def test_a_phase_that_was_left_out_is_told(self):
        for phase in PHASES:
            tally = good()
            del tally.scenarios[phase]
            self.assertIn(f"no {phase} case was tested", self.said(tally))

    def test_a_check_that_was_left_out_is_told(self):
        tally = good()
        tally.checks.clear()
        self.assertEqual(self.said(tally), "the check not_a_server_error judged nothing")

    def test_a_stateful_phase_that_ended_early_is_told(self):
        self.assertEqual(self.said(good(), 6), "5 stateful scenarios were tested, 6 are wanted")


class Tables(unittest.TestCase):
    def test_has_a_row_for_each_operation_and_one_for_what_the_contract_does_not_have(self):
        tally = good()
        tally.statuses["PATCH", "/patient"][404] = 3
        lines = status_table([(API, tally)]).splitlines()
        self.assertEqual(
            [line.split()[0] for line in lines], ["operation", "createPatient", "getPatient", "patient:"]
        )
        self.assertEqual(lines[0].split(), ["operation", "cases", "200", "201", "404"])
        self.assertEqual(lines[1].split(), ["createPatient", "1", "1"])
        self.assertEqual(lines[3].split()[-2:], ["3", "3"])


if __name__ == "__main__":
    unittest.main()
