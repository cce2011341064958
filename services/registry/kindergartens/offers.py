"""An entry as its reader gets it: what should be asked about it, and what this caller may do with it now."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from services.registry.findings import Finding
from services.registry.kindergartens.codes import Status, Type, Verb
from services.registry.kindergartens.rules import licence_finding, registration_finding
from services.registry.kindergartens.transitions import (
    BRANCH_HAS_NO_BRANCH,
    IS_CLOSED,
    Standing,
    is_closed,
    status_takeover_refusal,
    type_takeover_refusal,
)
from services.registry.parameters.published import PARAMETERS
from services.registry.periods import Period, timeline
from services.registry.permissions import ROLES, May
from shared.auth import Actor
from shared.errors import NotPermitted


def completed(text: str, actor: Actor, today: date) -> tuple[str, int]:
    """The JSON of one kindergarten with its findings and the caller's actions, and its version."""
    found = json.loads(text)
    standing = standing_of(found, found.pop("standing"))
    found["findings"] = [
        {"code": each.code, "rule": each.rule, "zh": each.zh, "en": each.en} for each in findings(found, today)
    ]
    found["actions"] = list(offers(standing, today, permitted=permitted(actor, found)))
    return json.dumps(found, ensure_ascii=False), found["version"]


def standing_of(entry: dict[str, Any], dated: dict[str, Any]) -> Standing:
    """What decisions depend on, from the JSON of one kindergarten."""
    last = dated["leaves_last"]
    return Standing(
        founder_code=entry["founder_code"],
        for_profit=entry["for_profit"],
        relation=entry["relation"],
        types=timeline(_period(*each) for each in dated["types"]),
        statuses=timeline(_period(*each) for each in dated["statuses"]),
        leaves_last=date.fromisoformat(last) if last else None,
    )


def _period(value: str, since: str, until: str) -> Period:
    return Period(value, date.fromisoformat(since), date.fromisoformat(until))


def findings(entry: dict[str, Any], today: date) -> Iterator[Finding]:
    """Doubts about licence and registration of a kindergarten that operates."""
    if entry["status"] not in (Status.OPERATING, Status.SUSPENDED):
        return
    own = entry["relation"] is None
    ends = entry["licence_expires_on"]
    if own and (doubt := licence_finding(PARAMETERS, date.fromisoformat(ends) if ends else None, today)):
        yield doubt
    licensed = entry["licence_number"] is not None
    if doubt := registration_finding(licensed=licensed, credit_code=entry["credit_code"], own_legal_person=own):
        yield doubt


def permitted(actor: Actor, entry: dict[str, Any]) -> bool:
    """Whether the caller may change this kindergarten."""
    caller = actor.within(ROLES, frozenset({May.WRITE_KINDERGARTENS}))
    return entry["division"].startswith(caller.divisions) or UUID(entry["id"]) in caller.kindergartens


def offers(standing: Standing, today: date, *, permitted: bool) -> Iterator[dict[str, Any]]:
    """Every action, with the reason why not."""
    for verb, to, refusal in _refusals(standing, today):
        if not permitted:
            missing = NotPermitted(needed=May.WRITE_KINDERGARTENS)
            refused: tuple[str | None, ...] = missing.code(), missing.detail("zh"), missing.detail("en")
        elif refusal:
            refused = refusal.code, f"{refusal.zh}。", f"{refusal.en}."
        else:
            refused = None, None, None
        yield {"action": verb, "to": to, "allowed": refused[0] is None} | dict(
            zip(("code", "zh", "en"), refused, strict=True)
        )


def _refusals(standing: Standing, today: date) -> Iterator[tuple[Verb, str | None, Finding | None]]:
    closed = IS_CLOSED if is_closed(standing, today) else None
    yield Verb.EDIT, None, None
    for kind in Type:
        yield Verb.CHANGE_TYPE, kind.value, type_takeover_refusal(standing, kind, today, today)
    for status in Status:
        yield Verb.CHANGE_STATUS, status.value, status_takeover_refusal(standing, status, today)
    yield Verb.ADD_CAMPUS, None, closed
    yield Verb.ADD_BRANCH, None, BRANCH_HAS_NO_BRANCH if standing.relation else closed
