"""The 160 measures of the plan as a public list."""

from typing import Any

from services.registry import data
from services.registry.plans.schemas import Clause, ClausePage
from tests.stack import Service

OFFICER = ("town_officer", "110116102")


async def clauses(registry: Service, **query: Any) -> ClausePage:
    answer = await registry.client(OFFICER).get("/v1/plan/clauses", params=query)
    assert answer.status_code == 200, answer.text
    return ClausePage.model_validate_json(answer.content)


async def test_every_measure_is_listed_in_the_order_of_the_plan(registry: Service):
    seen: list[Clause] = []
    after = None
    while True:
        page = await clauses(registry, limit=70, count=True, **({"after": after} if after else {}))
        seen += page.items
        if not (after := page.next):
            break
    listed = data.document("plan/clauses")["clauses"]
    assert page.total == 160
    assert [(each.id, each.quote) for each in seen] == [(each["id"], each["quote"]) for each in listed]


async def test_they_are_filtered_by_section_service_unit_and_words(registry: Service):
    assert {each.section for each in (await clauses(registry, section="三(一)", limit=500)).items} == {
        f"三(一){number}" for number in range(1, 5)
    }
    finance = await clauses(registry, service="finance", limit=500)
    assert {each.service for each in finance.items} == {"finance"}
    led = (await clauses(registry, lead="education_commission")).items
    assert {each.lead_name for each in led} == {"区教委"}
    assert {each.basis for each in led} - {""}
    found = (await clauses(registry, q="公办园在园幼儿占比")).items
    assert [each.id for each in found] == ["二-3"]


async def test_one_measure_is_read_by_its_id(registry: Service):
    answer = await registry.client(OFFICER).get("/v1/plan/clauses/三(一)1-i")
    found = Clause.model_validate_json(answer.content)
    assert (found.quote, found.lead, found.lead_name) == ("新建长哨营满族乡中心幼儿园", None, None)
    assert (await registry.client(OFFICER).get("/v1/plan/clauses/九-9")).status_code == 404


async def test_the_list_leaves_as_a_file(registry: Service):
    answer = await registry.client(OFFICER).get("/v1/plan/clauses", headers={"Accept": "text/csv"})
    assert len(answer.content.decode("utf-8-sig").strip().splitlines()) == 161


async def test_no_unit_is_invented_where_the_plan_states_none(registry: Service):
    for each in (await clauses(registry, limit=500)).items:
        assert (each.lead is None) == (each.lead_name is None)
        assert (each.lead is None) == (each.basis == "计划未写明"), each.id
