"""Decides at the end of a run whether it was good, and says why not."""

import logging

from locust import events
from locust.runners import WorkerRunner

OPERATIONS = (
    "createPatient", "getPatient", "updatePatient", "deletePatient", "searchPatients",
    "createTest", "listTests", "getTest", "updateTest", "deleteTest",
    "listAuditRecords", "getAuditRecord",
    "getAuditRecordProof", "getLatestCheckpoint", "getConsistencyProof", "exportAuditRecords",
)  # fmt: skip

# With fewer answers than this, a percentile is an accident.
ENOUGH_FOR_P95 = 20
ENOUGH_FOR_P99 = 100


@events.quitting.add_listener
def judge(environment, **_):
    if isinstance(environment.runner, WorkerRunner):
        return  # The master has everybody's numbers.
    missed = misses(environment.stats, environment.runner, environment.parsed_options)
    for reason in missed:
        logging.error("threshold missed: %s", reason)
    if not missed:
        logging.info(
            "all thresholds are met: %d answers, every operation among them",
            environment.stats.total.num_requests,
        )
    environment.process_exit_code = 1 if missed else 0


def misses(stats, runner, options):
    """A sentence for each threshold that the run missed."""
    total = stats.total
    missed = []
    if total.fail_ratio > options.max_unexpected_ratio:
        missed.append(f"{total.num_failures} of {total.num_requests} answers were unexpected")
    if runner and runner.exceptions:
        missed.append(f"{len(runner.exceptions)} kinds of exceptions were raised by journeys")
    answered = {entry.name for entry in stats.entries.values() if entry.num_requests > entry.num_failures}
    never = [operation for operation in OPERATIONS if operation not in answered]
    if never:
        missed.append(f"never answered as expected: {', '.join(never)}")
    for entry in [total, *stats.entries.values()]:
        missed += slow(entry, 0.95, options.max_p95_ms, ENOUGH_FOR_P95)
        missed += slow(entry, 0.99, options.max_p99_ms, ENOUGH_FOR_P99)
    return missed


def slow(entry, percentile, limit, enough):
    if entry.num_requests < enough:
        return []
    measured = entry.get_response_time_percentile(percentile)
    if measured <= limit:
        return []
    return [f"p{percentile * 100:.0f} of {entry.name} is {measured:.0f} ms, the limit is {limit:.0f} ms"]
