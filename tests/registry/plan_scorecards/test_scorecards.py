"""综合督导计分卡与责任分工矩阵, through HTTP."""

from typing import Any
from uuid import UUID

from services.registry.plan_scorecards.schemas import ResponsibilityMatrix, Scorecard, Scorecards
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import TOWN
from tests.registry.plan_tasks.office import CLAUSE, DAY, LEADER, PLANNER, TODAY, assigned, done, drafted
from tests.stack import Service

NOTE = {"note": "演示"}


async def cards(registry: Service, who: tuple[str, str] = PLANNER, **query: Any) -> dict[str, Scorecard]:
    answer = await registry.client(who).get("/v1/plan/scorecards", params=query)
    assert answer.status_code == 200, answer.text
    found = Scorecards.model_validate_json(answer.content)
    assert [(each.criterion, each.weight, each.tag) for each in found.weights] == [
        ("done", "25", "illustrative"),
        ("on_time", "15", "illustrative"),
        ("reports", "15", "illustrative"),
        ("quality", "20", "illustrative"),
        ("indicators", "25", "illustrative"),
    ]
    return {each.unit: each for each in found.items}


async def test_every_town_has_a_card_and_every_department_with_a_task(registry: Service):
    url = await assigned(registry)
    await assigned(registry, title="逾期(演示)", due_on=(TODAY - DAY).isoformat(), on=TODAY - DAY)
    await done(registry.client(TOWN), "POST", f"{url}/submissions", NOTE)
    await done(registry.client(LEADER), "POST", f"{url}/acceptances", NOTE)
    found = await cards(registry)
    assert len([each for each in found.values() if each.division]) == 16
    assert [code for code, each in found.items() if not each.division] == ["finance_bureau"]
    card = found[given.TOWN]
    lines = {each.criterion.value: (each.reached, each.of, each.points) for each in card.lines}
    assert (lines["done"], lines["on_time"]) == ((1, 2, "12.50"), (1, 2, "7.50"))
    assert (card.leads, card.overdue) == (2, 1)
    assert [each.name for each in card.lines[0].reasons] == ["逾期(演示)"]
    assert (found["finance_bureau"].assists, found["finance_bureau"].score) == (2, None)
    assert (await cards(registry, as_of=(TODAY - DAY).isoformat()))[given.TOWN].leads == 1
    assert set(await cards(registry, kind="department")) == {"finance_bureau"}
    assert set(await cards(registry, unit=given.TOWN)) == {given.TOWN}
    assert set(await cards(registry, TOWN)) == {given.TOWN}


async def test_a_town_is_held_against_the_plans_targets_of_the_day(registry: Service):
    await town.small_district(registry)
    card = (await cards(registry, as_of=town.AUTUMN.isoformat()))[town.PLAIN]
    figures = {each.target: (each.value, each.threshold, each.met) for each in card.targets}
    assert figures["district-public"] == ("50.00", "50.00", True)
    line = next(each for each in card.lines if each.criterion == "indicators")
    assert line.of == 6
    assert line.reached == sum(met is True for *_, met in figures.values())
    assert {each.about for each in line.reasons} == {name for name, (*_, met) in figures.items() if met is False}
    assert card.synthetic is True


async def test_what_stands_against_a_towns_kindergartens_costs_points_and_is_named(registry: Service):
    good, bad, unseen = [await given.kindergarten(registry, name=f"{name}(演示)") for name in ("甲园", "乙园", "丙园")]

    async def told(key: UUID, kind: str, day: str, *, standing: bool) -> None:
        row = {"kind": kind, "key": f"{key}/{day}", "kindergarten": key, "division": given.VILLAGE, "on_day": day}
        await given.insert(registry, "service_facts", row | {"standing": standing, "fact": {}, "sequence": 1})

    await told(good, "annual_inspection", "2025-05-01", standing=True)
    await told(good, "annual_inspection", "2026-05-01", standing=False)
    await told(bad, "evaluation", "2026-05-01", standing=False)
    await told(bad, "major_hazard", "2026-06-01", standing=True)
    assert unseen

    async def quality(day: str) -> tuple[int, int, list[str]]:
        card = (await cards(registry, TOWN, as_of=day))[given.TOWN]
        line = next(each for each in card.lines if each.criterion == "quality")
        return line.reached, line.of, [f"{each.name}{each.zh}" for each in line.reasons]

    assert await quality("2026-07-01") == (1, 2, ["乙园(演示)重大隐患未销号"])
    assert await quality("2026-05-31") == (2, 2, [])
    assert await quality("2025-12-31") == (0, 1, ["甲园(演示)年检不合格"])


async def matrix(registry: Service, **query: Any) -> ResponsibilityMatrix:
    answer = await registry.client(PLANNER).get("/v1/plan/matrix", params=query)
    assert answer.status_code == 200, answer.text
    return ResponsibilityMatrix.model_validate_json(answer.content)


async def test_the_matrix_says_who_leads_and_assists_each_measure(registry: Service):
    await drafted(registry)
    found = await matrix(registry)
    assert len(found.measures) == 160
    by = {each.clause: each for each in found.measures}
    assert (by[CLAUSE].stated, by[CLAUSE].tasks) == (False, 1)
    assert by[CLAUSE].roles == {given.TOWN: "lead", "finance_bureau": "assist"}
    stated = by["三(四)3-d"]
    assert stated.stated is True
    assert stated.roles == {"social_security": "lead", "medical_security": "assist", "tax": "assist"}
    units = {each.code: (each.leads, each.assists) for each in found.units}
    assert units["tax"] == (0, 1)
    only = await matrix(registry, unit="tax")
    assert [each.clause for each in only.measures] == ["三(四)3-d"]
    answer = await registry.client(PLANNER).get("/v1/plan/matrix", params={"as_of": "2022-01-01"})
    assert answer.status_code == 404
