"""Whether a run shows what it must: a sentence for each thing that it does not."""

from __future__ import annotations

from contract import Api
from tally import Tally

PHASES = ("examples", "coverage", "fuzzing", "stateful")


def complaints(api: Api, tally: Tally, checks: set[str], stateful: int) -> list[str]:
    """
    What one seed of one API does not show.

    :param checks: the names of the checks that must have judged answers
    :param stateful: how many stateful scenarios there must be at least
    """
    return [
        *(f"a check failed: {failure}" for failure in sorted(set(tally.failures))),
        *(f"Schemathesis could not test: {error}" for error in tally.errors),
        *_server_errors(tally),
        *_unreached(api, tally),
        *(f"no {phase} case was tested" for phase in PHASES if tally.scenarios[phase] == 0),
        *(f"the check {check} judged nothing" for check in sorted(checks - tally.checks.keys())),
        *_few_scenarios(tally, stateful),
        *unlinked(api, tally),
    ]


def unlinked(api: Api, tally: Tally) -> list[str]:
    """The operations to which the contract's links lead, and none led."""
    return [
        f"no link led to {operation_id} with success"
        for place, operation_id in api.operations.items()
        if operation_id in api.link_targets
        and not any(200 <= status < 400 for status in tally.links.get(place, ()))
    ]


def _server_errors(tally: Tally) -> list[str]:
    return [
        f"{' '.join(place)} answered {status or 'nothing'}, {count} times"
        for place, counts in tally.statuses.items()
        for status, count in counts.items()
        if status == 0 or status >= 500
    ]


def _unreached(api: Api, tally: Tally) -> list[str]:
    return [
        f"{operation_id} was never answered with a 2xx"
        for place, operation_id in api.operations.items()
        if not any(200 <= status < 300 for status in tally.statuses.get(place, ()))
    ]


def _few_scenarios(tally: Tally, wanted: int) -> list[str]:
    had = tally.scenarios["stateful"]
    return [] if had >= wanted else [f"{had} stateful scenarios were tested, {wanted} are wanted"]
