"""升班 previewed, done exactly so, never twice, and never half a kindergarten."""

import asyncio
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.registry.ages.rules import birth_window
from services.registry.classes.codes import ClassKind
from services.registry.roll_overs import jobs, rules
from services.registry.roll_overs.schemas import RollOverPlan, RollOverStarted
from shared.contracts.registry import ClassFact, EnrolmentFact, RollOverFact
from shared.jobs import JobOut, perform
from shared.schemas import Out
from tests.registry import given
from tests.stack import Service

YEAR = given.SCHOOL_YEAR
ON = date(YEAR + 1, 9, 1)
REGISTRAR = ("registrar", given.DISTRICT)
AGES = {"nursery": 2, "small": 3, "middle": 4, "large": 5}


def born(age: int) -> date:
    """A birth date of a child of that age at the cut-off of the year that ends."""
    return birth_window(YEAR, age, age)[0]


async def classes(registry: Service, kindergarten: UUID, **sizes: int) -> dict[str, UUID]:
    """One class of each kind named, with that many children of its age."""
    made = {}
    for kind, size in sizes.items():
        name = f"{rules.FIRST_CHARACTERS[_kind(kind)]}一班"
        made[kind] = await given.class_(registry, kindergarten, kind=kind, name=name)
        await given.pupils(registry, made[kind], size, birth=born(AGES.get(kind, 3)))
    return made


def _kind(value: str) -> ClassKind:
    return next(each for each in ClassKind if each.value == value)


async def preview(client: httpx.AsyncClient, **more: Any) -> RollOverPlan:
    answer = await client.post("/v1/roll-overs", json={"school_year": YEAR} | more, params={"preview": True})
    assert answer.status_code == 200, answer.text
    return RollOverPlan.model_validate_json(answer.content)


async def start(client: httpx.AsyncClient, plan: RollOverPlan, **more: Any) -> httpx.Response:
    return await client.post("/v1/roll-overs", json={"school_year": YEAR, "token": plan.token} | more)


async def run(registry: Service, client: httpx.AsyncClient, answer: httpx.Response) -> JobOut:
    assert answer.status_code == 202, answer.text
    started = RollOverStarted.model_validate_json(answer.content)
    await perform(registry.app.state.database, started.job)
    return JobOut.model_validate_json((await client.get(f"/v1/jobs/{started.job}")).content)


async def rolls(registry: Service) -> Counter[tuple[Any, ...]]:
    """How many enrolments there are, by class, period and reasons."""
    rows = await registry.database.fetch(
        "SELECT k.kindergarten, k.school_year, k.name, e.since, e.until, e.reason_in, e.reason_out"
        " FROM enrolments e JOIN classes k ON k.id = e.class_id"
    )
    return Counter(rows)


async def test_a_preview_is_exact_and_changes_nothing(registry: Service):
    kindergarten = await given.kindergarten(registry)
    made = await classes(registry, kindergarten, nursery=2, small=4, middle=3, large=5)
    before = await rolls(registry)
    plan = await preview(registry.client(REGISTRAR))
    assert (plan.on, plan.kindergartens, plan.classes_formed) == (ON, 1, 3)
    assert (plan.promoted, plan.graduated, plan.held) == (9, 5, 0)
    assert {each.class_id: (each.promoted, each.graduated, each.next and each.next.name) for each in plan.classes} == {
        made["nursery"]: (2, 0, "小一班"),
        made["small"]: (4, 0, "中一班"),
        made["middle"]: (3, 0, "大一班"),
        made["large"]: (0, 5, None),
    }
    following = next(each.next for each in plan.classes if each.class_id == made["small"])
    assert following is not None
    assert (following.class_id, following.kind, following.standard_size, following.hard_limit) == (
        None,
        "middle",
        30,
        36,
    )
    assert await rolls(registry) == before
    assert await registry.database.fetch("SELECT count(*) FROM classes WHERE school_year > %s", YEAR) == [(0,)]


async def test_committing_does_precisely_what_was_previewed(registry: Service):
    kindergarten = await given.kindergarten(registry)
    await classes(registry, kindergarten, nursery=2, small=4, middle=3, large=5)
    client = registry.client(REGISTRAR)
    plan = await preview(client)
    done = await run(registry, client, await start(client, plan))
    assert (done.status, done.done, done.total) == ("succeeded", 1, 1)
    assert done.result == {
        "promoted": 9,
        "graduated": 5,
        "held": 0,
        "classes_formed": 3,
        "changed_since_preview": [],
    }
    last, new = (date(YEAR, 9, 1), ON), (ON, date.max)
    assert await rolls(registry) == {
        (kindergarten, YEAR, "托一班", *last, "new", "promotion"): 2,
        (kindergarten, YEAR, "小一班", *last, "new", "promotion"): 4,
        (kindergarten, YEAR, "中一班", *last, "new", "promotion"): 3,
        (kindergarten, YEAR, "大一班", *last, "new", "graduated"): 5,
        (kindergarten, YEAR + 1, "小一班", *new, "promotion", None): 2,
        (kindergarten, YEAR + 1, "中一班", *new, "promotion", None): 4,
        (kindergarten, YEAR + 1, "大一班", *new, "promotion", None): 3,
    }
    continued = await registry.database.fetch(
        "SELECT n.name, k.name FROM classes n JOIN classes k ON k.id = n.continues ORDER BY n.pinyin"
    )
    assert sorted(continued) == sorted([("大一班", "中一班"), ("小一班", "托一班"), ("中一班", "小一班")])
    assert (await preview(client)).classes == []


async def test_the_graduates_stay_in_sight_until_the_year_is_over(registry: Service):
    kindergarten = await given.kindergarten(registry)
    await classes(registry, kindergarten, large=3)
    principal = registry.client(("principal", f"k:{kindergarten}"))
    done = await run(registry, principal, await start(principal, await preview(principal)))
    assert done.status == "succeeded"
    assert len((await principal.get("/v1/children")).json()["items"]) == 3


async def test_the_sql_of_the_plan_says_what_the_rule_says(registry: Service):
    kindergarten = await given.kindergarten(registry)
    days = [date(YEAR - age, month, day) for age in range(1, 8) for month, day in ((8, 31), (9, 1), (2, 28))]
    expected: dict[str, Counter[str]] = {}
    found: dict[str, Counter[str]] = {}
    said: Counter[str] = Counter()
    for kind in ClassKind:
        room = await given.class_(registry, kindergarten, kind=kind.value, name=kind.value, hard_limit=60)
        for day in days:
            await given.enrolment(registry, await given.child(registry, birth=day), room)
        steps = [rules.step(kind, day, YEAR) for day in days]
        expected[kind.value] = Counter(step.outcome for step in steps)
        said += Counter(step.finding.code for step in steps if step.finding)
    plan = await preview(registry.client(REGISTRAR))
    for each in plan.classes:
        counts = {"promoted": each.promoted, "graduated": each.graduated, "held": each.held}
        found[each.name] = Counter({name: n for name, n in counts.items() if n})
    assert found == expected
    assert Counter(problem.code for each in plan.classes for problem in each.problems) == said


async def test_a_class_that_continues_is_used_and_one_over_its_limit_keeps_the_children_where_they_are(
    registry: Service,
):
    kindergarten = await given.kindergarten(registry)
    made = await classes(registry, kindergarten, small=3, middle=3)
    fits = await given.class_(
        registry, kindergarten, kind="middle", name="甲班", year=YEAR + 1, continues=made["small"]
    )
    tight = await given.class_(
        registry,
        kindergarten,
        kind="large",
        name="乙班",
        year=YEAR + 1,
        continues=made["middle"],
        standard_size=2,
        hard_limit=4,
    )
    await given.pupils(registry, tight, 2, birth=born(4))
    client = registry.client(REGISTRAR)
    plan = await preview(client)
    assert {each.name: (each.promoted, each.held) for each in plan.classes} == {"小一班": (3, 0), "中一班": (0, 3)}
    over = next(each for each in plan.classes if each.name == "中一班")
    assert [(each.code, each.severity, each.child) for each in over.problems] == [
        ("next-class-over-limit", "error", None)
    ]
    assert over.next is not None
    assert (over.next.class_id, over.next.children_before) == (tight, 2)
    await run(registry, client, await start(client, plan))
    counts = await registry.database.fetch(
        "SELECT class_id, count(*) FROM enrolments WHERE until = '9999-12-31' GROUP BY 1"
    )
    assert dict(counts) == {fits: 3, tight: 2, made["middle"]: 3}


@pytest.mark.parametrize(
    ("obstacle", "code"),
    [
        ("taken", "next-class-name-taken"),
        ("several", "several-classes-continue"),
        ("later", "next-class-begins-later"),
        ("shut", "kindergarten-not-open"),
    ],
)
async def test_what_is_not_clear_is_left_to_people(registry: Service, obstacle: str, code: str):
    kindergarten = await given.kindergarten(registry, status="closed" if obstacle == "shut" else "operating")
    made = await classes(registry, kindergarten, small=2)
    if obstacle == "taken":
        await given.class_(registry, kindergarten, kind="middle", name="中一班", year=YEAR + 1)
    for name in {"several": ("甲班", "乙班"), "later": ("甲班",)}.get(obstacle, ()):
        since = {"since": date(YEAR + 1, 10, 1)} if obstacle == "later" else {}
        await given.class_(
            registry, kindergarten, kind="middle", name=name, year=YEAR + 1, continues=made["small"], **since
        )
    plan = await preview(registry.client(REGISTRAR))
    assert [(each.promoted, each.held, each.problems[0].code) for each in plan.classes] == [(0, 2, code)]


async def test_two_classes_never_get_the_same_name(registry: Service):
    kindergarten = await given.kindergarten(registry)
    for kind, name in (("nursery", "托一班"), ("middle", "小一班")):
        room = await given.class_(registry, kindergarten, kind=kind, name=name)
        await given.pupils(registry, room, 1, birth=born(AGES[kind]))
    client = registry.client(REGISTRAR)
    plan = await preview(client)
    assert sorted(problem.code for each in plan.classes for problem in each.problems) == ["next-class-name-taken"]
    assert (await run(registry, client, await start(client, plan))).status == "succeeded"


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
