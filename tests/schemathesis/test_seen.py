"""What has been seen changes what it says, and nothing else."""

import unittest

import seen
from fake_case import OTHER, PATIENT, PROOF, RECORD, TEMPLATES, TEST, case_of


class RecordsOfTheRegister(unittest.TestCase):
    def setUp(self):
        self.now = 0.0
        self.records = seen.Records(lambda: self.now)
        self.records.observe(case_of("/audit/records", {}), 200, [{"id": RECORD}])

    def sent(self, record=OTHER, **parts):
        case = case_of(parts.pop("template", PROOF), {"recordId": record}, **parts)
        self.records.age(case)
        return case.path_parameters["recordId"]

    def test_a_young_one_is_replaced_by_an_old_one(self):
        self.assertEqual(self.sent(), OTHER)
        self.now = 16.0
        self.assertEqual(self.sent(), RECORD)

    def test_what_is_about_the_id_or_to_be_wrong_stays(self):
        self.now = 16.0
        self.assertEqual(self.sent(about="recordId"), OTHER)
        self.assertEqual(self.sent(negative=("path",)), OTHER)
        self.assertEqual(self.sent(template="/audit/records/{recordId}"), OTHER)

    def test_one_in_four_stays(self):
        self.now = 16.0
        stayed = sum(self.sent(f"record {number}") != RECORD for number in range(400))
        self.assertTrue(60 < stayed < 140, stayed)

    def test_only_a_list_says_what_there_is(self):
        records = seen.Records(lambda: self.now)
        for case, status, body in (
            (case_of("/audit/records", {}), 400, [{"id": RECORD}]),
            (case_of("/audit/records", {}), 200, None),
            (case_of("/patient", {}), 200, [{"id": RECORD}]),
        ):
            records.observe(case, status, body)
        self.records, self.now = records, 16.0
        self.assertEqual(self.sent(), OTHER)


class ExportsOfTheRegister(unittest.TestCase):
    def sent(self, exports, template="/audit/export", **parts):
        case = case_of(template, {}, **parts)
        exports.shorten(case)
        return case.query

    def test_one_in_eight_is_whole(self):
        exports = seen.Exports()
        sent = [self.sent(exports) for _ in range(80)]
        self.assertEqual((sent[0], sent.count({}), sent.count({"checkpoint": 0})), ({}, 10, 70))

    def test_what_says_where_it_ends_or_is_to_be_wrong_stays(self):
        exports = seen.Exports()
        self.sent(exports)
        self.assertEqual(self.sent(exports, query={"checkpoint": 7}), {"checkpoint": 7})
        self.assertEqual(self.sent(exports, negative=("query",)), {})
        self.assertEqual(self.sent(exports, template="/audit/records"), {})


class ResourcesThatAreThere(unittest.TestCase):
    def setUp(self):
        self.resources = seen.Resources()
        for patient in (PATIENT, OTHER):
            self.resources.observe(case_of("/patient", {}, "POST"), 201, f"/patient/{patient}")
        created = case_of("/patient/{patientId}/tests", {"patientId": PATIENT}, "POST")
        self.resources.observe(created, 201, f"/patient/{PATIENT}/tests/{TEST}")

    def answer(self, case, status):
        self.resources.observe(case, status, None)
        return self.resources.contradictions.get(case.id)

    def test_not_found_contradicts_what_was_created(self):
        self.assertIn("created", self.answer(case_of(), 404))
        self.assertIn(
            "created", self.answer(case_of(TEMPLATES[3], {"patientId": PATIENT, "testId": TEST}), 404)
        )

    def test_success_contradicts_what_was_deleted_and_all_below_it(self):
        self.assertIsNone(self.answer(case_of(method="DELETE"), 204))
        self.assertIn("deleted", self.answer(case_of(), 200))
        self.assertIn(
            "deleted", self.answer(case_of(TEMPLATES[3], {"patientId": PATIENT, "testId": TEST}), 200)
        )
        self.assertIn("deleted", self.answer(case_of(method="DELETE"), 204))
        self.assertIsNone(self.answer(case_of(path={"patientId": OTHER}), 200))

    def test_what_proves_nothing_contradicts_nothing(self):
        for case, status in (
            (case_of(), 200),
            (case_of(), 304),
            (case_of(), 400),
            (case_of(), 401),
            (case_of(path={"patientId": TEST}), 404),
        ):
            self.assertIsNone(self.answer(case, status))

    def test_an_id_is_the_same_in_either_case(self):
        self.answer(case_of(path={"patientId": TEST.upper()}, method="DELETE"), 204)
        self.assertIn("created", self.answer(case_of(path={"patientId": PATIENT.upper()}), 404))
        self.assertIn("deleted", self.answer(case_of(path={"patientId": TEST}), 200))

    def test_a_method_that_is_not_declared_is_no_matter(self):
        case = case_of()
        case.method = "PATCH"
        self.assertIsNone(self.answer(case, 404))

    def test_a_failed_deletion_deletes_nothing(self):
        self.answer(case_of(method="DELETE"), 412)
        self.assertIsNone(self.answer(case_of(), 200))

    def test_a_deleted_resource_is_replaced_by_one_that_is_there(self):
        self.answer(case_of(method="DELETE"), 204)
        case = case_of()
        self.resources.revive(case)
        self.assertEqual(case.path_parameters, {"patientId": OTHER})

    def test_a_resource_that_is_there_and_one_that_the_case_is_about_stay(self):
        for case in (
            case_of(),
            case_of(path={"patientId": TEST}, about="patientId"),
            case_of(path={"patientId": "x"}, negative=("path",)),
            case_of(path={"patientId": TEST}, phase="stateful"),
            case_of("/patient", {}),
        ):
            before = dict(case.path_parameters)
            self.resources.revive(case)
            self.assertEqual(case.path_parameters, before)


if __name__ == "__main__":
    unittest.main()
