"""An auditor: asks the register who saw or changed what."""

from __future__ import annotations

import itertools
import random

import audit_journeys
from gateway import Gateway
from locust import FastHttpUser, task

numbers = itertools.count()


class Auditor(FastHttpUser):
    """Each task is one whole journey."""

    weight = 1
    network_timeout = connection_timeout = 30.0

    def on_start(self) -> None:
        options = self.environment.parsed_options
        self.rng = random.Random(f"{options.data_seed}/auditor/{next(numbers)}")
        self.gateway = Gateway(self.client, options.auditor_key, self.rng)

    def wait_time(self) -> float:
        return self.rng.uniform(0, self.environment.parsed_options.max_think_ms) / 1000

    @task(4)
    def look_around(self) -> None:
        audit_journeys.look_around(self)

    @task(6)
    def follow_patient(self) -> None:
        audit_journeys.follow_patient(self)

    @task(2)
    def find_failures(self) -> None:
        audit_journeys.find_failures(self)

    @task(3)
    def prove(self) -> None:
        audit_journeys.prove(self)

    @task(1)
    def mistakes(self) -> None:
        audit_journeys.mistakes(self)
