"""Each deviation holds where it says, and nowhere else."""

import unittest
from types import SimpleNamespace

from hypothesis import given, settings
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

import hooks
from fake_case import OTHER, PATIENT, PROOF, RECORD, TEMPLATES, TEST, case_of


def failure_of(kind, **extra):
    return kind(operation="PUT /patient", message="", status_code=412, **extra)


REJECTED = failure_of(RejectedPositiveData, allowed_statuses=["2xx"])
ACCEPTED = failure_of(AcceptedNegativeData, expected_statuses=["400"])


class Excuses(unittest.TestCase):
    stale = (REJECTED, case_of(headers={"If-Match": '"9"'}), 412, "precondition-failed")
    foreign = (REJECTED, case_of(query={"cursor": "x"}), 400, "cursor-invalid")

    def test_each_holds_for_what_it_is_about(self):
        self.assertEqual(hooks.excuse_for(*self.stale).name, "stale version")
        self.assertEqual(hooks.excuse_for(*self.foreign).name, "cursor of no list")

    def test_each_has_a_reason(self):
        for excuse in hooks.EXCUSES:
            self.assertGreater(len(excuse.reason), 40)

    def test_none_holds_for_another_check(self):
        for _, case, status, code in (self.stale, self.foreign):
            self.assertIsNone(hooks.excuse_for(ACCEPTED, case, status, code))

    def test_none_holds_for_another_status(self):
        for failure, case, _, code in (self.stale, self.foreign):
            for status in (200, 404, 409, 422, 500):
                self.assertIsNone(hooks.excuse_for(failure, case, status, code))

    def test_none_holds_for_another_code_or_none(self):
        for failure, case, status, _ in (self.stale, self.foreign):
            for code in ("request-invalid", "internal-error", None):
                self.assertIsNone(hooks.excuse_for(failure, case, status, code))

    def test_none_holds_without_the_evidence(self):
        for failure, _, status, code in (self.stale, self.foreign):
            self.assertIsNone(hooks.excuse_for(failure, case_of(), status, code))


    def test_a_proof_alone_may_be_pending(self):
        pending = (REJECTED, case_of(PROOF, {"recordId": RECORD}), 409, "proof-pending")
        self.assertEqual(hooks.excuse_for(*pending).name, "record of no checkpoint yet")
        self.assertIsNone(hooks.excuse_for(REJECTED, case_of(), 409, "proof-pending"))

    def test_checkpoints_alone_may_be_in_reverse(self):
        for path, excuse in (
            ({"from": 2, "to": 1}, "checkpoints in reverse"),
            ({"from": "10", "to": "9"}, "checkpoints in reverse"),
            ({"from": 1, "to": 1}, None),
            ({"from": 1, "to": 2}, None),
            ({"from": "x", "to": 2}, None),
        ):
            case = case_of("/audit/consistency/{from}/{to}", {name: str(one) for name, one in path.items()})
            found = hooks.excuse_for(REJECTED, case, 400, "request-invalid")
            self.assertEqual(found and found.name, excuse)


class Lines(unittest.TestCase):
    def test_the_schema_of_a_line_becomes_that_of_a_list(self):
        line = {"$ref": "#/components/schemas/Line"}
        responses = {
            "200": {"content": {hooks.NDJSON: {"schema": line}}},
            "204": {"description": "Nothing."},
            "404": {"content": {"application/json": {"schema": line}}},
            "500": {"$ref": "#/components/responses/Error"},
        }
        hooks.teach_lines({"paths": {"/export": {"parameters": [], "get": {"responses": responses}}}})
        taught = responses["200"]["content"][hooks.NDJSON]["schema"]
        self.assertEqual(taught, {"type": "array", "minItems": 1, "items": line})
        self.assertEqual(responses["404"]["content"]["application/json"]["schema"], line)

    def test_each_line_is_read(self):
        self.assertEqual(hooks.read_lines(b'{"a": 1}\n[]\n'), [{"a": 1}, []])
        self.assertEqual(hooks.read_lines(b""), [])

    def test_what_was_cut_off_or_is_no_json_is_told(self):
        for text in (b'{"a": 1}\n{"b', b'{"a": 1}', b"{}\n\n", b"<html>\n"):
            with self.assertRaises(ValueError):
                hooks.read_lines(text)


class Codes(unittest.TestCase):
    def test_reads_the_code_of_a_problem_alone(self):
        for content, code in (
            (b'{"code": "cursor-invalid"}', "cursor-invalid"),
            (b'{"statusCode": 404}', None),
            (b'["code"]', None),
            (b"<html>", None),
            (b"", None),
            (b"\xff", None),
        ):
            self.assertEqual(hooks.code_of(SimpleNamespace(content=content)), code)


class Formats(unittest.TestCase):
    @settings(max_examples=200, database=None)
    @given(hooks.partial_dates())
    def test_partial_dates_have_one_of_three_lengths(self, date):
        self.assertRegex(date, r"^\d{4}(-\d\d(-\d\d)?)?$")
        self.assertTrue("0001" <= date[:4] <= "2025")

    @settings(max_examples=200, database=None)
    @given(hooks.moments())
    def test_moments_stay_within_the_years_in_utc(self, moment):
        self.assertRegex(moment, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$")
        if moment[:4] in ("0001", "9999"):
            self.assertTrue(moment.endswith("Z"))

    @settings(max_examples=50, database=None)
    @given(hooks.entity_tags())
    def test_entity_tags_follow_the_contract(self, tags):
        self.assertRegex(tags, r'^(\*|(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*)$')


class ConditionalHeaders(unittest.TestCase):
    def test_marks_them_wherever_they_are_written_and_nothing_else(self):
        def parameter(name):
            return {
                "name": name,
                "in": "header",
                "schema": {"type": "string", "pattern": "^x$"},
                "example": '"3"',
            }

        document = {
            "components": {"parameters": {"IfMatch": parameter("If-Match")}},
            "paths": {
                "/patient": {
                    "summary": "Patients",
                    "parameters": [
                        parameter("X-Purpose-Of-Use"),
                        {"$ref": "#/components/parameters/IfMatch"},
                    ],
                    "get": {"parameters": [parameter("If-None-Match")]},
                }
            },
        }
        hooks.teach_conditional_headers(document)
        shared = document["components"]["parameters"]["IfMatch"]
        own = document["paths"]["/patient"]["get"]["parameters"][0]
        self.assertEqual((shared["example"], shared["schema"]["format"]), ("*", "entity-tags"))
        self.assertEqual((own["example"], own["schema"]["format"]), ('"3"', "entity-tags"))
        self.assertEqual(shared["schema"]["pattern"], "^x$")
        self.assertEqual(document["paths"]["/patient"]["parameters"][0], parameter("X-Purpose-Of-Use"))


class Ids(unittest.TestCase):
    def test_the_ids_of_a_body_become_those_of_the_path(self):
        path = {"testId": TEST, "patientId": PATIENT}
        case = case_of(TEMPLATES[3], path, body={"id": OTHER, "patientId": OTHER, "performer": OTHER})
        hooks.align_ids(case)
        self.assertEqual(case.body, {"id": TEST, "patientId": PATIENT, "performer": OTHER})

    def test_none_is_added(self):
        case = case_of(body={"firstName": "Vera"})
        hooks.align_ids(case)
        self.assertEqual(case.body, {"firstName": "Vera"})

    def test_a_body_that_is_to_be_wrong_stays_as_it_is(self):
        for body, negative in (({"id": OTHER}, ("body",)), ([{"id": OTHER}], ()), ("id", ())):
            case = case_of(body=body, negative=negative)
            hooks.align_ids(case)
            self.assertEqual(case.body, body)

    def test_a_path_without_ids_asks_for_nothing(self):
        case = case_of("/patient", {}, body={"id": OTHER})
        hooks.align_ids(case)
        self.assertEqual(case.body, {"id": OTHER})


class Cursors(unittest.TestCase):
    def is_sent(self, cursor="made up", **parts):
        case = case_of(query={"cursor": cursor, "limit": 1}, **parts)
        hooks.thin_out_cursors(case)
        self.assertEqual(case.query["limit"], 1)
        return "cursor" in case.query

    def test_a_case_of_the_coverage_phase_has_one_only_when_it_is_about_it(self):
        self.assertFalse(self.is_sent())
        self.assertFalse(self.is_sent(about="limit"))
        self.assertTrue(self.is_sent(about="cursor"))

    def test_what_is_to_be_wrong_is_sent(self):
        self.assertTrue(self.is_sent(negative=("query",)))
        self.assertTrue(self.is_sent(cursor=["a", "b"]))

    def test_one_in_four_is_sent_in_the_other_phases(self):
        for phase in ("fuzzing", "stateful", "examples"):
            sent = sum(self.is_sent(cursor=f"cursor {number}\ud800", phase=phase) for number in range(400))
            self.assertTrue(60 < sent < 140, sent)


if __name__ == "__main__":
    unittest.main()
