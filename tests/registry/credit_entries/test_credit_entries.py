"""信用档案: what is known of a kindergarten, its founders and its principal, with its source, public or not."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.registry.credit_entries.schemas import CreditEntryOut, CreditEntryPage, PublicCreditEntries
from shared.contracts.registry import CreditFact
from tests.registry import given
from tests.registry.founders.test_founders import person, recorded
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

DAY = timedelta(1)


def entry(key: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(key),
        "kind": "penalty",
        "effect": "bad",
        "title": "违规收费",
        "detail": "内部说明",
        "source": "区市场监管局(演示)",
        "document": "演示罚〔2026〕1号",
        "occurred_on": "2026-03-01",
        "public": True,
    } | fields


async def shown(registry: Service, key: UUID) -> list[str]:
    answer = await registry.client().get(f"/v1/public/kindergartens/{key}/credit-entries")
    assert answer.status_code == 200, answer.text
    assert "内部说明" not in answer.text
    return [each.title for each in PublicCreditEntries.model_validate_json(answer.content).items]


async def test_an_entry_is_kept_with_its_source_and_shown_until_it_is_withdrawn(registry: Service):
    key = await given.kindergarten(registry)
    client = registry.client(REGISTRAR)
    answer = await client.post("/v1/credit-entries", json=entry(key))
    assert answer.status_code == 201, answer.text
    made = CreditEntryOut.model_validate_json(answer.content)
    assert (made.in_force, made.source, made.recorded_on) == (True, "区市场监管局(演示)", given.TODAY)
    await client.post("/v1/credit-entries", json=entry(key, title="内部记录", public=False))
    over = entry(key, title="已满", until=given.TODAY.isoformat())
    await client.post("/v1/credit-entries", json=over)
    await client.post("/v1/credit-entries", json=over | {"title": "未满", "until": (given.TODAY + DAY).isoformat()})
    assert await shown(registry, key) == ["未满", "违规收费"]
    url, why = f"/v1/credit-entries/{made.id}/withdrawals", {"because": "处罚决定被撤销", "document": "演示复议1号"}
    assert (await client.post(url, json=why)).status_code == 428
    gone = await client.post(url, json=why, headers={"If-Match": '"1"'})
    assert (gone.status_code, gone.json()["in_force"], gone.json()["withdrawn_because"]) == (201, False, why["because"])
    again = await client.post(url, json=why, headers={"If-Match": '"2"'})
    assert (again.status_code, again.json()["code"]) == (409, "entry-withdrawn")
    assert await shown(registry, key) == ["未满"]
    wanted: list[tuple[dict[str, Any], int]] = [
        ({"in_force": True}, 2),
        ({"public": False}, 1),
        ({"kind": "penalty", "effect": "bad"}, 4),
    ]
    for params, count in wanted:
        found = CreditEntryPage.model_validate_json((await client.get("/v1/credit-entries", params=params)).content)
        assert len(found.items) == count, params
    then: dict[str, Any] = {"in_force": True, "as_of": (given.TODAY - DAY).isoformat()}
    assert len((await client.get("/v1/credit-entries", params=then)).json()["items"]) == 4
    facts = await registry.database.fetch("SELECT data FROM events WHERE type = 'registry.credit_entry.withdrawn'")
    assert [CreditFact.model_validate(data).id for (data,) in facts] == [made.id]


async def test_what_is_about_a_person_is_never_public(registry: Service):
    key = await given.kindergarten(registry, type="private")
    founder = await recorded(registry, person(key))
    client = registry.client(REGISTRAR)
    about: dict[str, Any] = {"subject": "founder", "founder": str(founder.id)}
    answer = await client.post("/v1/credit-entries", json=entry(key, **about))
    assert (answer.status_code, answer.json()["code"]) == (409, "personal-credit-is-not-public")
    answer = await client.post("/v1/credit-entries", json=entry(key, subject="principal"))
    assert (answer.status_code, answer.json()["code"]) == (409, "personal-credit-is-not-public")
    kept = await client.post("/v1/credit-entries", json=entry(key, public=False, **about))
    assert kept.status_code == 201, kept.text
    assert len((await client.get("/v1/credit-entries", params={"founder": str(founder.id)})).json()["items"]) == 1
    assert await shown(registry, key) == []


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"subject": "founder"}, "/", "whose_credit"),
        ({"founder": str(uuid4())}, "/", "whose_credit"),
        ({"subject": "founder", "founder": str(uuid4()), "public": False}, "/founder", "founder-unknown"),
        ({"occurred_on": (given.TODAY + DAY).isoformat()}, "/occurred_on", "not-happened-yet"),
        ({"until": "2026-03-01"}, "/", "entry_order"),
        ({"source": ""}, "/source", "string_too_short"),
    ],
)
async def test_what_cannot_be_entered_is_refused(registry: Service, fields: dict[str, Any], pointer: str, code: str):
    key = await given.kindergarten(registry)
    answer = await registry.client(REGISTRAR).post("/v1/credit-entries", json=entry(key, **fields))
    assert answer.status_code == 422, answer.text
    assert {"pointer": pointer, "code": code}.items() <= answer.json()["errors"][0].items()


async def test_who_enters_and_who_reads(registry: Service):
    key = await given.kindergarten(registry)
    for caller in (TOWN, principal(key)):
        assert (await registry.client(caller).post("/v1/credit-entries", json=entry(key))).status_code == 403
    made = await registry.client(("quality_officer", given.DISTRICT)).post("/v1/credit-entries", json=entry(key))
    url = f"/v1/credit-entries/{made.json()['id']}"
    assert (await registry.client(principal(key)).get(url)).status_code == 200
    other = await given.kindergarten(registry)
    assert (await registry.client(principal(other)).get(url)).status_code == 404
