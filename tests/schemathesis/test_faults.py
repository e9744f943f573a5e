"""That each check finds what it is there for: one run against a gateway with a fault in every operation."""

import os
import unittest

from contract import read_api
from faults import FAULTS, IDLE, faulty_gateway
from fuzz import expected_checks
from run_phases import run_phases

GATEWAY = os.environ.get("SPECIMEN_GATEWAY")
KEY = "local-partner-key"


@unittest.skipUnless(GATEWAY, "SPECIMEN_GATEWAY does not say where the platform is")
class Faults(unittest.TestCase):
    def test_each_fault_is_found_by_its_checks(self):
        with faulty_gateway(GATEWAY, KEY) as faulty:
            api = read_api("patient", KEY, faulty)
            coverage, _ = run_phases(api, 1, ("coverage",), 1, is_quiet=True)
            stateful, _ = run_phases(api, 1, ("stateful",), 15, is_quiet=True)
        found = {*coverage.failures, *stateful.failures}
        found_anywhere = {failure.rpartition(": ")[2] for failure in found}
        for fault in FAULTS:
            for check in fault.checks:
                with self.subTest(check):
                    if fault.is_found_there:
                        self.assertIn(f"{fault.place}: {check}", found)
                    else:
                        self.assertIn(check, found_anywhere)

    def test_every_check_has_a_fault(self):
        found = {check for fault in FAULTS for check in fault.checks}
        self.assertEqual(found | IDLE.keys(), expected_checks())


if __name__ == "__main__":
    unittest.main()
