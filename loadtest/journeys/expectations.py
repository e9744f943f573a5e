"""
What an answer has to be, to the letter.

An expected error is a success; a success that was not expected is none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

MISSING_KEY = (
    b'{ "statusCode": 401, "message": "Access denied due to missing subscription key. '
    b'Make sure to include subscription key when making requests to an API." }'
)
INVALID_KEY = (
    b'{ "statusCode": 401, "message": "Access denied due to invalid subscription key. '
    b'Make sure to provide a valid key for an active subscription." }'
)
NO_OPERATION = b'{ "statusCode": 404, "message": "Resource not found" }'


@dataclass(frozen=True)
class Expectation:
    """An answer that is expected."""

    status: int
    #: Media type, or None for an answer without a body.
    media_type: str | None = "application/json"
    #: The `code` of a problem.
    problem: str | None = None
    #: The body, byte for byte.
    body: bytes | None = None
    #: Headers that must be there.
    headers: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Names the kind of answer in the statistics; empty for an operation's success."""
        if self.problem:
            return f"{self.status} {self.problem}"
        return "" if self.status in (200, 201, 204) else str(self.status)

    def mismatch(self, answer: Answer) -> str | None:
        """What is wrong with an answer. Holds nothing that could be personal."""
        if answer.status != self.status:
            expected = f"{self.status} {self.problem or ''}".strip()
            return f"status {answer.status}{answer.named_problem()}, expected {expected}"
        if answer.media_type != self.media_type:
            return f"content type {answer.media_type}, expected {self.media_type}"
        missing = [name for name in self.headers if name not in answer.headers]
        if missing:
            return f"header {missing[0]} is missing"
        if self.body is not None and answer.content != self.body:
            return "the body is not the gateway's, byte for byte"
        if self.problem:
            return answer.mismatch_with_problem(self.status, self.problem)
        return None


@dataclass(frozen=True)
class Answer:
    """An answer of the gateway."""

    status: int
    headers: dict[str, str]
    content: bytes
    #: The trace id that the request was sent with.
    trace_id: str

    @property
    def media_type(self) -> str | None:
        if not self.content:
            return None
        return self.headers.get("content-type", "").split(";")[0].strip().lower() or None

    @property
    def json(self):
        return json.loads(self.content)

    @property
    def lines(self) -> list:
        """Of NDJSON, what each line holds."""
        return [json.loads(line) for line in self.content.splitlines()]

    @property
    def etag(self) -> str:
        return self.headers["etag"]

    @property
    def next_page(self) -> str | None:
        """The address of the next page (RFC 8288), relative to the gateway's root."""
        target, _, relation = self.headers.get("link", "").partition(";")
        return target.strip()[1:-1] if relation.strip() == 'rel="next"' else None

    def named_problem(self) -> str:
        if self.media_type != "application/problem+json":
            return ""
        problem = self.json
        return f" ({problem.get('code')}, requestId {problem.get('requestId')})"

    def mismatch_with_problem(self, status: int, code: str) -> str | None:
        problem = self.json
        expected = {
            "code": code,
            "status": status,
            "type": f"/portal/errors/{code}",
            "traceId": self.trace_id,
        }
        for field, value in expected.items():
            if problem.get(field) != value:
                return f"{field} of the problem {code} is not as expected{self.named_problem()}"
        if not problem.get("title") or not problem.get("requestId"):
            return f"the problem {code} has no title or no requestId"
        return None


def created() -> Expectation:
    return Expectation(201, headers=("etag", "location"))


def found() -> Expectation:
    """One resource, with its version."""
    return Expectation(200, headers=("etag",))


def listed() -> Expectation:
    return Expectation(200)


def exported() -> Expectation:
    return Expectation(200, media_type="application/x-ndjson")


def deleted() -> Expectation:
    return Expectation(204, media_type=None)


def not_modified() -> Expectation:
    return Expectation(304, media_type=None, headers=("etag",))


def problem(status: int, code: str) -> Expectation:
    return Expectation(status, media_type="application/problem+json", problem=code)


def missing_key() -> Expectation:
    return Expectation(401, body=MISSING_KEY, headers=("www-authenticate",))


def invalid_key() -> Expectation:
    return Expectation(401, body=INVALID_KEY, headers=("www-authenticate",))


def no_operation() -> Expectation:
    return Expectation(404, body=NO_OPERATION)
