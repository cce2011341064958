"""分园、承办、合作、委托: agreements with a term, whose clauses are checked before they count."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from services.registry.relation_agreements.rules import Terms, against, clauses
from services.registry.relation_agreements.schemas import RelationAgreementOut, RelationAgreementPage
from shared.contracts.registry import RelationFact
from shared.ids import new_id
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

DAY = timedelta(1)
UNTIL = given.TODAY + timedelta(900)
APPROVED = {"document": "演示备案〔2026〕1号"}


async def group(registry: Service) -> UUID:
    key = new_id()
    row = {"id": key, "division": given.DISTRICT, "name": "启明教育集团(演示)", "synthetic": True}
    await given.insert(registry, "groups", row)
    return key


def agreement(key: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(key),
        "kind": "entrustment",
        "number": "演示协议1号",
        "signed_on": "2026-01-05",
        "since": "2026-02-01",
        "until": UNTIL.isoformat(),
        "fee_kind": "none",
    } | fields


async def done(client: AsyncClient, url: str, body: dict[str, Any]) -> RelationAgreementOut:
    answer = await client.post(url, json=body)
    assert answer.status_code == 201, answer.text
    return RelationAgreementOut.model_validate_json(answer.content)


@pytest.mark.parametrize("kind", ["branch", "undertaking", "cooperation", "entrustment"])
async def test_each_of_the_four_relations_is_filed_by_two_people_and_ends(registry: Service, kind: str):
    key, side = await given.kindergarten(registry, type="private"), await group(registry)
    owner, officer = registry.client(principal(key)), registry.client(REGISTRAR)
    await officer.post("/v1/publications", json={"kindergartens": [str(key)]})
    body = agreement(key, kind=kind, group_id=str(side), fee_kind="cost", fee_amount="12000.00")
    case = await done(owner, "/v1/relation-agreements", body)
    assert (case.state, case.partner_name, case.in_force, case.warning) == (
        "proposed",
        "启明教育集团(演示)",
        False,
        None,
    )
    url = f"/v1/relation-agreements/{case.id}"
    case = await done(officer, f"{url}/approvals", APPROVED)
    assert (case.state, case.in_force, case.document) == ("approved", True, APPROVED["document"])
    duties = (await officer.get("/v1/publication-duties", params={"met": False})).json()["items"]
    assert [each["fields"] for each in duties] == [["relations"]]
    await officer.post("/v1/publications", json={"kindergartens": [str(key)]})
    page = (await registry.client().get(f"/v1/public/kindergartens/{key}")).json()["record"]["relations"]
    assert page == [{"kind": kind, "until": UNTIL.isoformat(), "partner": "启明教育集团(演示)"}]
    ending = {"ended_on": given.TODAY.isoformat(), "document": "演示终止协议", "note": "双方协商"}
    for day in ("2026-01-31", (given.TODAY + DAY).isoformat()):
        outside = await officer.post(f"{url}/endings", json=ending | {"ended_on": day})
        assert (outside.status_code, outside.json()["code"]) == (409, "outside-the-term")
    case = await done(officer, f"{url}/endings", ending)
    assert (case.state, case.in_force, case.ended_on) == ("ended", False, given.TODAY)
    before = await officer.get(
        "/v1/relation-agreements", params={"in_force": True, "as_of": (given.TODAY - DAY).isoformat()}
    )
    assert len(before.json()["items"]) == 1
    found = await registry.database.fetch(
        "SELECT data FROM events WHERE starts_with(type, 'registry.relation_agreement') ORDER BY id"
    )
    facts = [RelationFact.model_validate(data) for (data,) in found]
    assert [each.state for each in facts] == ["proposed", "approved", "ended"]


@pytest.mark.parametrize(
    ("type", "for_profit", "fee", "clause", "rule"),
    [
        ("public", False, "none", None, None),
        ("public", False, "cost", None, None),
        ("public", False, "fixed", "public-pays-fee", "FIN-07"),
        ("public", False, "income_share", "public-pays-fee", "FIN-07"),
        ("public", False, "surplus_share", "public-pays-fee", "FIN-07"),
        ("private", False, "fixed", None, None),
        ("private", False, "income_share", "proceeds-shared", "FIN-07"),
        ("inclusive_private", False, "surplus_share", "proceeds-shared", "FIN-07"),
        ("private", True, "surplus_share", None, None),
    ],
)
async def test_proceeds_of_a_public_or_non_profit_kindergarten_are_not_paid_out(
    registry: Service, type: str, for_profit: bool, fee: str, clause: str | None, rule: str | None
):
    key, side = await given.kindergarten(registry, type=type, for_profit=for_profit), await group(registry)
    terms = {"fee_percent": "5.00"} if fee.endswith("share") else {"fee_amount": "9.00"} if fee != "none" else {}
    body = agreement(key, group_id=str(side), fee_kind=fee, **terms)
    answer = await registry.client(REGISTRAR).post("/v1/relation-agreements", json=body)
    if clause is None:
        assert answer.status_code == 201, answer.text
        assert ("fixed-fee" in {each["code"] for each in answer.json()["clauses"]}) == (fee == "fixed")
    else:
        assert (answer.status_code, answer.json()["code"]) == (409, "agreement-forbidden"), answer.text
        assert (answer.json()["clause"], answer.json()["rule"]) == (clause, rule)


async def test_a_public_kindergarten_takes_no_part_in_a_for_profit_one_and_earns_no_fee(registry: Service):
    public = await given.kindergarten(registry, type="public")
    profit = await given.kindergarten(registry, type="private", for_profit=True)
    other = await given.kindergarten(registry, type="private")
    client = registry.client(REGISTRAR)
    answer = await client.post("/v1/relation-agreements", json=agreement(profit, partner=str(public)))
    assert (answer.status_code, answer.json()["rule"]) == (409, "REG-15")
    fee = agreement(other, partner=str(public), fee_kind="cost", fee_amount="1.00")
    answer = await client.post("/v1/relation-agreements", json=fee)
    assert (answer.status_code, answer.json()["clause"]) == (409, "public-earns-fee")
    made = await done(client, "/v1/relation-agreements", agreement(other, partner=str(public)))
    assert (made.partner_public, made.partner) == (True, public)


async def test_terms_are_checked_again_when_they_are_decided(registry: Service):
    key, side = await given.kindergarten(registry, type="private", for_profit=True), await group(registry)
    body = agreement(key, group_id=str(side), fee_kind="income_share", fee_percent="5.00")
    case = await done(registry.client(principal(key)), "/v1/relation-agreements", body)
    await registry.database.fetch("UPDATE kindergartens SET for_profit = false")
    answer = await registry.client(REGISTRAR).post(f"/v1/relation-agreements/{case.id}/approvals", json=APPROVED)
    assert (answer.status_code, answer.json()["rule"]) == (409, "FIN-07")


@pytest.mark.parametrize(("days", "warning"), [(91, None), (90, "expiring"), (1, "expiring"), (0, "lapsed")])
async def test_an_agreement_warns_ninety_days_before_it_ends(registry: Service, days: int, warning: str | None):
    key, side = await given.kindergarten(registry), await group(registry)
    until = (given.TODAY + timedelta(days)).isoformat()
    owner, officer = registry.client(principal(key)), registry.client(REGISTRAR)
    case = await done(owner, "/v1/relation-agreements", agreement(key, group_id=str(side), until=until))
    case = await done(officer, f"/v1/relation-agreements/{case.id}/approvals", APPROVED)
    assert case.warning == warning
    answer = await officer.get("/v1/relation-agreements", params={"warning": "expiring"})
    listed = RelationAgreementPage.model_validate_json(answer.content)
    assert len(listed.items) == (warning == "expiring")


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"group_id": str(uuid4())}, "/group_id", "group-unknown"),
        ({"group_id": None, "partner": str(uuid4())}, "/group_id", "uuid_type"),
        ({"partner": str(uuid4())}, "/", "one_partner"),
        ({"until": "2026-02-01"}, "/", "term_order"),
        ({"fee_kind": "fixed"}, "/", "fee_terms"),
        ({"fee_amount": "1.00"}, "/", "fee_terms"),
        ({"fee_kind": "income_share", "fee_percent": "100.01"}, "/fee_percent", "less_than_equal"),
        ({"signed_on": (given.TODAY + DAY).isoformat()}, "/signed_on", "not-signed-yet"),
    ],
)
async def test_what_cannot_be_filed_is_refused_at_its_place(
    registry: Service, fields: dict[str, Any], pointer: str, code: str
):
    key, side = await given.kindergarten(registry), await group(registry)
    body = agreement(key, group_id=str(side)) | fields
    answer = await registry.client(REGISTRAR).post("/v1/relation-agreements", json=body)
    assert answer.status_code == 422, answer.text
    assert {"pointer": pointer, "code": code}.items() <= answer.json()["errors"][0].items()


async def test_a_foreign_element_has_its_approval_and_a_number_is_used_once(registry: Service):
    key, side = await given.kindergarten(registry, type="private"), await group(registry)
    client, body = registry.client(REGISTRAR), agreement(key, group_id=str(side), foreign_element=True)
    answer = await client.post("/v1/relation-agreements", json=body)
    assert (answer.status_code, answer.json()["clause"]) == (409, "foreign-without-approval")
    await done(client, "/v1/relation-agreements", body | {"foreign_document": "演示批准1号"})
    again = await client.post("/v1/relation-agreements", json=agreement(key, group_id=str(side)))
    assert (again.status_code, again.json()["code"]) == (409, "agreement-number-taken")
    assert len((await client.get("/v1/relation-agreements", params={"foreign_element": True})).json()["items"]) == 1


REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "withdraw": ("withdrawals", {"note": "演示"}),
    "approve": ("approvals", APPROVED),
    "refuse": ("refusals", APPROVED),
    "end": ("endings", {"ended_on": given.TODAY.isoformat(), "document": "演示", "note": "演示"}),
}


async def placed(registry: Service, state: str, fee: str) -> tuple[UUID, UUID]:
    registry.database.clean()
    key, side, made = await given.kindergarten(registry), await group(registry), new_id()
    row = agreement(key, group_id=side) | {"id": made, "division": given.VILLAGE, "state": state, "fee_kind": fee}
    row |= {"partner_name": "演示", "partner_public": False, "fee_clause": "", "foreign_element": False}
    row |= {"foreign_document": "", "proposed_on": given.TODAY, "proposed_by": "someone", "synthetic": True}
    await given.insert(registry, "relation_agreements", row)
    return key, made


@pytest.mark.parametrize("state", ["proposed", "approved", "refused", "withdrawn", "ended"])
@pytest.mark.parametrize("who", ["officer", "someone", "principal", "town", "forbidden"])
async def test_what_is_offered_on_an_agreement_is_accepted(registry: Service, state: str, who: str):
    async def fresh() -> tuple[UUID, AsyncClient]:
        key, made = await placed(registry, state, "income_share" if who == "forbidden" else "none")
        return made, registry.client({"principal": principal(key), "town": TOWN}.get(who, REGISTRAR), sub=who)

    made, client = await fresh()
    shown = (await client.get(f"/v1/relation-agreements/{made}")).json()
    offers = {each["action"]: each for each in shown["actions"]}
    assert offers.keys() == REQUESTS.keys()
    for verb, (path, body) in REQUESTS.items():
        made, client = await fresh()
        answer = await client.post(f"/v1/relation-agreements/{made}/{path}", json=body)
        assert (answer.status_code == 201) == offers[verb]["allowed"], (verb, offers[verb], answer.text)
        if not offers[verb]["allowed"]:
            assert answer.json()["code"] == offers[verb]["code"], (verb, answer.text)


def test_control_by_agreement_is_looked_at():
    terms = Terms("entrustment", "none", "public", for_profit=False, partner_public=False, partner_is_group=True)
    assert [each.code for each in clauses(terms)] == ["control-by-agreement"]
    assert against(terms) is None
