"""What the rules say of posts, from the JSON the database builds."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from services.registry.parameters.published import PARAMETERS
from services.registry.posts.rulebook import RULES
from services.registry.posts.rules import Served, StaffRule, Standing, findings
from services.registry.posts.schemas import PostFindings, PostFindingsQuery


def completed(text: str, today: date) -> tuple[str, int]:
    """The JSON of one post with its findings of today, or of its last day when it is over, and its version."""
    found = json.loads(text)
    standing = Standing.read(found.pop("standing"))
    until = date.fromisoformat(found["until"]) if found["until"] else date.max
    on = min(max(today, date.fromisoformat(found["since"])), until - date.resolution)
    found["findings"] = [_told(rule) for rule in findings(RULES, PARAMETERS, _post(found), standing, on)]
    return json.dumps(found, ensure_ascii=False), found["version"]


def offences(text: str, query: PostFindingsQuery, on: date) -> PostFindings:
    """Every breach of those who work on a day."""
    items = [each for found in json.loads(text) for each in breaches(found, on) if _is_asked(each, query)]
    return PostFindings.model_validate(
        {"as_of": on, "counts": dict(sorted(Counter(each["rule"] for each in items).items())), "items": items}
    )


def breaches(found: dict[str, Any], on: date) -> Iterator[dict[str, Any]]:
    shown = ("post", "person", "person_name", "role", "kindergarten", "kindergarten_name", "division")
    for rule in findings(RULES, PARAMETERS, _post(found), Standing.read(found["standing"]), on):
        yield _told(rule) | {name: found[name] for name in shown}


def _is_asked(breach: dict[str, Any], query: PostFindingsQuery) -> bool:
    return (query.rule is None or breach["rule"] == query.rule) and (
        query.severity is None or breach["severity"] == query.severity
    )


def _post(found: dict[str, Any]) -> Served:
    return Served(found["role"], date.fromisoformat(found["since"]), date.max, found["kindergarten"])


def _told(rule: StaffRule) -> dict[str, Any]:
    return {"rule": rule.rule, "severity": rule.severity.value, "zh": rule.zh, "en": rule.en, "basis": rule.basis}
