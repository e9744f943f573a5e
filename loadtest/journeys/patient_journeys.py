"""Journeys of a partner over patients."""

from __future__ import annotations

from expectations import Answer, created, deleted, found, listed, not_modified, problem
from shared_memory import accessed_patients

import synthetic


def same_as_sent(sent: dict):
    """The answer must hold what was sent, and nothing else but what the server adds."""

    def verify(answer: Answer) -> str | None:
        received = {
            name: value
            for name, value in answer.json.items()
            if name not in ("id", "patientId", "lastUpdated")
        }
        if {name: value for name, value in sent.items() if name in received} != received or len(
            received
        ) < len(sent):
            return "the answer differs from what was sent"
        return None

    return verify


def create(user) -> tuple[str, dict, str]:
    """Creates a patient. Returns id, what was sent and the ETag."""
    sent = synthetic.person(user.rng)
    answer = user.gateway.call(
        "createPatient", "POST", "/patient", created(), body=sent, verify=same_as_sent(sent)
    )
    patient_id = answer.json["id"]
    accessed_patients.append(patient_id)
    return patient_id, sent, answer.etag


def register(user) -> None:
    """A new patient is created, read, and read again by a client that has the version already."""
    patient_id, sent, etag = create(user)
    path = f"/patient/{patient_id}"
    answer = user.gateway.call("getPatient", "GET", path, found(), verify=same_as_sent(sent))
    user.gateway.call("getPatient", "GET", path, not_modified(), headers={"If-None-Match": answer.etag})
    user.remember(patient_id, sent, etag)


def consult(user) -> None:
    """A known patient is read, by an id in any case, and with a version that is not the current one."""
    patient_id, sent, _ = user.known_patient()
    verify = same_as_sent(sent)
    user.gateway.call("getPatient", "GET", f"/patient/{patient_id.upper()}", found(), verify=verify)
    path = f"/patient/{patient_id}"
    user.gateway.call(
        "getPatient", "GET", path, found(), headers={"If-None-Match": '"999999"'}, verify=verify
    )


def replace(user) -> None:
    """Two writers meet: the one that has not seen the other's change is refused, reads again and succeeds."""
    patient_id, _, _ = user.known_patient()
    path = f"/patient/{patient_id}"
    before = user.gateway.call("getPatient", "GET", path, found())
    other = synthetic.person(user.rng)
    user.gateway.call("updatePatient", "PUT", path, found(), body=other, verify=same_as_sent(other))
    stale = {"If-Match": before.etag}
    user.gateway.call(
        "updatePatient", "PUT", path, problem(412, "precondition-failed"), body=other, headers=stale
    )
    current = user.gateway.call("getPatient", "GET", path, found(), verify=same_as_sent(other))
    mine = {**current.json, "postCode": str(user.rng.randint(1000, 9699))}
    fresh = {"If-Match": current.etag}
    sent = {name: value for name, value in mine.items() if name not in ("id", "lastUpdated")}
    answer = user.gateway.call(
        "updatePatient", "PUT", path, found(), body=mine, headers=fresh, verify=same_as_sent(sent)
    )
    user.remember(patient_id, sent, answer.etag)


def retire(user) -> None:
    """A patient is deleted: with a stale version not, then for good."""
    patient_id, sent, etag = create(user)
    path = f"/patient/{patient_id}"
    user.gateway.call("createTest", "POST", f"{path}/tests", created(), body=synthetic.medical_test(user.rng))
    stale = {"If-Match": '"999999"'}
    user.gateway.call("deletePatient", "DELETE", path, problem(412, "precondition-failed"), headers=stale)
    user.gateway.call("deletePatient", "DELETE", path, deleted(), headers={"If-Match": etag})
    gone = problem(404, "patient-not-found")
    user.gateway.call("getPatient", "GET", path, gone)
    user.gateway.call("updatePatient", "PUT", path, gone, body=sent)
    user.gateway.call("listTests", "GET", f"{path}/tests", gone)
    user.gateway.call("deletePatient", "DELETE", path, gone, headers={"If-Match": etag})


def find(user) -> None:
    """A known patient is found by insurance number, or among others of the same year and post code."""
    patient_id, sent, _ = user.known_patient()
    criteria = {"dateOfBirth": sent["dateOfBirth"][:4], "postCode": sent["postCode"]}
    if "insuranceNumber" in sent:
        criteria = {"insuranceNumber": sent["insuranceNumber"]}

    def verify(answer: Answer) -> str | None:
        return (
            None
            if any(patient["id"] == patient_id for patient in answer.json)
            else "the patient is not found"
        )

    user.gateway.call(
        "searchPatients", "POST", "/patient/search?limit=1000", listed(), body=criteria, verify=verify
    )
    nobody = {"insuranceNumber": f"NOBODY-{user.rng.getrandbits(64):x}"}
    user.gateway.call("searchPatients", "POST", "/patient/search", listed(), body=nobody, verify=empty)


def browse(user) -> None:
    """The first pages of a search are read; no patient appears twice, no page has more than was asked for."""
    user.known_patient()
    limit = user.rng.randint(1, 20)
    criteria = user.rng.choice(
        [{}, {"gender": "female"}, {"gender": "male"}, {"dateOfBirthFrom": "1970", "dateOfBirthTo": "1999"}]
    )
    path: str | None = f"/patient/search?limit={limit}"
    seen: set[str] = set()
    for _ in range(3):
        answer = user.gateway.call(
            "searchPatients", "POST", path, listed(), body=criteria, verify=page(limit, seen)
        )
        seen.update(patient["id"] for patient in answer.json)
        path = answer.next_page
        if path is None:
            return


def page(limit: int, seen: set[str]):
    def verify(answer: Answer) -> str | None:
        ids = [item["id"] for item in answer.json]
        if len(ids) > limit:
            return "the page has more items than were asked for"
        if answer.next_page and len(ids) < limit:
            return "the page is not full, but there is a next one"
        return "an item appears twice" if len(set(ids) | seen) < len(ids) + len(seen) else None

    return verify


def empty(answer: Answer) -> str | None:
    return None if answer.json == [] else "there should be nothing"
