"""Calls operations through the gateway and judges each answer."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

from expectations import Answer, Expectation
from locust.exception import RescheduleTask

Verify = Callable[[Answer], "str | None"]


class Gateway:
    """What one user calls with. An answer that is not as expected is a failure, and ends the journey."""

    def __init__(self, client, key: str, rng: random.Random):
        self._client = client
        self._key = key
        self._rng = rng

    def call(
        self,
        operation: str,
        method: str,
        path: str,
        expected: Expectation,
        *,
        body=None,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
        key: str | None = "",
        verify: Verify | None = None,
    ) -> Answer:
        """
        Sends one request.

        :param operation: the operationId, under which the answer is counted (expected errors apart)
        :param body: sent as JSON; `raw` is sent as it is
        :param key: another key than the user's; None sends none
        :param verify: looks at an answer that is otherwise as expected, and says what is wrong with it
        """
        trace_id = f"{self._rng.getrandbits(128):032x}"
        sent = {"traceparent": f"00-{trace_id}-{self._rng.getrandbits(64) | 1:016x}-01"}
        if key is not None:
            sent["Ocp-Apim-Subscription-Key"] = key or self._key
        data = raw if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        name = f"{operation} {expected.label}".strip()
        with self._client.request(
            method, path, name=name, data=data, headers=sent, catch_response=True
        ) as response:
            answer = Answer(
                status=response.status_code,
                headers={field.lower(): value for field, value in (response.headers or {}).items()},
                content=response.content or b"",
                trace_id=trace_id,
            )
            wrong = (
                self._judge(answer, expected, verify)
                if answer.status
                else f"no answer ({type(response.error).__name__})"
            )
            if not wrong:
                response.success()
                return answer
            response.failure(wrong)
        raise RescheduleTask(wrong)

    @staticmethod
    def _judge(answer: Answer, expected: Expectation, verify: Verify | None) -> str | None:
        try:
            return expected.mismatch(answer) or (verify(answer) if verify else None)
        except (ValueError, KeyError, TypeError) as error:
            return f"the body is not as expected ({type(error).__name__})"
