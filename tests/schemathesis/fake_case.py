"""Requests as hooks see them."""

import re
from types import SimpleNamespace

PATIENT = "0198c0de-0000-7000-8000-00000000000a"
OTHER = "0198c0de-0000-7000-8000-00000000000b"
TEST = "0198c0de-0000-7000-8000-00000000000c"
RECORD = f"{PATIENT}:outcome"
PROOF = "/audit/records/{recordId}/proof"
TEMPLATES = ("/patient", "/patient/search", "/patient/{patientId}", "/patient/{patientId}/tests/{testId}")


def case_of(
    template="/patient/{patientId}",
    path=None,
    method="GET",
    phase="coverage",
    about=None,
    negative=(),
    **parts,
):
    """A request as hooks see it."""
    path = {"patientId": PATIENT} if path is None else path
    meta = SimpleNamespace(
        is_negative_at=lambda location: location in negative,
        phase=SimpleNamespace(name=SimpleNamespace(value=phase), data=SimpleNamespace(parameter=about)),
    )
    case = {"body": None, "query": {}, "headers": {}, **parts}
    return SimpleNamespace(
        id=f"{method} {template} {path}",
        method=method,
        path=template,
        path_parameters=path,
        formatted_path=re.sub(r"\{(\w+)\}", lambda name: path[name[1]], template),
        operation=SimpleNamespace(method=method.lower(), schema=TEMPLATES),
        meta=meta,
        **case,
    )
