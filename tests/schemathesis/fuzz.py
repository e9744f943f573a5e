"""
Fuzzes the running platform from outside: for each seed, each published API, by Schemathesis, against the
contract that integrators get. Exit code 0 when nothing was found and everything was reached, 1 when not, 2
when it could not be run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from schemathesis.checks import CHECKS, load_all_checks

import hooks as _hooks  # noqa: F401, so that its own check is among those that are expected
from contract import Api, published_apis
from run_phases import run_phases
from table import status_table
from tally import Tally
from verdict import PHASES, complaints, unlinked

MANIFEST = Path(__file__).resolve().parents[2] / "generated/manifest.json"
NOT_ASKED_FOR = {"unsupported_method"}
MAX_ATTEMPTS = 5


def main() -> int:
    options = read_options()
    try:
        apis = published_apis(MANIFEST, options.gateway)
    except OSError as error:
        print(f"{options.gateway} is not the platform: {error}. Start it with: npm start", file=sys.stderr)
        return 2
    totals = [(api, Tally()) for api in apis]
    used: Counter[str] = Counter()
    found: list[str] = []
    for seed in options.seeds:
        for api, total in totals:
            tally, needed = run_seed(api, seed, options)
            said = complaints(api, tally, expected_checks(), options.scenarios)
            found += [f"seed {seed}, {api.name}: {one}" for one in said]
            total.add(tally)
            used.update(needed)
    print_report(totals, used, found)
    return 1 if found else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Fuzzes the running platform against its published contracts."
    )
    parser.add_argument("gateway", help="such as http://127.0.0.1:8080")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--examples", type=int, default=40, help="of the fuzzing phase, for each operation")
    parser.add_argument("--scenarios", type=int, default=100, help="of the stateful phase, for each API")
    return parser.parse_args()


def expected_checks() -> set[str]:
    load_all_checks()
    return set(CHECKS.get_all_names()) - NOT_ASKED_FOR


def run_seed(api: Api, seed: int, options: argparse.Namespace) -> tuple[Tally, Counter[str]]:
    started = time.monotonic()
    whole, used = Tally(), Counter[str]()
    for phases, own_seed, examples in plan(api, seed, options, whole):
        tally, needed = run_phases(api, own_seed, phases, examples)
        whole.add(tally)
        used.update(needed)
    print(f"seed {seed}  {api.name:8} {whole.cases:6} cases {time.monotonic() - started:7.1f} s", flush=True)
    return whole, used


def plan(
    api: Api, seed: int, options: argparse.Namespace, done: Tally
) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """
    The stateful phase has a process of its own: it would draw from the resources that the other phases leave
    behind. Hypothesis ends it early when a replayed scenario meets other answers than before, as lists that
    have grown in between, and chance may leave out where a long way of links leads. Then further seeds, which
    follow from the first, do the rest.
    """
    yield PHASES[:3], seed, options.examples
    yield PHASES[3:], seed, options.scenarios
    for attempt in range(1, MAX_ATTEMPTS):
        missing = options.scenarios - done.scenarios["stateful"]
        if done.failures or done.errors or (missing <= 0 and not unlinked(api, done)):
            return
        yield PHASES[3:], seed + 1_000 * attempt, max(missing, options.scenarios // 2)


def print_report(totals: list[tuple[Api, Tally]], used: Counter[str], found: list[str]) -> None:
    print(f"\n{status_table(totals)}\n")
    for api, tally in totals:
        links = f"{len(tally.followed)} of {tally.linked} links followed with success"
        print(f"{api.name}: {tally.cases} cases, {links}")
    for name, count in sorted(used.items()):
        print(f"hooks: {name}, {count} times")
    for one in found:
        print(f"FOUND {one}")
    if not found:
        print("Nothing was found; every operation was reached.")


if __name__ == "__main__":
    sys.exit(main())
