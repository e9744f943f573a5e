"""Journeys of an auditor over the register."""

from __future__ import annotations

import uuid

from expectations import Answer, Expectation, invalid_key, listed, problem
from patient_journeys import page
from shared_memory import accessed_patients


def look_around(user) -> None:
    """The newest records are read, page by page, and one of them by itself."""
    limit = user.rng.randint(1, 20)
    path: str | None = f"/audit/records?limit={limit}"
    seen: set[str] = set()
    for _ in range(3):
        answer = user.gateway.call("listAuditRecords", "GET", path, listed(), verify=page(limit, seen))
        records = answer.json
        seen.update(record["id"] for record in records)
        if records:
            read(user, user.rng.choice(records))
        path = answer.next_page
        if path is None:
            return


def follow_patient(user) -> None:
    """Who saw this patient? Every access is recorded before it is answered, so there is a record."""
    if not accessed_patients:
        return
    patient_id = user.rng.choice(accessed_patients)

    def verify(answer: Answer) -> str | None:
        records = answer.json
        if not records:
            return "an access was not recorded"
        return (
            None
            if all(record["patientId"] == patient_id for record in records)
            else "a record is of another patient"
        )

    path = f"/audit/records?patientId={patient_id}&operationId=createPatient"
    answer = user.gateway.call("listAuditRecords", "GET", path, listed(), verify=verify)
    read(user, answer.json[0])


def find_failures(user) -> None:
    """What was refused lately, and how."""

    def verify(answer: Answer) -> str | None:
        right = all(record["outcome"]["code"] == 4 for record in answer.json)
        return None if right else "a record has another outcome"

    user.gateway.call("listAuditRecords", "GET", "/audit/records?outcome=4&limit=10", listed(), verify=verify)


def mistakes(user) -> None:
    """What auditors get wrong."""
    call = user.gateway.call
    unknown = uuid.UUID(int=user.rng.getrandbits(128), version=4)
    invalid = problem(400, "request-invalid")
    call("getAuditRecord", "GET", f"/audit/records/{unknown}:outcome", problem(404, "audit-record-not-found"))
    call("getAuditRecord", "GET", f"/audit/records/{unknown}", problem(404, "resource-not-found"))
    call("listAuditRecords", "GET", "/audit/records?limit=1001", invalid)
    call("listAuditRecords", "GET", "/audit/records?patientId=somebody", invalid)
    call("listAuditRecords", "GET", "/audit/records?cursor=made-up", problem(400, "cursor-invalid"))
    call("getPatient", "GET", f"/patient/{unknown}", invalid_key())


def read(user, record: dict) -> None:
    def verify(answer: Answer) -> str | None:
        return None if answer.json == record else "the record differs from the one in the list"

    user.gateway.call(
        "getAuditRecord", "GET", f"/audit/records/{record['id']}", Expectation(200), verify=verify
    )
