"""Journeys of an auditor over the register."""

from __future__ import annotations

import datetime
import hashlib
import json
import time
import uuid

from expectations import Answer, Expectation, exported, invalid_key, listed, problem
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


# A checkpoint is made at least every ten seconds, and has then seen every record before.
SEALED_AFTER_SECONDS = 15

started = time.monotonic()


def prove(user) -> None:
    """Records of a while ago are proven, and that the ledger has only grown; its beginning is exported."""
    if time.monotonic() - started < SEALED_AFTER_SECONDS:
        return
    call = user.gateway.call
    latest = call("getLatestCheckpoint", "GET", "/audit/checkpoints/latest", Expectation(200)).json["sequence"]
    earlier = user.rng.randint(0, latest)

    def verify_growth(answer: Answer) -> str | None:
        ends = [answer.json[end]["sequence"] for end in ("from", "to")]
        return None if ends == [earlier, latest] else "the proof is of other checkpoints"

    path = f"/audit/consistency/{earlier}/{latest}"
    call("getConsistencyProof", "GET", path, Expectation(200), verify=verify_growth)
    moment = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=SEALED_AFTER_SECONDS)
    sealed = f"/audit/records?limit=3&to={moment:%Y-%m-%dT%H:%M:%SZ}"
    for record in call("listAuditRecords", "GET", sealed, listed()).json:
        path = f"/audit/records/{record['id']}/proof"
        call("getAuditRecordProof", "GET", path, Expectation(200), verify=verify_entry(record))
    first = "/audit/export?checkpoint=0"
    call("exportAuditRecords", "GET", first, exported(), verify=verify_export)


def verify_entry(record: dict):
    def verify(answer: Answer) -> str | None:
        proof = answer.json
        leaf = hashlib.sha256(b"\0" + proof["entry"].encode()).hexdigest()
        is_record = json.loads(proof["entry"])["id"] == record["id"] and proof["leaf"] == leaf
        return None if is_record else "the proof is of another record"

    return verify


def verify_export(answer: Answer) -> str | None:
    first, *_, last = answer.lines
    is_whole = first["type"] == "ledger" and (last["type"], last["sequence"]) == ("checkpoint", 0)
    return None if is_whole else "the export is not whole"


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
    missing = problem(404, "checkpoint-not-found")
    call("getConsistencyProof", "GET", "/audit/consistency/0/999999999999", missing)
    call("getConsistencyProof", "GET", "/audit/consistency/1/0", invalid)
    call("exportAuditRecords", "GET", "/audit/export?checkpoint=999999999999", missing)
    call("getPatient", "GET", f"/patient/{unknown}", invalid_key())


def read(user, record: dict) -> None:
    def verify(answer: Answer) -> str | None:
        return None if answer.json == record else "the record differs from the one in the list"

    user.gateway.call(
        "getAuditRecord", "GET", f"/audit/records/{record['id']}", Expectation(200), verify=verify
    )
