"""
What the requests and answers so far have shown, and what hooks.py makes of it: which resources there are, which
records a checkpoint has seen, and how often everything was exported.
"""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit

# How often each deviation was needed.
used: Counter[str] = Counter()


def is_negative(case, location: str) -> bool:
    """Whether a part of the request is meant to break the contract."""
    return case.meta.is_negative_at(location)


def is_about(case, parameter: str) -> bool:
    """Whether a case of the coverage phase is about this parameter."""
    return phase_of(case) == "coverage" and case.meta.phase.data.parameter == parameter


def address_of(case) -> str:
    """Ids are read in either case."""
    return unquote(case.formatted_path).lower()


def phase_of(case) -> str:
    return case.meta.phase.name.value


class Exports:
    """
    An export holds all that was ever stored, and each case stores more. One in eight is of everything; the
    others, where the case does not say, end at the first checkpoint.
    """

    def __init__(self) -> None:
        self._asked = 0

    def shorten(self, case) -> None:
        query = case.query or {}
        if case.path != "/audit/export" or is_negative(case, "query") or "checkpoint" in query:
            return
        self._asked += 1
        if self._asked % 8 != 1:
            case.query = {**query, "checkpoint": 0}
            used["an export shortened to the first checkpoint"] += 1


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


class Records:
    """
    Records of the register that were listed a while ago. A record is in a checkpoint ten seconds after it was
    stored, and the register's newest is what a link leads to: nearly every proof would end at 409. Three in
    four get one that a checkpoint has seen.
    """

    SEALED_AFTER = 15.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._listed: dict[str, float] = {}

    def observe(self, case, status: int, records: object) -> None:
        if case.path != "/audit/records" or status != 200 or not isinstance(records, list):
            return
        for record in records[: max(0, 100 - len(self._listed))]:
            self._listed.setdefault(record["id"], self._clock())

    def age(self, case) -> None:
        record = (case.path_parameters or {}).get("recordId")
        if case.path != "/audit/records/{recordId}/proof" or is_negative(case, "path"):
            return
        if not isinstance(record, str) or zlib.crc32(record.encode("utf-8", "surrogatepass")) % 4 == 0:
            return
        sealed = next(
            (one for one, since in self._listed.items() if self._clock() - since > self.SEALED_AFTER), None
        )
        if sealed is not None and not is_about(case, "recordId"):
            case.path_parameters["recordId"] = sealed
            used["a record replaced by one that a checkpoint has seen"] += 1
