"""
What Schemathesis is told beyond the contract, and why: every deviation from its judgement is in this file, but
for what depends on what has been sent and answered before (seen.py).

TEACHINGS change what it sends, because the contract means more than JSON Schema can say, or because a case
would end before it reaches what it is about. Whatever is sent is judged by every check. EXCUSES are failures
that are none: the request follows the contract's schemas, and the contract names the answer. An excuse holds
for one failure of one check, with one status, one code, and the evidence in the request; every other check
still judges the same answer.

How often each was needed is written to the file that SPECIMEN_HOOKS_REPORT names, when Schemathesis ends.
"""

from __future__ import annotations

import atexit
import datetime
import json
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import schemathesis
from hypothesis import strategies as st
from schemathesis.openapi.checks import RejectedPositiveData

from seen import Exports, Records, Resources, is_negative, phase_of, used

NDJSON = "application/x-ndjson"

# ---- Teachings: formats


def partial_dates() -> st.SearchStrategy[str]:
    """
    The contract's own `format: partial-date`. None is in the future: the contract refuses a birth after today
    (`x-not-after-today`).
    """
    days = st.dates(datetime.date(1, 1, 1), datetime.date(2025, 12, 31))
    return st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))


def moments() -> st.SearchStrategy[str]:
    """
    Date-times whose moment in UTC is of the years 0001 to 9999, as the validators ask. Schemathesis's own go
    beyond: 0001-01-01T00:00:00+01:00 is of the year 0.
    """
    days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
    fractions = st.sampled_from(["", ".0", ".5", ".123", ".999999999"])
    offsets = st.sampled_from(["Z", "+00:00", "-00:00", "+05:30", "-23:59", "+23:59"])
    return st.builds(written_moment, days, st.times(), fractions, offsets)


def written_moment(day: datetime.date, time: datetime.time, fraction: str, offset: str) -> str:
    is_at_the_edge = day.year in (1, 9999)
    return f"{day.isoformat()}T{time:%H:%M:%S}{fraction}{'Z' if is_at_the_edge else offset}"


def entity_tags() -> st.SearchStrategy[str]:
    """Versions that resources do have, among those that they do not."""
    return st.sampled_from(['"1"', '"2"', '"3"', "*", 'W/"1"', '"1", "2"', '"a"', '""'])


FORMATS = {"partial-date": partial_dates, "date-time": moments, "entity-tags": entity_tags}

# ---- Teachings: the contract, as it is loaded


def teach_conditional_headers(document: dict) -> None:
    """
    Where a header's pattern asks for more than letters and digits, Schemathesis's coverage phase makes no
    value of its own, and sends one that breaks the pattern as if it were valid; a format of our own lifts
    that. And it sends a header's example wherever a case is about something else: the contract's example of
    If-Match is one version among many, so most updates would end at 412 and test nothing behind it. `*` is
    every version.
    """
    for parameter in written_parameters(document):
        if parameter.get("name") in ("If-Match", "If-None-Match"):
            parameter["schema"]["format"] = "entity-tags"
        if parameter.get("name") == "If-Match":
            parameter["example"] = "*"


def teach_lines(document: dict) -> None:
    """
    The contract's schema of NDJSON is that of each line; OpenAPI 3.1 knows bodies alone. `read_lines` makes one
    list of the lines, so each of them is judged.
    """
    for media in written_media(document):
        if NDJSON in media:
            media[NDJSON]["schema"] = {"type": "array", "minItems": 1, "items": media[NDJSON]["schema"]}


def written_media(document: dict) -> Iterator[dict]:
    """The content of every response that is written out in an operation."""
    for item in document["paths"].values():
        for operation in (member for member in item.values() if isinstance(member, dict)):
            yield from (one["content"] for one in operation.get("responses", {}).values() if "content" in one)


def read_lines(text: bytes) -> list:
    """What each line holds. A last line without its end was cut off."""
    *lines, rest = text.split(b"\n")
    if rest:
        raise ValueError("the last line was cut off")
    return [json.loads(line) for line in lines]


def written_parameters(document: dict) -> Iterator[dict]:
    """Every parameter that is written out in a document, wherever it stands."""
    yield from document.get("components", {}).get("parameters", {}).values()
    for item in document["paths"].values():
        for holder in (item, *(member for member in item.values() if isinstance(member, dict))):
            yield from (one for one in holder.get("parameters", []) if "$ref" not in one)


# ---- Teachings: a request, before it is sent


def align_ids(case) -> None:
    """
    An id in the body must be that of the path (`id-mismatch`), which JSON Schema cannot say. A body that is
    meant to be wrong is left alone.
    """
    path = case.path_parameters or {}
    if not isinstance(case.body, dict) or is_negative(case, "body"):
        return
    own = case.path.rpartition("/")[2].strip("{}")
    for member, wanted in {**path, "id": path.get(own)}.items():
        if wanted is not None and member in case.body and case.body[member] != wanted:
            case.body[member] = wanted
            used["an id of the body aligned with the path's"] += 1


def thin_out_cursors(case) -> None:
    """
    Only the server makes cursors, and it refuses all others (`cursor-invalid`), so a list with a made-up one
    tests nothing else. They are left to the cases that are about the cursor, and to one in four of those that
    are about everything.
    """
    cursor = (case.query or {}).get("cursor")
    if not isinstance(cursor, str) or is_negative(case, "query"):
        return
    is_about_it = case.meta.phase.data.parameter == "cursor"
    is_chosen = zlib.crc32(cursor.encode("utf-8", "surrogatepass")) % 4 == 0
    if not (is_about_it if phase_of(case) == "coverage" else is_chosen):
        del case.query["cursor"]
        used["a made-up cursor left out"] += 1


# ---- Excuses


@dataclass(frozen=True)
class Excuse:
    """A failure that is none. `evidence` finds the reason in the request."""

    name: str
    reason: str
    failure: type[Exception]
    status: int
    code: str
    evidence: Callable[..., bool]

    def holds(self, failure: Exception, case, status: int, code: str | None) -> bool:
        answered = (type(failure), status, code) == (self.failure, self.status, self.code)
        return answered and self.evidence(case)


EXCUSES = (
    Excuse(
        name="stale version",
        reason="Whether If-Match holds depends on the resource, not on the header's schema. Declared: 412.",
        failure=RejectedPositiveData,
        status=412,
        code="precondition-failed",
        evidence=lambda case: any(name.lower() == "if-match" for name in case.headers or {}),
    ),
    Excuse(
        name="cursor of no list",
        reason="The server signs cursors; no schema tells them from others. Declared: 400 cursor-invalid.",
        failure=RejectedPositiveData,
        status=400,
        code="cursor-invalid",
        evidence=lambda case: "cursor" in (case.query or {}),
    ),
    Excuse(
        name="record of no checkpoint yet",
        reason="Whether a checkpoint has seen a record depends on the moment. Declared: 409 proof-pending.",
        failure=RejectedPositiveData,
        status=409,
        code="proof-pending",
        evidence=lambda case: case.path == "/audit/records/{recordId}/proof",
    ),
    Excuse(
        name="checkpoints in reverse",
        reason="No schema compares two parameters: `from` is not after `to`. Declared: 400 request-invalid.",
        failure=RejectedPositiveData,
        status=400,
        code="request-invalid",
        evidence=lambda case: are_in_reverse(case.path_parameters or {}),
    ),
)


def are_in_reverse(path: dict) -> bool:
    try:
        return int(path["from"]) > int(path["to"])
    except (KeyError, ValueError):
        return False


def excuse_for(failure: Exception, case, status: int, code: str | None) -> Excuse | None:
    return next((one for one in EXCUSES if one.holds(failure, case, status, code)), None)


# ---- What they look at


def code_of(response) -> str | None:
    """The code of a problem; None of what is no problem."""
    body = json_of(response)
    return body.get("code") if isinstance(body, dict) else None


def json_of(response) -> object:
    """None of what is no JSON."""
    try:
        return json.loads(response.content)
    except ValueError:
        return None


# ---- Registration with Schemathesis

resources = Resources()
records = Records()
exports = Exports()
for name, make in FORMATS.items():
    schemathesis.openapi.format(name, make())


@schemathesis.hook
def before_load_schema(context, raw_schema):
    teach_conditional_headers(raw_schema)
    teach_lines(raw_schema)


@schemathesis.deserializer(NDJSON)
def deserialize_lines(context, response):
    return read_lines(response.content)


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is not None:
        resources.revive(case)
        align_ids(case)
        thin_out_cursors(case)
        records.age(case)
        exports.shorten(case)


@schemathesis.hook
def after_call(context, case, response):
    location = response.headers.get("location")
    resources.observe(case, response.status_code, location[0] if location else None)
    records.observe(case, response.status_code, json_of(response))


@schemathesis.check
def what_was_created_is_there(ctx, response, case):
    """A check of our own, beside Schemathesis's."""
    contradiction = resources.contradictions.get(case.id)
    if contradiction:
        raise AssertionError(contradiction)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    excuse = excuse_for(failure, case, response.status_code, code_of(response))
    if excuse:
        used[f"excused: {excuse.name}"] += 1
    return excuse is None


@atexit.register
def write_report() -> None:
    if report := os.environ.get("SPECIMEN_HOOKS_REPORT"):
        Path(report).write_text(json.dumps(used), encoding="utf-8")
