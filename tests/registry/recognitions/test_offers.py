"""What is offered is accepted and what is not is refused with the reason given: every state, every caller."""

from typing import Any
from uuid import UUID

import pytest

from services.registry.recognitions.codes import RecognitionState
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, Grant, principal
from tests.registry.recognitions import asking
from tests.stack import Service

NOTE = {"note": "演示"}
LATER = {"ended_on": given.TODAY.isoformat(), "document": "演示"}
AMENDED = {"proposed_fee": "690.00", "evidence": asking.evidence()}
REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "confirm": ("confirmations", {}),
    "discard": ("discards", NOTE),
    "amend": ("amendments", AMENDED),
    "retract": ("retractions", NOTE),
    "send_back": ("returns", NOTE),
    "review": ("reviews", {"findings": asking.findings()}),
    "publish_notice": ("notices", NOTE),
    "record_objection": ("objections", NOTE),
    "answer_objection": ("objection-answers", NOTE | {"upheld": False}),
    "grant": ("grants", asking.grant()),
    "refuse": ("refusals", NOTE | {"document": "演示"}),
    "review_year": ("yearly-reviews", {"findings": asking.findings(), "fee_charged": "680.00"}),
    "request_withdrawal": ("withdrawal-requests", NOTE),
    "notify_withdrawal": ("withdrawal-notices", NOTE | {"ground": "conditions_lost"}),
    "state_case": ("withdrawal-statements", NOTE),
    "keep": ("keepings", NOTE),
    "withdraw": ("withdrawals", LATER),
}


@pytest.mark.parametrize("state", [each.value for each in RecognitionState])
@pytest.mark.parametrize("who", ["reviewer", "decider", "someone", "notifier", "principal", "town", "elsewhere"])
async def test_what_is_offered_is_accepted_and_what_is_not_is_refused(registry: Service, state: str, who: str):
    key, case = await _placed(registry, state)
    callers, sub = _caller(who, key)
    shown = await registry.client(*callers, sub=sub).get(f"/v1/recognitions/{case}")
    assert shown.status_code == 200, shown.text
    offers = {each["action"]: each for each in shown.json()["actions"]}
    assert offers.keys() == REQUESTS.keys()
    for verb, (path, body) in REQUESTS.items():
        registry.database.clean()
        key, case = await _placed(registry, state)
        callers, sub = _caller(who, key)
        answer = await registry.client(*callers, sub=sub).post(f"/v1/recognitions/{case}/{path}", json=body)
        offer = offers[verb]
        assert (answer.status_code == 201) == offer["allowed"], (verb, offer, answer.text)
        if not offer["allowed"] and who != "elsewhere":
            assert answer.json()["code"] == offer["code"], (verb, offer, answer.text)


async def _placed(registry: Service, state: str) -> tuple[UUID, UUID]:
    held = state in ("granted", "leaving", "withdrawn")
    key = await asking.kindergarten(registry, type="inclusive_private" if held else "private")
    return key, await asking.recognition(registry, key, state)


def _caller(who: str, key: UUID) -> tuple[list[Grant], str]:
    if who == "principal":
        return [principal(key)], who
    if who == "town":
        return [TOWN], who
    return [("registrar", given.OTHER_TOWN), TOWN] if who == "elsewhere" else [REGISTRAR], who


@pytest.mark.parametrize("fields", [{"for_profit": True}, {"licence_expires_on": given.OPENED}])
async def test_a_kindergarten_that_no_longer_passes_is_not_offered_the_grant(registry: Service, fields: dict[str, Any]):
    key = await asking.kindergarten(registry, **fields)
    case = await asking.recognition(registry, key, "noticed")
    client = registry.client(REGISTRAR)
    offers = {each["action"]: each for each in (await client.get(f"/v1/recognitions/{case}")).json()["actions"]}
    assert (offers["grant"]["allowed"], offers["grant"]["code"]) == (False, "recognition-blocked")
    assert offers["refuse"]["allowed"]
    answer = await client.post(f"/v1/recognitions/{case}/grants", json=asking.grant())
    assert (answer.status_code, answer.json()["code"]) == (409, "recognition-blocked")
