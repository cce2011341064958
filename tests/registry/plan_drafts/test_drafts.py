"""The next plan is loaded as data and put in force by another person; both plans answer by the day asked for."""

import copy
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from httpx import AsyncClient

from services.registry.plan_drafts.schemas import PlanAdopted, PlanDraftOut
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import Grant
from tests.registry.plan_drafts.made_up import CODE, document
from tests.registry.plan_tasks.office import LEADER, PLANNER, TASKS, assigned, drafted
from tests.stack import Service

URL = f"/v1/plan-drafts/{CODE}"
NOTE = {"note": "区政府常务会议通过(示例)"}


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def one_plan(registry: Service) -> AsyncIterator[None]:
    """Plans are reference data, which stays between tests: take the example away again."""
    yield
    for table in ("plan_tasks", "projects", "targets", "target_sets", "clauses"):
        await registry.database.fetch(
            f"SET session_replication_role = replica; DELETE FROM {table} WHERE plan = '{CODE}'"
        )
    await registry.database.fetch(f"DELETE FROM plans WHERE code = '{CODE}'")
    await registry.database.fetch("DELETE FROM plan_units WHERE code = 'made_up_office'")


async def load(registry: Service, **changed: Any) -> AsyncClient:
    client = registry.client(PLANNER)
    answer = await client.put(URL, json=document(**changed))
    assert answer.status_code == 201, answer.text
    return client


async def adopted(registry: Service, **more: Any) -> PlanAdopted:
    answer = await registry.client(LEADER).post(f"{URL}/adoptions", json=NOTE | more)
    assert answer.status_code == 201, answer.text
    return PlanAdopted.model_validate_json(answer.content)


async def test_the_next_plan_is_put_in_force_and_both_answer_by_their_days(registry: Service):
    await town.small_district(registry)
    client = await load(registry)
    same = await client.post(f"{URL}/adoptions", json=NOTE)
    assert (same.status_code, same.json()["code"]) == (403, "another-person-needed")
    assert len((await client.get("/v1/plans")).json()["items"]) == 1
    found = await adopted(registry)
    assert (found.clauses, found.targets, found.projects, found.derived) == (2, 1, 1, 2)
    listed = (await client.get("/v1/plans", params={"as_of": "2025-12-31"})).json()["items"]
    assert [(each["code"], each["current"]) for each in listed] == [("huairou-2023-2025", True), (CODE, False)]
    for day, code, clauses, targets in (
        ("2025-12-31", "huairou-2023-2025", 160, 6),
        ("2026-01-01", CODE, 2, 1),
    ):
        plan = (await client.get("/v1/plan", params={"as_of": day})).json()
        assert (plan["code"], sum(len(group["targets"]) for group in plan["target_sets"])) == (code, targets)
        page = (await client.get("/v1/plan/clauses", params={"as_of": day, "count": True})).json()
        assert page["total"] == clauses
        assert (await client.get("/v1/plan/scorecards", params={"as_of": day})).json()["plan"] == code
        assert len((await client.get("/v1/plan/matrix", params={"as_of": day})).json()["measures"]) == clauses
    plan = (await client.get("/v1/plan", params={"as_of": "2026-03-01"})).json()
    (target,) = plan["target_sets"][0]["targets"]
    assert (target["threshold"], target["figure"]["value"], plan["status"]) == ("60.00", "25.00", "示例,非真实文件")
    tasks = (await client.get(TASKS, params={"as_of": "2026-03-01"})).json()["items"]
    assert [(each["clause"], each["lead"], each["due_on"]) for each in tasks] == [
        ("二-1", "education_commission", "2028-12-31"),
        ("三(一)2-a", "made_up_office", "2028-12-31"),
    ]
    assert (await client.get("/v1/projects/made-up-kindergarten")).json()["division"] == "110116102"


async def test_open_tasks_go_on_under_the_next_plan_when_asked(registry: Service):
    on = await assigned(registry)
    other = await assigned(registry, clause="三(一)1-a")
    mapped = await assigned(registry, clause="三(一)1-b")
    untouched = await drafted(registry)
    await load(registry)
    found = await adopted(registry, carry_over=True, clauses={"三(一)1-b": "二-1"})
    assert (found.carried, [f"{TASKS}/{each}" for each in found.left], found.derived) == (2, [other], 0)
    client = registry.client(PLANNER)
    states = [(await client.get(each)).json()["state"] for each in (on, other, mapped, untouched)]
    assert states == ["carried_over", "assigned", "carried_over", "draft"]
    carried = (await client.get(TASKS, params={"plan": CODE})).json()["items"]
    assert {(each["clause"], f"{TASKS}/{each['carried_from']}") for each in carried} == {
        ("三(一)2-a", on),
        ("二-1", mapped),
    }
    answer = await client.post(f"{other}/carry-overs", json={"plan": CODE, "clause": "二-1", "due_on": "2027-06-30"})
    assert (answer.status_code, answer.json()["carried_from"]) == (201, other.rpartition("/")[2])
    again = await client.post(f"{other}/carry-overs", json={"plan": CODE, "clause": "二-1", "due_on": "2027-06-30"})
    assert again.json()["code"] == "not-in-this-state"


async def test_a_mapping_to_an_unknown_measure_is_refused_whole(registry: Service):
    await load(registry)
    body = NOTE | {"carry_over": True, "clauses": {"二-1": "九-9"}}
    answer = await registry.client(LEADER).post(f"{URL}/adoptions", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "clause-unknown")
    assert len((await registry.client(LEADER).get("/v1/plans")).json()["items"]) == 1


async def test_loading_again_changes_nothing_and_a_plan_in_force_is_never_rewritten(registry: Service):
    client = await load(registry)
    again = await client.put(URL, json=document())
    assert (again.status_code, again.json()["version"]) == (200, 1)
    changed = await client.put(URL, json=document(title_zh="另一示例计划"))
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    found = PlanDraftOut.model_validate_json((await client.get(URL)).content)
    assert (found.clauses, found.targets, [each.verb for each in found.steps]) == (2, 1, ["load", "load"])
    await adopted(registry)
    refused = await client.put(URL, json=document())
    assert refused.json()["code"] == "not-in-this-state"
    taken = await client.put("/v1/plan-drafts/huairou-2023-2025", json=document())
    assert taken.json()["code"] == "plan-in-force"
    assert [each["state"] for each in (await client.get("/v1/plan-drafts")).json()["items"]] == ["adopted"]


def broken(path: str, value: Any) -> dict[str, Any]:
    made = copy.deepcopy(document())
    *parents, last = path.split("/")
    at: Any = made
    for step in parents:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[last] = value
    return made


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("since", "2023-01-01", "plan-not-the-next"),
        ("until", "2026-01-01", "until-before-since"),
        ("clauses/1/id", "二-1", "named-twice"),
        ("clauses/1/lead", "nobody", "unit-unknown"),
        ("target_sets/0/targets/0/clause", "九-9", "clause-unknown"),
        ("target_sets/0/targets/0/indicator", "none_such", "indicator-unknown"),
        ("target_sets/0/targets/0/id", "district-public", "target-taken"),
        ("projects/0/id", "changshaoying-centre", "project-taken"),
        ("projects/0/division", "110117", "division-unknown"),
    ],
)
async def test_a_document_with_a_fault_is_not_kept(registry: Service, path: str, value: Any, code: str):
    client = registry.client(PLANNER)
    answer = await client.put(URL, json=broken(path, value))
    assert answer.status_code == 422, answer.text
    assert code in {each["code"] for each in answer.json()["errors"]}
    assert (await client.get(URL)).status_code == 404


@pytest.mark.parametrize("state", ["draft", "withdrawn", "adopted"])
@pytest.mark.parametrize("who", [PLANNER, LEADER, ("town_officer", town.PLAIN)], ids=lambda each: each[0])
async def test_what_is_offered_is_accepted(registry: Service, state: str, who: Grant):
    client = await load(registry)
    if state == "withdrawn":
        assert (await client.post(f"{URL}/withdrawals", json=NOTE)).json()["state"] == "withdrawn"
    if state == "adopted":
        await adopted(registry)
    caller = registry.client(who)
    seen = await caller.get(URL)
    if who[0] == "town_officer":
        assert seen.status_code == 404
        return
    offers = {each["action"]: each["allowed"] for each in seen.json()["actions"]}
    answers = {
        "adopt": await caller.post(f"{URL}/adoptions", json=NOTE),
        "withdraw": await caller.post(f"{URL}/withdrawals", json=NOTE),
        "load": await caller.put(URL, json=document(title_zh="第三示例计划")),
    }
    if who == PLANNER and state == "draft":
        assert offers == {"load": True, "adopt": False, "withdraw": True}
    accepted = {name: answer.status_code in (200, 201) for name, answer in answers.items()}
    changed = accepted["adopt"] and state == "draft"
    assert accepted == (offers | {"withdraw": False, "load": False} if changed else offers)
