import unittest
from types import SimpleNamespace

from contract import Api
from fuzz import MAX_ATTEMPTS, plan
from tally import Tally

OPTIONS = SimpleNamespace(examples=40, scenarios=100)
READ = ("GET", "/patient/{patientId}")
API = Api("patient", "", "", {READ: "getPatient"}, frozenset({"getPatient"}))
FIRST = (("examples", "coverage", "fuzzing"), 7, 40)
SECOND = (("stateful",), 7, 100)


def planned(*, scenarios: int, linked_after: int = 1, failures: int = 0) -> list:
    """
    What is run when each stateful run does so many scenarios, the links lead on after so many, and the first
    phases find so many failures.
    """
    done = Tally()
    steps = []
    for step in plan(API, 7, OPTIONS, done):
        steps.append(step)
        done.failures += ["found"] * (failures if step == FIRST else 0)
        done.scenarios["stateful"] += 0 if step == FIRST else scenarios
        if len(steps) > linked_after:
            done.links[READ][200] += 1
    return steps


class Plans(unittest.TestCase):
    def test_one_stateful_run_that_does_all_is_enough(self):
        self.assertEqual(planned(scenarios=130), [FIRST, SECOND])

    def test_what_ended_early_goes_on_with_another_seed(self):
        self.assertEqual(planned(scenarios=60), [FIRST, SECOND, (("stateful",), 1_007, 50)])
        self.assertEqual(planned(scenarios=5)[2], (("stateful",), 1_007, 95))

    def test_it_goes_on_until_links_lead_to_every_operation(self):
        more = [(("stateful",), 1_007, 50), (("stateful",), 2_007, 50)]
        self.assertEqual(planned(scenarios=130, linked_after=3), [FIRST, SECOND, *more])

    def test_it_gives_up(self):
        self.assertEqual(len(planned(scenarios=0)), 1 + MAX_ATTEMPTS)
        self.assertEqual(len(planned(scenarios=130, linked_after=99)), 1 + MAX_ATTEMPTS)

    def test_what_found_something_does_not_go_on(self):
        self.assertEqual(planned(scenarios=60, failures=1), [FIRST, SECOND])


if __name__ == "__main__":
    unittest.main()
