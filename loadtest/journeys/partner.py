"""A partner system: reads and writes patients and tests, and gets some of it wrong."""

from __future__ import annotations

import itertools
import random

import mistake_journeys
import patient_journeys
import test_journeys
from gateway import Gateway
from locust import FastHttpUser, task

numbers = itertools.count()

#: How many of its own patients a user remembers.
REMEMBERED = 50


class Partner(FastHttpUser):
    """Each task is one journey. When it is over, or an answer was unexpected, the user goes on to another."""

    weight = 9
    network_timeout = connection_timeout = 30.0

    def on_start(self) -> None:
        options = self.environment.parsed_options
        self.rng = random.Random(f"{options.data_seed}/partner/{next(numbers)}")
        self.gateway = Gateway(self.client, options.partner_key, self.rng)
        #: The user's own patients, which nobody else changes: (id, what was sent, ETag).
        self.patients: list[tuple[str, dict, str]] = []

    def wait_time(self) -> float:
        return self.rng.uniform(0, self.environment.parsed_options.max_think_ms) / 1000

    def known_patient(self) -> tuple[str, dict, str]:
        if not self.patients:
            patient_journeys.register(self)
        return self.rng.choice(self.patients)

    def remember(self, patient_id: str, sent: dict, etag: str) -> None:
        others = [known for known in self.patients if known[0] != patient_id]
        self.patients = [*others[-(REMEMBERED - 1) :], (patient_id, sent, etag)]

    @task(6)
    def register(self) -> None:
        patient_journeys.register(self)

    @task(12)
    def consult(self) -> None:
        patient_journeys.consult(self)

    @task(4)
    def replace(self) -> None:
        patient_journeys.replace(self)

    @task(1)
    def retire(self) -> None:
        patient_journeys.retire(self)

    @task(4)
    def find(self) -> None:
        patient_journeys.find(self)

    @task(3)
    def browse(self) -> None:
        patient_journeys.browse(self)

    @task(6)
    def report(self) -> None:
        test_journeys.report(self)

    @task(6)
    def review(self) -> None:
        test_journeys.review(self)

    @task(2)
    def correct(self) -> None:
        test_journeys.correct(self)

    @task(2)
    def mistake_ids(self) -> None:
        mistake_journeys.wrong_ids(self)

    @task(2)
    def mistake_values(self) -> None:
        mistake_journeys.wrong_values(self)

    @task(2)
    def mistake_bodies(self) -> None:
        mistake_journeys.wrong_bodies(self)

    @task(1)
    def mistake_size(self) -> None:
        mistake_journeys.too_large(self)

    @task(2)
    def mistake_keys(self) -> None:
        mistake_journeys.wrong_keys(self)
