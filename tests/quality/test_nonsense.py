"""Whatever is sent, nothing breaks: every operation answers nonsense with a refusal in words."""

import json
from collections.abc import Iterator
from typing import Any

from shared.ids import new_id
from tests.quality import given
from tests.stack import Service

BODIES: list[Any] = [{}, [], "x", {"kindergarten": "x", "year": -1, "note": 1}, {"note": "\u0000"}]


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, methods in document["paths"].items():
        for method in methods:
            yield method, path.replace("{edition}", "2022").replace("{year}", "2026").replace("{season}", "summer")


def filled(path: str) -> str:
    while "{" in path:
        before, _, rest = path.partition("{")
        path = before + str(new_id()) + rest.partition("}")[2]
    return path


async def test_nonsense_is_refused_everywhere_in_words(quality: Service):
    document = quality.app.openapi()
    grants = [given.OFFICER, given.LEADER, ("inspector", given.DISTRICT), ("principal", given.DISTRICT)]
    client = quality.client(*grants, sub="everybody")
    broken: list[str] = []
    for method, path in operations(document):
        if "stream" in path:
            continue
        for body in BODIES if method in ("post", "put", "patch") else [None]:
            sent = None if body is None else json.dumps(body)
            headers = {"content-type": "application/json"}
            answer = await client.request(method, filled(path), content=sent, headers=headers)
            if answer.status_code >= 500:
                broken.append(f"{method} {path} {body}: {answer.status_code}")
            elif answer.status_code >= 400 and "detail" not in answer.json():
                broken.append(f"{method} {path} {body}: {answer.text[:100]}")
    assert broken == []


async def test_whoever_has_no_permission_is_refused_everywhere(quality: Service):
    document = quality.app.openapi()
    stranger = quality.client()
    public = {"/health", "/ready", "/v1/problems", "/v1/permissions"}
    public |= {"/v1/ethics-reports/anonymous", "/v1/ethics-reports/status"}
    for method, path in operations(document):
        if path not in public:
            answer = await stranger.request(method, filled(path), json={} if method != "get" else None)
            assert answer.status_code == 401, (method, path, answer.text)
