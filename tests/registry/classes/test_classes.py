"""班级: formed with the sizes in force, counted on a day, never limited below the children there."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.classes.schemas import ClassOut, ClassPage
from shared.contracts.registry import ClassFact
from tests.registry import given
from tests.stack import Service

YEAR = given.SCHOOL_YEAR
REGISTRAR = ("registrar", given.DISTRICT)
BEGINS, ENDS = date(YEAR, 9, 1), date(YEAR + 1, 9, 1)


def new_class(kindergarten: object, **fields: object) -> dict[str, object]:
    return {"kindergarten": str(kindergarten), "school_year": YEAR, "name": "小一班", "kind": "small"} | fields


@pytest.mark.parametrize(("kind", "standard", "limit"), [("small", 25, 30), ("large", 35, 42), ("nursery", 20, 24)])
async def test_a_class_is_formed_with_the_sizes_in_force(registry: Service, kind: str, standard: int, limit: int):
    kindergarten = await given.kindergarten(registry)
    answer = await registry.client(REGISTRAR).post("/v1/classes", json=new_class(kindergarten, kind=kind))
    assert answer.status_code == 201, answer.text
    made = ClassOut.model_validate_json(answer.content)
    assert (made.standard_size, made.hard_limit, made.children, made.oversize) == (standard, limit, 0, False)
    assert (made.since, made.until, made.synthetic) == (BEGINS, ENDS, True)
    assert answer.headers["etag"] == '"1"'


async def test_a_principal_forms_classes_of_its_own_kindergarten_only(registry: Service):
    own, other = await given.kindergarten(registry), await given.kindergarten(registry)
    principal = registry.client(("principal", f"k:{own}"))
    assert (await principal.post("/v1/classes", json=new_class(own))).status_code == 201
    assert (await principal.post("/v1/classes", json=new_class(other))).status_code == 404


async def test_no_class_is_formed_in_a_kindergarten_that_is_closed_then(registry: Service):
    kindergarten = await given.kindergarten(registry, status="closed")
    answer = await registry.client(REGISTRAR).post("/v1/classes", json=new_class(kindergarten))
    assert (answer.status_code, answer.json()["code"]) == (409, "kindergarten-not-open")
    assert "终止" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"since": f"{YEAR}-08-31"}, "/since"),
        ({"until": f"{YEAR + 1}-09-02"}, "/until"),
        ({"since": f"{YEAR + 1}-09-01"}, "/since"),
        ({"school_year": 2010}, "/since"),
        ({"continues": "0190b2a0-0000-7000-8000-000000000001"}, "/continues"),
        ({"kind": "primary"}, "/kind"),
        ({"name": ""}, "/name"),
        ({"size": 3}, "/size"),
    ],
)
async def test_a_class_lies_within_its_school_year(registry: Service, fields: dict[str, object], pointer: str):
    kindergarten = await given.kindergarten(registry)
    answer = await registry.client(REGISTRAR).post("/v1/classes", json=new_class(kindergarten, **fields))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text


async def test_a_name_is_used_once_a_school_year(registry: Service):
    kindergarten = await given.kindergarten(registry)
    client = registry.client(REGISTRAR)
    assert (await client.post("/v1/classes", json=new_class(kindergarten))).status_code == 201
    again = await client.post("/v1/classes", json=new_class(kindergarten))
    assert (again.status_code, again.json()["code"]) == (409, "class-name-taken")
    assert (await client.post("/v1/classes", json=new_class(kindergarten, school_year=YEAR + 1))).status_code == 201


async def test_children_are_counted_on_the_day_asked_for(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry))
    left = await given.child(registry)
    await given.enrolment(registry, left, room, until=BEGINS + timedelta(40))
    await given.enrolment(registry, await given.child(registry), room, since=BEGINS + timedelta(40))
    await given.enrolment(registry, await given.child(registry), room, since=BEGINS + timedelta(41))
    client = registry.client(REGISTRAR)
    counted = []
    for days in (0, 39, 40, 41, 300):
        day = BEGINS + timedelta(days)
        answer = await client.get(f"/v1/classes/{room}", params={"as_of": str(day)})
        counted.append(ClassOut.model_validate_json(answer.content).children)
    assert counted == [1, 1, 1, 2, 2]


async def test_a_class_above_its_standard_is_flagged(registry: Service):
    kindergarten = await given.kindergarten(registry)
    full = await given.class_(registry, kindergarten, standard_size=2, hard_limit=3)
    fine = await given.class_(registry, kindergarten, standard_size=2, hard_limit=3)
    await given.pupils(registry, full, 3)
    await given.pupils(registry, fine, 2)
    client = registry.client(REGISTRAR)
    found = {}
    for flag in (True, False):
        answer = await client.get("/v1/classes", params={"oversize": flag})
        found[flag] = [each.id for each in ClassPage.model_validate_json(answer.content).items]
    assert found == {True: [full], False: [fine]}


async def test_classes_are_found_by_every_filter(registry: Service):
    kindergarten = await given.kindergarten(registry)
    other = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    wanted = await given.class_(registry, kindergarten, name="小一班")
    await given.class_(registry, kindergarten, name="中一班", kind="middle")
    await given.class_(registry, other, name="大一班", kind="large")
    await given.class_(registry, kindergarten, name="小二班", year=YEAR - 1)
    client = registry.client(REGISTRAR)
    queries: list[dict[str, Any]] = [
        {"kindergarten": str(kindergarten), "kind": "small", "school_year": YEAR},
        {"division": given.TOWN, "q": "小一"},
        {"division": given.VILLAGE, "q": "xiaoyi"},
        {"q": "XIAO yi"},
        {"kind": "small", "as_of": str(BEGINS)},
    ]
    for params in queries:
        page = ClassPage.model_validate_json((await client.get("/v1/classes", params=params)).content)
        assert [each.id for each in page.items] == [wanted], params
    town = await registry.client(("town_officer", given.OTHER_TOWN)).get("/v1/classes", params={"count": True})
    assert (town.json()["total"], town.json()["items"][0]["name"]) == (1, "大一班")
    own = await registry.client(("principal", f"k:{other}")).get("/v1/classes")
    assert [each["name"] for each in own.json()["items"]] == ["大一班"]


async def test_classes_of_a_day_are_those_of_its_school_year(registry: Service):
    kindergarten = await given.kindergarten(registry)
    before = await given.class_(registry, kindergarten, year=YEAR - 1)
    now = await given.class_(registry, kindergarten, year=YEAR)
    client = registry.client(REGISTRAR)
    for day, expected in ((BEGINS - timedelta(1), before), (BEGINS, now), (ENDS - timedelta(1), now)):
        page = (await client.get("/v1/classes", params={"as_of": str(day)})).json()
        assert [each["id"] for each in page["items"]] == [str(expected)]


async def test_a_class_is_changed_by_whoever_has_read_it(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten)
    client = registry.client(("principal", f"k:{kindergarten}"))
    etag = (await client.get(f"/v1/classes/{room}")).headers["etag"]
    assert (await client.patch(f"/v1/classes/{room}", json={"name": "向日葵班"})).status_code == 428
    changed = await client.patch(f"/v1/classes/{room}", json={"name": "向日葵班"}, headers={"If-Match": etag})
    assert (changed.status_code, changed.json()["name"], changed.headers["etag"]) == (200, "向日葵班", '"2"')
    stale = await client.patch(f"/v1/classes/{room}", json={"name": "百合班"}, headers={"If-Match": etag})
    assert (stale.status_code, stale.json()["differing"]) == (412, {"name": "向日葵班"})
    kind = await client.patch(f"/v1/classes/{room}", json={"kind": "large"}, headers={"If-Match": '"2"'})
    assert (kind.json()["standard_size"], kind.json()["hard_limit"]) == (35, 42)


async def test_the_limit_never_falls_below_the_children_there(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten, standard_size=2, hard_limit=6)
    await given.pupils(registry, room, 4)
    client = registry.client(("principal", f"k:{kindergarten}"))
    low = await client.patch(f"/v1/classes/{room}", json={"hard_limit": 3}, headers={"If-Match": '"1"'})
    assert (low.status_code, low.json()["code"]) == (409, "limit-below-children")
    below = await client.patch(f"/v1/classes/{room}", json={"hard_limit": 1}, headers={"If-Match": '"1"'})
    assert (below.status_code, below.json()["errors"][0]["pointer"]) == (422, "/hard_limit")
    fits = await client.patch(f"/v1/classes/{room}", json={"hard_limit": 4}, headers={"If-Match": '"1"'})
    assert (fits.status_code, fits.json()["hard_limit"]) == (200, 4)


async def test_only_the_district_sets_a_limit_above_the_rule(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten)
    asked: dict[str, Any] = {"json": {"hard_limit": 31}, "headers": {"If-Match": '"1"'}}
    refused = await registry.client(("principal", f"k:{kindergarten}")).patch(f"/v1/classes/{room}", **asked)
    assert (refused.status_code, refused.json()["code"]) == (403, "hard-limit-is-the-districts")
    assert (await registry.client(REGISTRAR).patch(f"/v1/classes/{room}", **asked)).status_code == 200


async def test_an_empty_class_ends_early_and_one_with_children_does_not(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten)
    await given.enrolment(registry, await given.child(registry), room, until=date(YEAR, 12, 1))
    client = registry.client(REGISTRAR)
    early = await client.post(f"/v1/classes/{room}/end", json={"until": f"{YEAR}-11-30"})
    assert (early.status_code, early.json()["code"]) == (409, "class-has-children")
    late = await client.post(f"/v1/classes/{room}/end", json={"until": f"{YEAR + 1}-09-02"})
    assert (late.status_code, late.json()["errors"][0]["pointer"]) == (422, "/until")
    ended = await client.post(f"/v1/classes/{room}/end", json={"until": f"{YEAR}-12-01"})
    assert (ended.status_code, ended.json()["until"]) == (200, f"{YEAR}-12-01")


async def test_a_class_is_removed_only_when_it_never_had_a_child(registry: Service):
    kindergarten = await given.kindergarten(registry)
    empty, used = await given.class_(registry, kindergarten), await given.class_(registry, kindergarten)
    await given.enrolment(registry, await given.child(registry), used, until=BEGINS + timedelta(1))
    following = await given.class_(registry, kindergarten, year=YEAR + 1, continues=empty)
    client = registry.client(REGISTRAR)
    assert (await client.delete(f"/v1/classes/{used}")).json()["code"] == "class-has-children"
    assert (await client.delete(f"/v1/classes/{empty}")).json()["code"] == "class-is-continued"
    assert (await client.delete(f"/v1/classes/{following}")).status_code == 204
    assert (await client.delete(f"/v1/classes/{empty}")).status_code == 204
    assert (await client.get(f"/v1/classes/{empty}")).status_code == 404


async def test_forming_and_changing_is_announced(registry: Service):
    kindergarten = await given.kindergarten(registry)
    client = registry.client(("principal", f"k:{kindergarten}"))
    made = (await client.post("/v1/classes", json=new_class(kindergarten))).json()["id"]
    await client.patch(f"/v1/classes/{made}", json={"boarding": True}, headers={"If-Match": '"1"'})
    await client.delete(f"/v1/classes/{made}")
    await registry.numbered()
    items = (await client.get("/v1/events", params={"types": "registry.class."})).json()["items"]
    assert [each["type"] for each in items] == [f"registry.class.{verb}" for verb in ("formed", "changed", "removed")]
    assert {each["subject"] for each in items} == {f"classes/{made}"}
    assert [ClassFact.model_validate(each["data"]).version for each in items] == [1, 2, 2]


async def test_roles_without_the_permission_are_refused(registry: Service):
    kindergarten = await given.kindergarten(registry)
    answer = await registry.client(("teacher", f"k:{kindergarten}")).post("/v1/classes", json=new_class(kindergarten))
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")
    assert (await registry.client().get("/v1/classes")).status_code == 401


@pytest.mark.parametrize("field", ["name", "kind", "hard_limit", "boarding"])
async def test_what_a_class_must_have_is_not_cleared(registry: Service, field: str):
    room = await given.class_(registry, await given.kindergarten(registry))
    change = {"json": {field: None}, "headers": {"If-Match": '"1"'}}
    answer = await registry.client(REGISTRAR).patch(f"/v1/classes/{room}", **change)  # type: ignore[arg-type]  # as named
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{field}")


async def test_a_class_of_a_time_before_the_standard_is_kept_as_it_is(registry: Service):
    old = await given.class_(registry, await given.kindergarten(registry, since=date(2008, 9, 1)), year=2010)
    client = registry.client(REGISTRAR)
    sent = {"child": str(await given.child(registry)), "class_id": str(old), "since": "2010-09-01"}
    preview = await client.post("/v1/enrolments", json=sent, params={"preview": True})
    assert (preview.status_code, preview.json()["doubts"][0]["code"]) == (200, "age-differs-from-class")
    for change in ({"kind": "large"}, {"hard_limit": 28}):
        answer = await client.patch(f"/v1/classes/{old}", json=change, headers={"If-Match": '"1"'})
        assert answer.status_code == 422, answer.text
