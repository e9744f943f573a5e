"""One process of Schemathesis, and what its report says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from contract import Api
from tally import Tally, read_tally

HERE = Path(__file__).resolve().parent


def run_phases(
    api: Api, seed: int, phases: tuple[str, ...], examples: int, *, is_quiet: bool = False
) -> tuple[Tally, dict[str, int]]:
    """
    Returns the tally, and how often each hook was needed. A process that found something shows what it says,
    unless `is_quiet`; one that was broken off has an error in its tally.
    """
    with tempfile.TemporaryDirectory() as folder:
        report, hooks = Path(folder, "events.ndjson"), Path(folder, "hooks.json")
        ended = subprocess.run(
            command(api, seed, phases, examples, report),
            env={**os.environ, **environment(api, hooks)},
            cwd=folder,
            text=True,
            capture_output=True,
            check=False,
        )
        tally = read_tally(report.read_text(encoding="utf-8").splitlines()) if report.exists() else Tally()
        used = json.loads(hooks.read_text(encoding="utf-8")) if hooks.exists() else {}
    if not is_explained(ended.returncode, tally):
        tally.errors.append(f"it ended with {ended.returncode} in {', '.join(phases)}")
    if (tally.failures or tally.errors) and not is_quiet:
        print(ended.stdout, ended.stderr, sep="\n", flush=True)
    return tally, used


def is_explained(code: int, tally: Tally) -> bool:
    """Schemathesis ends with 0, or with 1 when it found something; a whole report has to say the same."""
    return tally.is_complete and code == (1 if tally.failures or tally.errors else 0)


def command(api: Api, seed: int, phases: tuple[str, ...], examples: int, report: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml")),
        *("run", api.url, "--phases", ",".join(phases), "--seed", str(seed), "--max-examples", str(examples)),
        *("--report", "ndjson", "--report-ndjson-path", str(report), "--no-color"),
    ]


def environment(api: Api, hooks: Path) -> dict[str, str]:
    return {
        "SPECIMEN_KEY": api.key,
        "SPECIMEN_HOOKS_REPORT": str(hooks),
        "PYTHONPATH": str(HERE),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
