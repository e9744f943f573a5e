"""
What Schemathesis is told beyond the contract, and why: every deviation from its judgement is in this file.

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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import schemathesis
from hypothesis import strategies as st
from schemathesis.openapi.checks import RejectedPositiveData

used: Counter[str] = Counter()

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


class Resources:
    """
    Which resources there are, by the Location of each creation and the path of each deletion.

    The coverage phase keeps to one resource, which its own deletions remove, and then learns nothing but 404
    from the cases that follow. `revive` gives a case that is about something else a resource that is still
    there.

    `contradictions` holds the answers that cannot be, by the case's id: 404 for what is there, success for
    what is deleted. Schemathesis's own checks for these look only at neighbours in one scenario, and
    `ensure_resource_availability` only at operations whose every parameter a link gives, which is none of
    ours: every operation takes optional headers.
    """

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, str]] = {}
        self._deleted: set[str] = set()
        self.contradictions: dict[str, str] = {}

    def observe(self, case, status: int, location: str | None) -> None:
        path = address_of(case)
        is_declared = case.method == case.operation.method.upper()
        if status == 404 and path in self._ids and is_declared:
            self.contradictions[case.id] = "404 for a resource that was created and not deleted"
        if 200 <= status < 300 and any(f"{path}/".startswith(f"{deleted}/") for deleted in self._deleted):
            self.contradictions[case.id] = "success for a resource that was deleted"
        if status == 201 and location:
            self._remember(urlsplit(location).path.lower(), case.operation.schema)
        if status == 204 and case.method == "DELETE":
            self._forget(path)

    def revive(self, case) -> None:
        path = case.path_parameters or {}
        if (
            phase_of(case) != "coverage"
            or is_negative(case, "path")
            or case.meta.phase.data.parameter in path
        ):
            return
        ids = next((one for one in self._ids.values() if path.keys() <= one.keys()), None)
        if path and ids and address_of(case) not in self._ids:
            case.path_parameters = {name: ids[name] for name in path}
            used["a deleted resource replaced by one that is there"] += 1

    def _remember(self, path: str, templates: Iterable[str]) -> None:
        parts = path.split("/")
        for template in (one.split("/") for one in templates):
            pairs = list(zip(template, parts, strict=False))
            if len(template) == len(parts) and all(a.lower() == b or a.startswith("{") for a, b in pairs):
                self._ids[path] = {a[1:-1]: b for a, b in pairs if a.startswith("{")}

    def _forget(self, path: str) -> None:
        self._deleted.add(path)
        for below in [one for one in self._ids if f"{one}/".startswith(f"{path}/")]:
            del self._ids[below]


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
)


def excuse_for(failure: Exception, case, status: int, code: str | None) -> Excuse | None:
    return next((one for one in EXCUSES if one.holds(failure, case, status, code)), None)


# ---- What they look at


def is_negative(case, location: str) -> bool:
    """Whether a part of the request is meant to break the contract."""
    return case.meta.is_negative_at(location)


def address_of(case) -> str:
    """Ids are read in either case."""
    return unquote(case.formatted_path).lower()


def phase_of(case) -> str:
    return case.meta.phase.name.value


def code_of(response) -> str | None:
    """The code of a problem; None of what is no problem."""
    try:
        body = json.loads(response.content)
    except ValueError:
        return None
    return body.get("code") if isinstance(body, dict) else None


# ---- Registration with Schemathesis

resources = Resources()
for name, make in FORMATS.items():
    schemathesis.openapi.format(name, make())


@schemathesis.hook
def before_load_schema(context, raw_schema):
    teach_conditional_headers(raw_schema)


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is not None:
        resources.revive(case)
        align_ids(case)
        thin_out_cursors(case)


@schemathesis.hook
def after_call(context, case, response):
    location = response.headers.get("location")
    resources.observe(case, response.status_code, location[0] if location else None)


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
