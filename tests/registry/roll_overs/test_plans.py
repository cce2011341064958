"""升班 previewed to the child, and done exactly so."""

from collections import Counter
from datetime import date

import pytest

from services.registry.classes.codes import ClassKind
from services.registry.roll_overs import rules
from tests.registry import given
from tests.registry.roll_overs.asking import AGES, ON, REGISTRAR, YEAR, born, classes, preview, rolls, run, start
from tests.stack import Service


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
