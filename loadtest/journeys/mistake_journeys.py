"""What partners get wrong. Each mistake has exactly one right answer."""

from __future__ import annotations

import json
import uuid

from expectations import invalid_key, missing_key, no_operation, problem

import synthetic

NOT_A_UUID = "not-a-uuid"
INVALID = problem(400, "request-invalid")


def wrong_ids(user) -> None:
    """Ids that nothing has, and ids that are none."""
    unknown = uuid.UUID(int=user.rng.getrandbits(128), version=4)
    body, test = synthetic.person(user.rng), synthetic.medical_test(user.rng)
    call = user.gateway.call
    no_patient, no_resource = problem(404, "patient-not-found"), problem(404, "resource-not-found")
    call("getPatient", "GET", f"/patient/{unknown}", no_patient)
    call("updatePatient", "PUT", f"/patient/{unknown}", no_patient, body=body, headers={"If-Match": '"1"'})
    call("createTest", "POST", f"/patient/{unknown}/tests", no_patient, body=test)
    call("getPatient", "GET", f"/patient/{NOT_A_UUID}", no_resource)
    call("listTests", "GET", f"/patient/{NOT_A_UUID}/tests", no_resource)
    call("createTest", "POST", f"/patient/{NOT_A_UUID}/tests", INVALID, body=test)
    patient_id, _, _ = user.known_patient()
    call("getTest", "GET", f"/patient/{patient_id}/tests/{unknown}", problem(404, "test-not-found"))
    call("getTest", "GET", f"/patient/{patient_id}/tests/{NOT_A_UUID}", no_resource)


def wrong_values(user) -> None:
    """Bodies and parameters that the contract does not allow."""
    call = user.gateway.call
    good = synthetic.person(user.rng)
    for change in user.rng.sample(BAD_CHANGES, 3):
        call("createPatient", "POST", "/patient", INVALID, body={**good, **change})
    missing = user.rng.choice(("firstName", "gender", "dateOfBirth", "postCode"))
    incomplete = {name: value for name, value in good.items() if name != missing}
    call("createPatient", "POST", "/patient", INVALID, body=incomplete)
    call("searchPatients", "POST", "/patient/search", INVALID, body={"dateOfBirth": "1980-13"})
    call("searchPatients", "POST", "/patient/search?limit=0", INVALID, body={})
    call("searchPatients", "POST", "/patient/search?cursor=made-up", problem(400, "cursor-invalid"), body={})
    patient_id, sent, _ = user.known_patient()
    other = {**sent, "id": str(uuid.UUID(int=user.rng.getrandbits(128), version=4))}
    call("updatePatient", "PUT", f"/patient/{patient_id}", problem(400, "id-mismatch"), body=other)


BAD_CHANGES = [
    {"dateOfBirth": "2001-02-31"},
    {"dateOfBirth": "2999-01-01"},
    {"dateOfBirth": 1984},
    {"postCode": "30122"},
    {"gender": "FEMALE"},
    {"firstName": ""},
    {"firstName": "x" * 65},
    {"id": "0198c0de-0000-7000-8000-000000000001"},
    {"nickname": "unknown to the contract"},
    {"__proto__": {"gender": "female"}},
]


def wrong_bodies(user) -> None:
    """Bodies that cannot be read."""
    call = user.gateway.call
    not_json = problem(400, "body-not-json")
    call("createPatient", "POST", "/patient", not_json, raw=b'{"firstName": "cut o')
    call("createPatient", "POST", "/patient", not_json, raw=b'{"firstName": "\xff"}')
    call("createPatient", "POST", "/patient", problem(400, "body-required"), raw=b"")
    text = json.dumps(synthetic.person(user.rng)).encode()
    wrong_type = {"Content-Type": "text/plain"}
    call(
        "createPatient",
        "POST",
        "/patient",
        problem(415, "media-type-unsupported"),
        raw=text,
        headers=wrong_type,
    )


def too_large(user) -> None:
    """A body of more than 2 MiB."""
    body = b'{"firstName": "' + b"x" * (2 * 1024 * 1024) + b'"}'
    user.gateway.call("createPatient", "POST", "/patient", problem(413, "body-too-large"), raw=body)


def wrong_keys(user) -> None:
    """The gateway refuses what has no right key, and what is no operation."""
    call = user.gateway.call
    path = f"/patient/{uuid.UUID(int=user.rng.getrandbits(128), version=4)}"
    call("getPatient", "GET", path, missing_key(), key=None)
    call("getPatient", "GET", path, invalid_key(), key="no-such-key")
    call("listAuditRecords", "GET", "/audit/records", invalid_key())
    call("deletePatient", "DELETE", path, invalid_key(), key="no-such-key")
    call("no operation", "PATCH", path, no_operation())
    call("no operation", "POST", "/auditrecord", no_operation(), body={})
