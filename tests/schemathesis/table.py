"""Operations by statuses, for a person to read."""

from __future__ import annotations

from collections import Counter

from contract import Api
from tally import Tally

OTHERS = "(methods that the contract does not have)"


def status_table(tallies: list[tuple[Api, Tally]]) -> str:
    rows = [row for api, tally in tallies for row in _rows(api, tally)]
    statuses = sorted({status for _, counts in rows for status in counts})
    width = max(len(name) for name, _ in rows)
    lines = [f"{'operation':{width}}  {'cases':>6}" + "".join(f"{status:>6}" for status in statuses)]
    for name, counts in rows:
        cells = "".join(f"{counts[status] or '':>6}" for status in statuses)
        lines.append(f"{name:{width}}  {counts.total():>6}{cells}")
    return "\n".join(lines)


def _rows(api: Api, tally: Tally) -> list[tuple[str, Counter[int]]]:
    rows = [(name, Counter(tally.statuses.get(place, {}))) for place, name in api.operations.items()]
    others = Counter[int]()
    for place, counts in tally.statuses.items():
        if place not in api.operations:
            others.update(counts)
    return [*rows, (f"{api.name}: {OTHERS}", others)] if others else rows
