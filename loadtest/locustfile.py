"""Load journeys over every operation of the gateway. See README.md."""

import sys
from pathlib import Path

# The journeys are in their folder; where a load service has put all files into one, beside this one.
sys.path.insert(0, str(Path(__file__).parent / "journeys"))

import settings  # noqa: E402, F401
import thresholds  # noqa: E402, F401
from auditor import Auditor  # noqa: E402, F401
from partner import Partner  # noqa: E402, F401
