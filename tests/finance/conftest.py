"""Whatever a test of this service reads is held against the answer that OpenAPI promises."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from jsonschema_rs import Draft202012Validator

from tests.stack import Service

Promise = tuple[str, re.Pattern[str], dict[str, Any]]


class Promises:
    """The JSON answers of one application's OpenAPI document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.components = document["components"]
        self.promises: list[Promise] = []
        self.validators: dict[str, Draft202012Validator] = {}
        for path, methods in sorted(document["paths"].items(), key=lambda entry: entry[0].count("{")):
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$")
            self.promises += [
                (method.upper(), pattern, operation["responses"]) for method, operation in methods.items()
            ]

    def hold(self, answer: httpx.Response) -> None:
        request = answer.request
        for method, pattern, responses in self.promises:
            if method == request.method and pattern.match(request.url.path):
                promised = responses.get(str(answer.status_code))
                assert promised, f"{method} {request.url.path} answers {answer.status_code} unannounced"
                kind = answer.headers.get("content-type", "").split(";")[0]
                if answer.is_success and kind == "application/json":
                    self._validate(promised["content"][kind]["schema"], answer)
                return

    def _validate(self, schema: dict[str, Any], answer: httpx.Response) -> None:
        key = json.dumps(schema)
        if key not in self.validators:
            self.validators[key] = Draft202012Validator(schema | {"components": self.components})
        faults = [
            f"{'/'.join(map(str, fault.instance_path))}: {fault.message}"
            for fault in self.validators[key].iter_errors(answer.json())
        ]
        assert faults == [], f"{answer.request.method} {answer.request.url.path}: {faults[:3]}"


@pytest.fixture(autouse=True)
def _as_promised(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if "finance" not in request.fixturenames:
        yield
        return
    service: Service = request.getfixturevalue("finance")
    promises = getattr(service, "_promises", None) or Promises(service.app.openapi())
    service._promises = promises  # type: ignore[attr-defined]  # made once for all tests of a process
    plain = service.client

    async def hold(answer: httpx.Response) -> None:
        await answer.aread()
        promises.hold(answer)

    def client(*grants: tuple[str, str], **more: Any) -> httpx.AsyncClient:
        made = plain(*grants, **more)
        made.event_hooks = {"response": [hold]}
        return made

    monkeypatch.setattr(service, "client", client)
    yield
