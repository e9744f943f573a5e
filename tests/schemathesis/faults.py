"""A gateway with a fault in each operation, so that each check has one to find."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

KEY_HEADER = "Ocp-Apim-Subscription-Key"
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def without(self, header: str) -> Answer:
        return replace(
            self, headers=tuple(pair for pair in self.headers if pair[0].lower() != header.lower())
        )

    def with_header(self, header: str, value: str) -> Answer:
        return replace(self, headers=(*self.without(header).headers, (header, value)))

    def of_type(self, media_type: str) -> Answer:
        return self.with_header("Content-Type", media_type)


@dataclass(frozen=True)
class Fault:
    """
    `checks` are those that must find it. `changed` makes of the gateway's answer what the client gets.

    :param place: METHOD and path of the contract
    :param is_found_there: whether the checks blame this place, and not a later one
    :param is_forwarded: whether the gateway gets the request
    :param is_opened: whether everybody's request is sent with a good key
    """

    place: str
    checks: tuple[str, ...]
    changed: Callable[[Answer], Answer]
    is_found_there: bool = True
    is_forwarded: bool = True
    is_opened: bool = False

    def is_at(self, method: str, path: str) -> bool:
        return bool(re.fullmatch(re.sub(r"\{\w+\}", "[0-9a-fA-F-]{36}", self.place), f"{method} {path}"))


NOTHING = Answer(204, (), b"")
UNCHANGED = Answer(304, (("ETag", '"1"'),), b"")


def on(status: int, change: Callable[[Answer], Answer]) -> Callable[[Answer], Answer]:
    return lambda answer: change(answer) if answer.status == status else answer


def problem(status: int, code: str) -> Callable[[Answer], Answer]:
    body = {
        "type": f"/portal/errors/{code}",
        "title": "A fault",
        "status": status,
        "detail": "A fault.",
        "code": code,
        "traceId": "0" * 32,
        "requestId": "0198c0de-0000-7000-8000-00000000abcd",
    }
    headers = (("Content-Type", "application/problem+json"),)
    return lambda _: Answer(status, headers, json.dumps(body).encode())


def with_undeclared_member(answer: Answer) -> Answer:
    return replace(answer, body=json.dumps([{**one, "age": 41} for one in json.loads(answer.body)]).encode())


PATIENT = "/patient/{patientId}"
TESTS = f"{PATIENT}/tests"
TEST = f"{TESTS}/{{testId}}"

FAULTS = (
    Fault(
        "POST /patient", ("ignored_auth", "missing_required_header"), lambda answer: answer, is_opened=True
    ),
    Fault("POST /patient/search", ("response_schema_conformance",), on(200, with_undeclared_member)),
    Fault(
        f"GET {PATIENT}", ("response_headers_conformance",), on(200, lambda answer: answer.without("ETag"))
    ),
    Fault(f"PUT {PATIENT}", ("not_a_server_error",), on(200, problem(500, "internal-error"))),
    Fault(
        f"DELETE {PATIENT}",
        ("use_after_free",),
        lambda _: NOTHING,
        is_forwarded=False,
        is_found_there=False,
    ),
    Fault(f"POST {TESTS}", ("status_code_conformance",), on(400, lambda answer: replace(answer, status=422))),
    Fault(f"GET {TESTS}", ("content_type_conformance",), on(200, lambda answer: answer.of_type("text/html"))),
    Fault(f"GET {TEST}", ("negative_data_rejection",), on(400, lambda _: UNCHANGED)),
    Fault(f"PUT {TEST}", ("positive_data_acceptance",), on(200, problem(400, "request-invalid"))),
    Fault(
        f"DELETE {TEST}", ("what_was_created_is_there",), problem(404, "test-not-found"), is_forwarded=False
    ),
    Fault(
        "OPTIONS /patient", ("allow_header_conformance",), lambda answer: answer.with_header("Allow", "PATCH")
    ),
)

# Checks that are on and that no fault of ours can bring about, with the reason.
IDLE = {
    "object_level_authorization": "It needs peers; here every subscription sees every patient.",
    "ensure_resource_availability": "See hooks.Resources: a check of our own stands for it.",
}


@contextmanager
def faulty_gateway(gateway: str, key: str, faults: tuple[Fault, ...] = FAULTS):
    """
    Yields its address.

    :param key: what a fault that opens an operation sends for everybody
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = (
            -1
        )  # An answer in one piece: the second of two would wait for the client to acknowledge the first.

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = urlsplit(self.path).path
            fault = next((one for one in faults if one.is_at(self.command, path)), None)
            if fault is None:
                self.send(self.forward(body, None))
                return
            answer = self.forward(body, key if fault.is_opened else None) if fault.is_forwarded else NOTHING
            self.send(fault.changed(answer))

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_QUERY = do_HEAD = answer

        def forward(self, body: bytes, opened_with: str | None) -> Answer:
            headers = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in HOP_BY_HOP | {"host"}
            }
            if opened_with is not None:
                headers = {
                    name: value for name, value in headers.items() if name.lower() != KEY_HEADER.lower()
                }
                headers[KEY_HEADER] = opened_with
            connection = http.client.HTTPConnection(urlsplit(gateway).netloc, timeout=30)
            connection.request(self.command, self.path, body=body or None, headers=headers)
            response = connection.getresponse()
            kept = tuple(pair for pair in response.getheaders() if pair[0].lower() not in HOP_BY_HOP)
            answer = Answer(response.status, kept, response.read())
            connection.close()
            return answer

        def send(self, answer: Answer) -> None:
            self.send_response_only(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if answer.status not in (204, 304):
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD" and answer.status not in (204, 304):
                self.wfile.write(answer.body)
            self.wfile.flush()

        def log_message(self, *_) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
