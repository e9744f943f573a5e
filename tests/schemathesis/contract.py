"""The contract that integrators get, from the portal."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


@dataclass(frozen=True)
class Api:
    """
    A published API. `operations` are operationIds by (METHOD, path); `link_targets` are operationIds that
    links lead to.
    """

    name: str
    url: str
    key: str
    operations: dict[tuple[str, str], str]
    link_targets: frozenset[str]


def published_apis(manifest: Path, gateway: str) -> list[Api]:
    """
    The APIs of the manifest that the gateway serves. Those that only read come last, so that there is
    something to read.
    """
    apis = [api for api in json.loads(manifest.read_text(encoding="utf-8"))["apis"] if api["gateway"]]
    public = [read_api(api["name"], f"local-{api['gateway']['products'][0]}-key", gateway) for api in apis]
    return sorted(public, key=lambda api: all(method == "GET" for method, _ in api.operations))


def read_api(name: str, key: str, gateway: str) -> Api:
    """:param key: of a subscription to a product that holds the API"""
    url = f"{gateway}/portal/{name}/openapi.json"
    with urllib.request.urlopen(url, timeout=30) as response:
        return api_of(name, url, key, json.load(response))


def api_of(name: str, url: str, key: str, document: dict) -> Api:
    operations = {
        (method.upper(), path): operation["operationId"]
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }
    return Api(name, url, key, operations, frozenset(link_targets(document)))


def link_targets(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from link_targets(child)
    if isinstance(node, dict):
        links = node.get("links")
        yield from (link["operationId"] for link in links.values()) if isinstance(links, dict) else ()
        for name, child in node.items():
            if name not in ("example", "examples"):
                yield from link_targets(child)
