"""A cycle plans everybody, keeps to loads and interests, takes newcomers in and shows its drift."""

from datetime import date
from typing import Any

import httpx

from services.quality.evaluation_cycles.schemas import EvaluationCycleOut, EvaluationPlanOut, EvaluationPlanPage
from tests.quality import given
from tests.quality.evaluations.team import classes, team
from tests.stack import Service


async def enter(client: httpx.AsyncClient, account: str, **put: Any) -> None:
    answer = await client.put(f"/v1/evaluators/{account}", json={"name": account, "load": 12} | put)
    assert answer.status_code == 200, answer.text


async def plan(client: httpx.AsyncClient, **new: Any) -> EvaluationCycleOut:
    answer = await client.post("/v1/evaluation-cycles", json={"first_year": given.YEAR} | new)
    assert answer.status_code == 201, answer.text
    return EvaluationCycleOut.model_validate_json(answer.content)


async def plans(client: httpx.AsyncClient, **params: Any) -> list[EvaluationPlanOut]:
    answer = await client.get("/v1/evaluation-plans", params=params)
    return EvaluationPlanPage.model_validate_json(answer.content).items


async def test_everybody_who_operates_has_a_year_and_a_team_without_interest(quality: Service):
    officer = quality.client(given.OFFICER)
    houses = [await given.kindergarten(quality, name=f"第{n}幼儿园") for n in range(7)]
    await given.kindergarten(quality, status="closed")
    barred = [{"kindergarten": str(houses[0]), "reason": "曾任园长"}]
    for account in ("anna", "bo", "chen", "dai"):
        await enter(officer, account, conflicts=barred if account == "anna" else [])
    cycle = await plan(officer)
    assert (cycle.planned, cycle.done, cycle.late, cycle.unstaffed, cycle.left_out) == (7, 0, 0, 0, [])
    found = {each.kindergarten: each for each in await plans(officer)}
    assert found.keys() == set(houses)
    assert {len(each.team) for each in found.values()} == {3}
    assert "anna" not in found[houses[0]].team
    years = [each.year for each in found.values()]
    assert sorted(years.count(year) for year in set(years)) == [1, 3, 3]
    assert sum(each.kindergartens for each in cycle.workload) == 21


async def test_what_the_limits_do_not_allow_is_shown_and_not_hidden(quality: Service):
    officer = quality.client(given.OFFICER)
    for n in range(3):
        await given.kindergarten(quality, name=f"第{n}幼儿园")
    await enter(officer, "anna", load=1)
    await enter(officer, "bo", load=0)
    cycle = await plan(officer)
    assert (cycle.planned, cycle.unstaffed) == (3, 3)
    assert [(each.team, each.missing) for each in await plans(officer)] == [(["anna"], 2)] * 3


async def test_a_newcomer_is_left_out_until_the_replan_takes_it_in(quality: Service):
    officer = quality.client(given.OFFICER)
    await given.kindergarten(quality)
    cycle = await plan(officer)
    newcomer = await given.kindergarten(quality, opened_on=date(given.YEAR, 9, 1))
    seen = EvaluationCycleOut.model_validate_json((await officer.get(f"/v1/evaluation-cycles/{cycle.id}")).content)
    assert seen.left_out == [newcomer]
    again = await officer.post(f"/v1/evaluation-cycles/{cycle.id}/replans")
    assert (again.json()["planned"], again.json()["left_out"]) == (2, [])
    (place,) = await plans(officer, kindergarten=str(newcomer))
    assert given.YEAR <= place.year <= given.YEAR + 2


async def test_a_cycle_is_planned_once(quality: Service):
    officer = quality.client(given.OFFICER)
    await given.kindergarten(quality)
    await plan(officer)
    again = await officer.post("/v1/evaluation-cycles", json={"first_year": given.YEAR})
    assert (again.status_code, again.json()["code"]) == (409, "cycle-is-planned")


async def test_drift_is_visible(quality: Service):
    run = await team(quality)
    await quality.database.fetch("UPDATE evaluation_plans SET year = %s", given.YEAR - 2)
    (late,) = await plans(run.organiser)
    assert (late.done_on_year, late.drift) == (None, 2)
    shown = await run.organiser.get(f"/v1/evaluation-cycles/{run.cycle}")
    assert shown.json()["late"] == 1
    await run.published()
    (done,) = await plans(run.organiser)
    assert (done.done_on_year, done.drift) == (given.YEAR, 2)


async def test_the_next_cycle_begins_from_when_each_was_evaluated(quality: Service):
    run = await team(quality)
    await run.published()
    other = await given.kindergarten(quality)
    await classes(quality, other, small=1)
    await plan(run.organiser, first_year=given.YEAR + 1)
    found = {each.kindergarten: each.year for each in await plans(run.organiser) if str(each.cycle) != run.cycle}
    # Never evaluated comes first; who was evaluated this year has three years.
    assert found[other] <= found[run.kindergarten] <= given.YEAR + 3


async def test_a_team_set_by_hand_keeps_the_same_limits(quality: Service):
    officer = quality.client(given.OFFICER)
    house = await given.kindergarten(quality)
    conflict = [{"kindergarten": str(house), "reason": "亲属在园任职"}]
    await enter(officer, "anna", conflicts=conflict)
    await enter(officer, "bo", load=0)
    await enter(officer, "chen")
    await enter(officer, "dai")
    await plan(officer)
    (place,) = await plans(officer)
    path = f"/v1/evaluation-plans/{place.id}/teams"

    async def refusal(*members: str) -> str:
        return str((await officer.post(path, json={"team": members})).json()["code"])

    assert await refusal("anna", "chen") == "evaluator-has-an-interest"
    assert await refusal("bo", "chen") == "evaluator-is-loaded"
    assert await refusal("nobody", "chen") == "evaluator-unknown"
    assert (await officer.post(path, json={"team": ["chen", "dai"]})).status_code == 204
    assert [(each.team, each.missing) for each in await plans(officer)] == [(["chen", "dai"], 1)]
