"""What Schemathesis's machine report (NDJSON, one event a line) says that it did and found."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

ERRORS = ("NonFatalError", "FatalError", "Interrupted")
Place = tuple[str, str]  # (METHOD, path of the contract)


@dataclass
class Tally:
    """
    Counts of one run, or of several added up.

    :param statuses: answers by place and status; 0 stands for none
    :param links: answers by the place that a link led to, and status
    :param linked: how many links the contract has
    :param followed: the links that led to a success
    :param failures: what checks found, a line each
    :param errors: what kept Schemathesis from testing
    """

    cases: int = 0
    statuses: dict[Place, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    links: dict[Place, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    linked: int = 0
    followed: set[str] = field(default_factory=set)
    scenarios: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    is_complete: bool = False

    def add(self, other: Tally) -> None:
        self.cases += other.cases
        for mine, theirs in ((self.statuses, other.statuses), (self.links, other.links)):
            for place, counts in theirs.items():
                mine[place].update(counts)
        self.linked = max(self.linked, other.linked)
        self.followed |= other.followed
        self.scenarios.update(other.scenarios)
        self.checks.update(other.checks)
        self.failures += other.failures
        self.errors += other.errors


def read_tally(lines: Iterable[str]) -> Tally:
    """:param lines: of the report. Without the event that closes it, the tally is not complete."""
    tally = Tally()
    for line in lines:
        for name, event in json.loads(line).items():
            if name == "LoadingFinished":
                tally.linked = event["statistic"]["transitions"]["total"]
            if name == "ScenarioFinished":
                _count_scenario(tally, event)
            if name in ERRORS:
                tally.errors.append(f"{name}: {json.dumps(event)[:500]}")
            tally.is_complete = tally.is_complete or name == "EngineFinished"
    return tally


def _count_scenario(tally: Tally, event: dict) -> None:
    recorder = event["recorder"]
    tally.scenarios[event["phase"]] += 1
    for case_id, case in recorder.get("cases", {}).items():
        interaction = recorder.get("interactions", {}).get(case_id)
        if interaction is not None:
            response = interaction.get("response")
            _count_case(tally, case, response["status_code"] if response else 0)
    for case_id, results in recorder.get("checks", {}).items():
        place = " ".join(_place_of(recorder["cases"][case_id]))
        for result in results:
            tally.checks[result["name"]] += 1
            if result["status"] != "success":
                tally.failures.append(f"{place}: {result['name']}")


def _count_case(tally: Tally, case: dict, status: int) -> None:
    tally.cases += 1
    tally.statuses[_place_of(case)][status] += 1
    transition = case.get("transition")
    if transition and case["is_transition_applied"]:
        tally.links[_place_of(case)][status] += 1
        if 200 <= status < 400:
            tally.followed.add(transition["id"])


def _place_of(case: dict) -> Place:
    return case["value"]["method"], case["value"]["path"]
