"""Journeys of a partner over the tests of patients."""

from __future__ import annotations

from expectations import created, deleted, found, listed, not_modified, problem
from patient_journeys import create, empty, page, same_as_sent

import synthetic


def report(user) -> None:
    """The results of some tests are added to a patient and read back."""
    patient_id, _, _ = user.known_patient()
    path = f"/patient/{patient_id}/tests"
    for _ in range(user.rng.randint(1, 3)):
        sent = synthetic.medical_test(user.rng)
        answer = user.gateway.call(
            "createTest", "POST", path, created(), body=sent, verify=same_as_sent(sent)
        )
        test = f"{path}/{answer.json['id']}"
        user.gateway.call("getTest", "GET", test, found(), verify=same_as_sent(sent))
        user.gateway.call("getTest", "GET", test, not_modified(), headers={"If-None-Match": answer.etag})


def review(user) -> None:
    """All tests of a patient are read, page by page."""
    patient_id, _, _ = user.known_patient()
    limit = user.rng.randint(1, 5)
    path: str | None = f"/patient/{patient_id}/tests?limit={limit}"
    seen: set[str] = set()
    for _ in range(5):
        answer = user.gateway.call("listTests", "GET", path, listed(), verify=page(limit, seen))
        seen.update(test["id"] for test in answer.json)
        path = answer.next_page
        if path is None:
            return


def correct(user) -> None:
    """A patient without tests gets one, which is corrected, corrected too late, and taken back."""
    patient_id, _, _ = create(user)
    path = f"/patient/{patient_id}/tests"
    user.gateway.call("listTests", "GET", path, listed(), verify=empty)
    sent = synthetic.medical_test(user.rng)
    first = user.gateway.call("createTest", "POST", path, created(), body=sent)
    test = f"{path}/{first.json['id']}"
    for observation in sent["observations"]:
        observation["status"] = "amended"
    whole = {**first.json, "observations": sent["observations"]}
    fresh, stale = {"If-Match": first.etag}, problem(412, "precondition-failed")
    user.gateway.call(
        "updateTest", "PUT", test, found(), body=whole, headers=fresh, verify=same_as_sent(sent)
    )
    user.gateway.call("updateTest", "PUT", test, stale, body=sent, headers=fresh)
    user.gateway.call("updateTest", "PUT", test, found(), body=sent)
    user.gateway.call("deleteTest", "DELETE", test, stale, headers=fresh)
    user.gateway.call("deleteTest", "DELETE", test, deleted())
    gone = problem(404, "test-not-found")
    user.gateway.call("getTest", "GET", test, gone)
    user.gateway.call("updateTest", "PUT", test, gone, body=sent)
    user.gateway.call("deleteTest", "DELETE", test, gone)
