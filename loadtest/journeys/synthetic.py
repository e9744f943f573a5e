"""Made-up people and test results. The lists are those of `npm run seed`; nobody is meant."""

from __future__ import annotations

import json
import random
from calendar import monthrange
from pathlib import Path

HERE = Path(__file__).parent


def _read(file: str):
    # A load service puts all files into one folder.
    candidates = [HERE.parent / "data" / file, HERE / file]
    return json.loads(next(path for path in candidates if path.exists()).read_text(encoding="utf-8"))


CULTURES = _read("names.json")
PANELS = _read("panels.json")


def person(rng: random.Random) -> dict:
    """A body of createPatient: everything known, or only what is required."""
    gender = rng.choices(["female", "male", "other", "unknown"], [48.5, 48.5, 2, 1])[0]
    culture = rng.choice(CULTURES)
    first_name = rng.choice(culture["male" if gender == "male" else "female"])
    required = {
        "firstName": first_name,
        "gender": gender,
        "dateOfBirth": partial_date(rng),
        "postCode": str(rng.randint(1000, 9699)),
    }
    if rng.random() < 0.1:
        return required
    last_name = rng.choice(culture["family"])
    parts = [last_name, first_name] if culture["familyFirst"] else [first_name, last_name]
    return {
        **required,
        "lastName": last_name,
        "fullName": " ".join(parts),
        "insuranceNumber": f"SYN-80756-{rng.randrange(10**12):012d}",
        "preferredContactNumber": f"+41 00 {rng.randrange(10**7):07d}",
    }


def partial_date(rng: random.Random) -> str:
    """YYYY-MM-DD; a tenth YYYY-MM, a tenth YYYY."""
    year, month = rng.randint(1928, 2024), rng.randint(1, 12)
    day = rng.randint(1, monthrange(year, month)[1])
    return f"{year:04d}-{month:02d}-{day:02d}"[: rng.choices([10, 7, 4], [8, 1, 1])[0]]


def medical_test(rng: random.Random) -> dict:
    """A body of createTest."""
    panel = rng.choice(PANELS)
    year = rng.randint(2023, 2025)
    day = f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    issued = f"{day}T{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:00.000Z"
    return {
        "performer": f"LAB-{rng.randint(1, 40):02d}",
        "orderReference": f"ORDER-{year}-{rng.randrange(10**6):06d}",
        "observations": [
            {
                "id": f"OBSERVATION-{number:02d}",
                "code": item["code"],
                **_measure(rng, item),
                "issued": issued,
                "status": "final",
            }
            for number, item in enumerate(panel["observations"], start=1)
        ],
    }


def _measure(rng: random.Random, item: dict) -> dict:
    if "values" in item:
        value = rng.choice(item["values"])
        return {"measurement": value["text"], "interpretation": value["interpretation"]}
    value = round(rng.uniform(item["low"] * 0.9, item["high"] * 1.1), item["decimals"])
    interpretation = "L" if value < item["low"] else "H" if value > item["high"] else "N"
    return {"measurement": f"{value:.{item['decimals']}f} {item['unit']}", "interpretation": interpretation}
