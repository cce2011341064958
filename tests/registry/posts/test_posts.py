"""任职: begun by the law of its day, in one full-time post at a time, moved by who sees both sides."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.registry.posts.schemas import PostFindings, PostMoved, PostOut, PostPage, PostRow
from shared.contracts.registry import PostFact
from tests.registry import given
from tests.registry.staff import people
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)
TODAY, DAY = given.TODAY, timedelta(1)


async def begun(registry: Service, sent: dict[str, Any], grant: tuple[str, str] = REGISTRAR) -> PostRow:
    answer = await registry.client(grant).post("/v1/posts", json=sent)
    assert answer.status_code == 201, answer.text
    return PostRow.model_validate_json(answer.content)


async def refused(registry: Service, sent: dict[str, Any], grant: tuple[str, str] = REGISTRAR) -> dict[str, Any]:
    answer = await registry.client(grant).post("/v1/posts", json=sent)
    assert answer.status_code == 409, answer.text
    stored = await registry.database.fetch("SELECT count(*) FROM posts")
    assert stored == [(0,)]
    found: dict[str, Any] = answer.json()
    return found


async def test_a_person_is_appointed_to_a_class_with_the_check_made_before(registry: Service):
    place = await given.kindergarten(registry)
    room, whose = await given.class_(registry, place), await people.person(registry, place)
    sent = people.new_post(place, whose, role="teacher", class_id=room, employment="quota", contract="演示〔2026〕3号")
    made = await begun(registry, sent, ("principal", f"k:{place}"))
    assert (made.role, made.class_id, made.employment, made.until) == ("teacher", room, "quota", None)
    checks = await registry.client(("principal", f"k:{place}")).get(f"/v1/staff/{whose}/background-checks")
    assert [(each["result"], each["reference"]) for each in checks.json()["items"]] == [("clear", "演示〔2026〕001")]
    rows = await registry.database.fetch("SELECT type, data FROM events")
    assert [kind for kind, _ in rows] == ["registry.post.began"]
    fact = PostFact.model_validate(rows[0][1])
    assert (fact.person, fact.role, fact.since) == (whose, "teacher", TODAY)


async def test_without_a_clear_check_nobody_begins(registry: Service):
    place = await given.kindergarten(registry)
    whose = await people.person(registry, place)
    sent = people.new_post(place, whose)
    for check in (None, people.clear_check(result="found"), people.clear_check(on=TODAY - timedelta(800))):
        answer = await refused(registry, sent | {"background_check": check})
        assert (answer["code"], answer["rule"]) == ("background-check-missing", "REG-10")
        assert "学前教育法第四十四条" in answer["detail"]
    await people.check(registry, whose)
    await begun(registry, sent | {"background_check": None})


async def test_a_principal_without_five_years_is_refused_and_with_them_appointed(registry: Service):
    place = await given.kindergarten(registry)
    whose = await people.person(registry, place, experience_months=59)
    await people.proof(registry, whose, "kindergarten_teacher")
    sent = people.new_post(place, whose, role="principal")
    answer = await refused(registry, sent)
    assert (answer["code"], answer["rule"]) == ("principal-unqualified", "REG-09")
    assert "学前教育法第三十八条" in answer["detail"]
    client = registry.client(REGISTRAR)
    more = {"experience_months": 60, "experience_evidence": "工作证明(演示)"}
    assert (await client.patch(f"/v1/staff/{whose}", json=more, headers={"If-Match": '"1"'})).status_code == 200
    await begun(registry, sent)


async def test_years_in_another_kindergarten_count_though_the_caller_cannot_see_them(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    number = given.resident_id(people.BORN, "2")
    whose = await people.person(registry, document=number)
    await people.proof(registry, whose, "kindergarten_teacher")
    await people.post(registry, whose, there, role="teacher", until=TODAY)
    principal = ("clerk", f"k:{here}")
    identity = {"document_type": "1", "document_number": number, "name": "李老师(演示)"}
    sent = people.new_post(here, role="principal", identity=identity)
    made = await begun(registry, sent, principal)
    shown = await registry.client(principal).get(f"/v1/posts/{made.id}")
    assert "REG-09" not in {each.rule for each in PostOut.model_validate_json(shown.content).findings}
    listed = await registry.client(principal).get("/v1/posts", params={"person": str(whose)})
    assert [each["kindergarten"] for each in listed.json()["items"]] == [str(here)]
    asked = await registry.client(principal).get("/v1/post-findings")
    assert "REG-09" not in asked.json()["counts"]


async def test_appointing_by_document_needs_the_name_as_well(registry: Service):
    place, number = await given.kindergarten(registry), given.resident_id(people.BORN, "2")
    await people.person(registry, document=number)
    identity = {"document_type": "1", "document_number": number, "name": "别人"}
    answer = await registry.client(REGISTRAR).post("/v1/posts", json=people.new_post(place, identity=identity))
    assert answer.status_code == 404
    for sent in (people.new_post(place), people.new_post(place, UUID(int=1), identity=identity)):
        assert (await registry.client(REGISTRAR).post("/v1/posts", json=sent)).status_code == 422


async def test_who_is_barred_is_refused_without_a_reason(registry: Service):
    place, number = await given.kindergarten(registry), given.resident_id(people.BORN, "2")
    whose = await people.person(registry, place, document=number)
    await people.bar(registry, number)
    for check in (None, people.clear_check()):
        sent = people.new_post(place, whose, role="principal", background_check=check)
        answer = await refused(registry, sent, ("principal", f"k:{place}"))
        assert (answer["code"], answer["rule"]) == ("post-forbidden", "REG-13")
        told = {answer["detail"], answer["hint"], answer["title"]}
        assert not [word for word in ("暴力", "演示法院", "名单", "禁止从业") for text in told if word in text]


async def test_a_full_time_post_is_one_at_a_time_in_the_whole_district(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    whose = await people.person(registry, here)
    await begun(registry, people.new_post(here, whose))
    client = registry.client(REGISTRAR)
    again = await client.post("/v1/posts", json=people.new_post(there, whose, since=TODAY + DAY))
    assert (again.status_code, again.json()["code"]) == (409, "person-has-one-full-time-post")
    await begun(registry, people.new_post(there, whose, full_time=False, role="health"))


async def test_of_two_who_appoint_a_person_at_once_one_gets_it(registry: Service):
    places = [await given.kindergarten(registry) for _ in range(4)]
    whose = await people.person(registry)
    clients = [registry.client(REGISTRAR, sub=f"r{number}") for number in range(4)]
    posts = [
        client.post("/v1/posts", json=people.new_post(place, whose))
        for client, place in zip(clients, places, strict=True)
    ]
    answers = await asyncio.gather(*posts)
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]


async def test_a_post_ends_once(registry: Service):
    place = await given.kindergarten(registry)
    made = await people.post(registry, await people.person(registry), place)
    client, ending = registry.client(("principal", f"k:{place}")), {"until": str(TODAY), "reason": "left"}
    early = await client.post(f"/v1/posts/{made}/end", json=ending | {"until": str(people.LONG_AGO)})
    assert (early.status_code, early.json()["code"]) == (409, "post-ends-before-it-begins")
    ended = PostRow.model_validate_json((await client.post(f"/v1/posts/{made}/end", json=ending)).content)
    assert (ended.until, ended.reason_out) == (TODAY, "left")
    again = await client.post(f"/v1/posts/{made}/end", json=ending)
    assert (again.status_code, again.json()["code"]) == (409, "post-has-ended")
    listed = [
        (await client.get("/v1/posts", params={"as_of": str(day)})).json()["items"] for day in (TODAY - DAY, TODAY)
    ]
    assert [len(each) for each in listed] == [1, 0]


async def test_a_teacher_goes_on_in_another_class_without_being_asked_again(registry: Service):
    place = await given.kindergarten(registry)
    first, second = await given.class_(registry, place), await given.class_(registry, place)
    whose = await people.person(registry)
    post = await people.post(registry, whose, place, role="teacher", class_id=first)
    client = registry.client(("principal", f"k:{place}"))
    answer = await client.post(f"/v1/posts/{post}/reassign", json={"on": str(TODAY), "class_id": str(second)})
    moved = PostMoved.model_validate_json(answer.content)
    assert (moved.ended.until, moved.ended.reason_out, moved.began.since) == (TODAY, "reassigned", TODAY)
    assert (moved.began.class_id, moved.began.role, moved.began.employment) == (second, "teacher", "contract")
    elsewhere = await given.class_(registry, await given.kindergarten(registry))
    wrong = await client.post(
        f"/v1/posts/{moved.began.id}/reassign", json={"on": str(TODAY + DAY), "class_id": str(elsewhere)}
    )
    assert wrong.status_code == 404
    promoted = await client.post(
        f"/v1/posts/{moved.began.id}/reassign", json={"on": str(TODAY + DAY), "role": "principal"}
    )
    assert promoted.json()["rule"] == "REG-09"


async def test_a_transfer_is_a_hiring_and_needs_sight_of_both_sides(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    whose = await people.person(registry)
    post = await people.post(registry, whose, here, role="cook")
    wish = {"kindergarten": str(there), "on": str(TODAY), "role": "cook", "employment": "contract"}
    asked = f"/v1/posts/{post}/transfer"
    principal = registry.client(("principal", f"k:{here}"))
    assert (await principal.post(asked, json=wish)).status_code == 404
    registrar = registry.client(REGISTRAR)
    assert (await registrar.post(asked, json=wish)).json()["rule"] == "REG-10"
    assert (await registrar.post(asked, json=wish | {"kindergarten": str(here)})).json()["code"] == "same-kindergarten"
    answer = await registrar.post(asked, json=wish | {"background_check": people.clear_check()})
    assert answer.status_code == 201, answer.text
    moved = PostMoved.model_validate_json(answer.content)
    assert (moved.ended.kindergarten, moved.began.kindergarten, moved.ended.reason_out) == (here, there, "transfer")
    assert (await principal.get(f"/v1/staff/{whose}")).status_code == 404
    assert (await registry.client(("principal", f"k:{there}")).get(f"/v1/staff/{whose}")).status_code == 200
    events = await registry.database.fetch("SELECT type FROM events ORDER BY seq")
    assert [kind for (kind,) in events] == ["registry.post.ended", "registry.post.began"]


async def test_what_was_recorded_wrongly_is_corrected_and_asked_again(registry: Service):
    place = await given.kindergarten(registry)
    made = await begun(registry, people.new_post(place, await people.person(registry)))
    client, address = registry.client(REGISTRAR), f"/v1/posts/{made.id}"
    earlier = await client.patch(address, json={"since": "2026-01-05"}, headers={"If-Match": '"1"'})
    assert earlier.json()["rule"] == "REG-10"
    later = await client.patch(address, json={"since": str(TODAY + DAY)}, headers={"If-Match": '"1"'})
    assert (later.status_code, later.json()["since"]) == (200, str(TODAY + DAY))
    half = await client.patch(address, json={"until": str(TODAY + 9 * DAY)}, headers={"If-Match": '"2"'})
    assert (half.status_code, half.json()["code"]) == (422, "invalid-input")
    whole = {"until": str(TODAY + 9 * DAY), "reason_out": "expired"}
    assert (await client.patch(address, json=whole, headers={"If-Match": '"2"'})).json()["reason_out"] == "expired"
    opened = await client.patch(address, json={"until": None}, headers={"If-Match": '"3"'})
    assert (opened.json()["until"], opened.json()["reason_out"]) == (None, None)


async def test_findings_name_rule_basis_and_severity_within_scope(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    number = given.resident_id(people.BORN, "2")
    bare, sound = await people.person(registry, document=number), await people.person(registry)
    post = await people.post(registry, bare, here, role="teacher", since=date(2022, 9, 1))
    await people.post(registry, sound, there, role="guard", since=TODAY)
    await people.check(registry, sound, TODAY)
    await people.proof(registry, sound, "guard")
    await people.proof(registry, sound, "health_certificate", TODAY)
    registrar, principal = registry.client(REGISTRAR), registry.client(("principal", f"k:{here}"))
    found = PostFindings.model_validate_json((await registrar.get("/v1/post-findings")).content)
    assert found.counts == {"REG-08": 1, "REG-10": 1, "REG-11": 1, "REG-12": 1}
    assert {each.post for each in found.items} == {post}
    first = next(each for each in found.items if each.rule == "REG-08")
    assert (first.severity, first.basis) == ("red", "学前教育法第三十七条")
    await people.bar(registry, number)
    barred = (await principal.get("/v1/post-findings", params={"rule": "REG-13"})).json()
    assert ([each["person"] for each in barred["items"]], barred["counts"]) == ([str(bare)], {"REG-13": 1})
    other = (await registry.client(("principal", f"k:{there}")).get("/v1/post-findings")).json()
    assert other["items"] == []
    filters: list[tuple[dict[str, str], int]] = [
        ({"severity": "warn"}, 2),
        ({"kindergarten": str(there)}, 0),
        ({"division": given.OTHER_TOWN}, 0),
        ({"as_of": "2022-09-01"}, 4),
        ({"as_of": "2022-08-31"}, 0),
    ]
    for params, expected in filters:
        answer = (await registrar.get("/v1/post-findings", params=params)).json()
        assert len(answer["items"]) == expected, (params, answer)


async def test_a_suspended_kindergarten_appoints_nobody_and_posts_are_listed_by_every_filter(registry: Service):
    shut, place = await given.kindergarten(registry, status="suspended"), await given.kindergarten(registry)
    whose = await people.person(registry)
    answer = await registry.client(REGISTRAR).post("/v1/posts", json=people.new_post(shut, whose))
    assert answer.json()["code"] == "kindergarten-not-open"
    made = await people.post(registry, whose, place, role="cook", employment="outsourced", full_time=False)
    await people.post(registry, await people.person(registry), shut, role="guard")
    queries: list[dict[str, Any]] = [
        {"person": str(whose)},
        {"kindergarten": str(place)},
        {"role": "cook"},
        {"employment": "outsourced"},
        {"full_time": False},
    ]
    for params in queries:
        page = (await registry.client(REGISTRAR).get("/v1/posts", params=params)).content
        assert [each.id for each in PostPage.model_validate_json(page).items] == [made], params


@pytest.mark.parametrize("role", ["leader", "teacher", "auditor", "police", "finance_preparer"])
async def test_who_has_no_business_with_staff_reads_and_writes_none(registry: Service, role: str):
    client = registry.client((role, given.DISTRICT))
    for path in ("/v1/posts", "/v1/post-findings", "/v1/qualifications", "/v1/staff-expiries"):
        assert (await client.get(path)).status_code == 403
    assert (await client.post("/v1/posts", json={})).status_code == 403


async def test_a_class_with_posts_stays_on_record(registry: Service):
    place = await given.kindergarten(registry)
    room = await given.class_(registry, place)
    await people.post(registry, await people.person(registry), place, role="teacher", class_id=room)
    answer = await registry.client(REGISTRAR).delete(f"/v1/classes/{room}")
    assert (answer.status_code, answer.json()["code"]) == (409, "post-and-class-belong-together")
