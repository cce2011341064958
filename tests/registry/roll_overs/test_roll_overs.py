"""升班 is never done twice, never half, and never otherwise than previewed."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from services.registry.roll_overs import jobs
from shared.contracts.registry import ClassFact, EnrolmentFact, RollOverFact
from shared.schemas import Out
from tests.registry import given
from tests.registry.roll_overs.asking import REGISTRAR, YEAR, born, classes, preview, run, start
from tests.stack import Service


async def test_a_token_of_a_plan_that_has_changed_is_refused_with_the_difference(registry: Service):
    kindergarten = await given.kindergarten(registry)
    made = await classes(registry, kindergarten, small=3, middle=2)
    client = registry.client(REGISTRAR)
    plan = await preview(client)
    await given.pupils(registry, made["small"], 1, birth=born(3))
    answer = await start(client, plan)
    assert (answer.status_code, answer.json()["code"]) == (409, "roll-over-differs")
    assert answer.json()["differences"] == [
        {
            "class_id": str(made["small"]),
            "name": "小一班",
            "before": {"promoted": 3, "graduated": 0, "held": 0},
            "now": {"promoted": 4, "graduated": 0, "held": 0},
        }
    ]
    assert await registry.database.fetch("SELECT count(*) FROM jobs") == [(0,)]


@pytest.mark.parametrize("token", ["", "x", "AAAA", "e30", "eJyrrgUAAXUA-Q", "%00", "é"])
async def test_what_is_no_token_is_refused(registry: Service, token: str):
    kindergarten = await given.kindergarten(registry)
    await classes(registry, kindergarten, small=1)
    answer = await registry.client(REGISTRAR).post("/v1/roll-overs", json={"school_year": YEAR, "token": token})
    assert answer.status_code in (409, 422), answer.text
    assert answer.json()["code"] in ("invalid-input", "roll-over-differs")
    bare = await registry.client(REGISTRAR).post("/v1/roll-overs", json={"school_year": YEAR})
    assert (bare.status_code, bare.json()["code"]) == (422, "roll-over-needs-preview")


async def test_a_kindergarten_that_changed_after_the_start_is_left_alone_and_named(registry: Service):
    steady, changed = await given.kindergarten(registry), await given.kindergarten(registry)
    await classes(registry, steady, small=2)
    made = await classes(registry, changed, small=2)
    client = registry.client(REGISTRAR)
    answer = await start(client, await preview(client))
    await given.pupils(registry, made["small"], 1, birth=born(3))
    done = await run(registry, client, answer)
    assert done.result is not None
    assert (done.result["promoted"], done.result["changed_since_preview"]) == (2, [str(changed)])
    left = await registry.database.fetch("SELECT DISTINCT kindergarten FROM classes WHERE school_year = %s", YEAR + 1)
    assert left == [(steady,)]


async def test_a_roll_over_whose_worker_died_goes_on_and_does_nothing_twice(
    registry: Service, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(3):
        await classes(registry, await given.kindergarten(registry), small=2, large=1)
    client = registry.client(REGISTRAR)
    answer = await start(client, await preview(client))
    original, calls = jobs.end_school_year, 0

    async def dies_in_the_second(*given_: Any) -> dict[str, int] | None:
        nonlocal calls
        calls += 1
        done = await original(*given_)
        if calls == 2:
            raise ConnectionError
        return done

    monkeypatch.setattr(jobs, "end_school_year", dies_in_the_second)
    with pytest.raises(ConnectionError):
        await run(registry, client, answer)
    assert await registry.database.fetch("SELECT count(*) FROM enrolments WHERE reason_in = 'promotion'") == [(2,)]
    monkeypatch.setattr(jobs, "end_school_year", original)
    done = await run(registry, client, answer)
    assert done.result is not None
    assert (done.status, done.result["promoted"], done.result["graduated"]) == ("succeeded", 6, 3)
    again = await run(registry, client, answer)
    assert again.result == done.result
    assert await registry.database.fetch("SELECT count(*) FROM enrolments WHERE reason_in = 'promotion'") == [(6,)]
    told = await registry.database.fetch("SELECT count(*) FROM events WHERE type = 'registry.roll_over.completed'")
    assert told == [(3,)]


async def test_two_roll_overs_at_once_promote_each_child_once(registry: Service):
    for _ in range(3):
        await classes(registry, await given.kindergarten(registry), small=3)
    client = registry.client(REGISTRAR)
    plan = await preview(client)
    answers = [await start(client, plan), await start(client, plan)]
    results = [each.result or {} for each in await asyncio.gather(*(run(registry, client, each) for each in answers))]
    assert sum(each["promoted"] for each in results) == 9
    assert sum(len(each["changed_since_preview"]) for each in results) == 3
    assert await registry.database.fetch("SELECT count(*) FROM enrolments WHERE reason_in = 'promotion'") == [(9,)]


async def test_a_principal_ends_the_year_of_its_own_kindergarten_only(registry: Service):
    own, other = await given.kindergarten(registry), await given.kindergarten(registry)
    await classes(registry, own, small=2)
    await classes(registry, other, small=3)
    principal = registry.client(("principal", f"k:{own}"))
    plan = await preview(principal)
    assert (plan.kindergartens, plan.promoted) == (1, 2)
    foreign = await principal.post(
        "/v1/roll-overs", json={"school_year": YEAR, "kindergartens": [str(other)]}, params={"preview": True}
    )
    assert (foreign.status_code, foreign.json()["errors"][0]["pointer"]) == (404, "/kindergartens/0")
    done = await run(registry, principal, await start(principal, plan))
    assert (done.status, done.kindergarten) == ("succeeded", own)
    one = await preview(registry.client(REGISTRAR), kindergartens=[str(other)])
    assert one.promoted == 3
    teacher = registry.client(("teacher", f"k:{own}"))
    assert (await teacher.post("/v1/roll-overs", json={"school_year": YEAR})).status_code == 403


async def test_everything_is_announced(registry: Service):
    kindergarten = await given.kindergarten(registry)
    await classes(registry, kindergarten, small=2, large=1)
    client = registry.client(REGISTRAR, sub="officer-7")
    await run(registry, client, await start(client, await preview(client)))
    await registry.numbered()
    principal = registry.client(("principal", f"k:{kindergarten}"))
    items = (await principal.get("/v1/events", params={"types": "registry."})).json()["items"]
    facts: dict[str, type[Out]] = {
        "registry.class.formed": ClassFact,
        "registry.enrolment.ended": EnrolmentFact,
        "registry.enrolment.began": EnrolmentFact,
        "registry.roll_over.completed": RollOverFact,
    }
    for each in items:
        facts[each["type"]].model_validate(each["data"])
    assert Counter(each["type"] for each in items) == {
        "registry.class.formed": 1,
        "registry.enrolment.ended": 3,
        "registry.enrolment.began": 2,
        "registry.roll_over.completed": 1,
    }
    assert {each["actor"] for each in items} == {"officer-7"}
