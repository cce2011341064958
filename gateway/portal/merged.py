"""One OpenAPI document of the whole platform, put together from the document each service commits."""

import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from gateway.portal.labels import TAGS
from gateway.routes import Service

Document = dict[str, Any]
METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
INFO = {
    "title": "怀幼 Huaiyou",
    "version": "1.0.0",
    "summary": "学前教育行动计划的执行平台 · The platform that carries out a district's preschool action plan.",
    "description": "错误为 RFC 9457 文档(中文,`Accept-Language: en` 为英文),代码表见 `/problems`。"
    "登录:`POST /auth/v1/tokens`。列表用 `next` 游标翻页;写操作可带 `Idempotency-Key`;修改须带 `If-Match`。",
}


class Clash(ValueError):
    """Two services mean different things by one name."""


def committed(service: str) -> Document | None:
    """The service's own document as its folder holds it, None before it has been written for the first time."""
    file = files("services") / service / "openapi.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def merged(own: Document, services: Iterable[Service], documents: Mapping[str, Document]) -> Document:
    """The gateway's document with those of the services under their prefixes.

    Raises:
        Clash: a schema, a security scheme or an operation id means two things.
    """
    made: Document = {"openapi": own["openapi"], "info": INFO, "servers": [{"url": "/"}], "paths": {}}
    made |= {"components": {"schemas": {}, "securitySchemes": {}}, "tags": [], "x-tagGroups": []}
    _add(made, "", "网关", own)
    for each in services:
        if each.name in documents:
            _add(made, each.name, each.zh, documents[each.name])
    _require_unique_operations(made)
    return made


def _add(made: Document, service: str, zh: str, document: Document) -> None:
    tags: dict[str, str] = {}
    for path, item in document["paths"].items():
        if service and not path.startswith("/v1/"):
            continue
        made["paths"][f"/{service}{path}" if service else path] = _tagged(item, service or "gateway", tags)
    for kind, found in document.get("components", {}).items():
        known = made["components"].setdefault(kind, {})
        for name, spelled in found.items():
            if known.setdefault(name, spelled) != spelled:
                raise Clash(f"{kind}/{name} of {service or 'gateway'} differs from another service's.")
    named = [
        {"name": name, "x-displayName": TAGS.get(tag, tag), "description": f"{zh} · {TAGS.get(tag, tag)}"}
        for name, tag in tags.items()
    ]
    made["tags"] += named
    made["x-tagGroups"].append({"name": f"{zh} {service or 'gateway'}", "tags": [each["name"] for each in named]})


def _tagged(item: Document, service: str, tags: dict[str, str]) -> Document:
    """The operations with tags that name their service: `registry-children`, a word in every language of clients."""
    made = dict(item)
    for method in METHODS & item.keys():
        operation = dict(item[method])
        plain = [re.sub(r"[^a-z0-9]+", "-", tag.lower()) for tag in operation.get("tags", ["other"])]
        operation["tags"] = [f"{service}-{tag}" for tag in plain]
        tags |= dict(zip(operation["tags"], plain, strict=True))
        made[method] = operation
    return made


def _require_unique_operations(made: Document) -> None:
    seen: dict[str, str] = {}
    for path, item in made["paths"].items():
        for method in METHODS & item.keys():
            name = item[method]["operationId"]
            if (other := seen.setdefault(name, path)) != path:
                raise Clash(f"operationId {name} names {other} and {path}.")
