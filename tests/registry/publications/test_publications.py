"""信息公示: what changed is published in time, and anybody reads it, as it was on every day."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from httpx import AsyncClient

from services.registry.publications.schemas import (
    PublicationDraft,
    PublicationDutyPage,
    PublicKindergarten,
    PublicKindergartenPage,
    PublishedVersions,
)
from services.registry.seed import __main__ as seed
from shared.contracts.registry import RecordPublishedFact
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.registry import given
from tests.registry.filings import asking
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.registry.licences.asking import licensed
from tests.registry.recognitions.asking import recognition
from tests.registry.staff import people
from tests.stack import Service, settings_for

DAY = timedelta(1)
TODAY = given.TODAY.isoformat()


async def publish(client: AsyncClient, *keys: UUID) -> list[dict[str, Any]]:
    answer = await client.post("/v1/publications", json={"kindergartens": [str(key) for key in keys]})
    assert answer.status_code == 201, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def owed(registry: Service, **params: Any) -> PublicationDutyPage:
    answer = await registry.client(REGISTRAR).get("/v1/publication-duties", params=params)
    return PublicationDutyPage.model_validate_json(answer.content)


async def page(registry: Service, key: UUID, path: str = "") -> PublicKindergarten:
    answer = await registry.client().get(f"/v1/public/kindergartens/{key}{path}")
    assert answer.status_code == 200, answer.text
    return PublicKindergarten.model_validate_json(answer.content)


async def edit(registry: Service, key: UUID, **fields: Any) -> None:
    client = registry.client(REGISTRAR)
    entry = await client.get(f"/v1/kindergartens/{key}")
    answer = await client.patch(f"/v1/kindergartens/{key}", json=fields, headers={"If-Match": entry.headers["etag"]})
    assert answer.status_code == 200, answer.text


async def test_an_accepted_change_is_owed_to_the_public_until_it_is_published(registry: Service):
    key = await given.kindergarten(registry)
    officer = registry.client(REGISTRAR, sub="officer")
    assert (await registry.client().get(f"/v1/public/kindergartens/{key}")).status_code == 404
    await publish(officer, key)
    case = await registry.client(principal(key)).post("/v1/filings", json=asking.filing(key))
    await officer.post(f"/v1/filings/{case.json()['id']}/acceptances", json={})
    [duty] = (await owed(registry)).items
    assert (duty.fields, duty.arose_on, duty.due_on) == (["phone"], given.TODAY, add_working_days(given.TODAY, 20))
    assert (duty.overdue, duty.rule, duty.met_on) == (False, None, None)
    assert (await page(registry, key)).record.phone == ""  # the page says what was published
    draft = await officer.get(f"/v1/kindergartens/{key}/publication-draft")
    assert PublicationDraft.model_validate_json(draft.content).differing == ["phone"]
    late = (duty.due_on + DAY).isoformat()
    assert [each.rule for each in (await owed(registry, overdue=True, as_of=late)).items] == ["REG-24"]
    assert (await owed(registry, overdue=True, as_of=duty.due_on.isoformat())).items == []
    row = (await officer.get("/v1/filing-standings", params={"unpublished": True, "as_of": late})).json()["items"][0]
    assert (row["publication_overdue"], row["rule"], row["unpublished_since"]) == (True, "REG-24", TODAY)
    [second] = await publish(officer, key)
    assert second["number"] == 2
    shown = await page(registry, key)
    assert (shown.record.phone, shown.number, shown.versions, shown.published_on) == (
        asking.PHONE,
        2,
        2,
        given.TODAY,
    )
    [duty] = (await owed(registry)).items
    assert (duty.met_on, str(duty.publication)) == (given.TODAY, second["id"])
    assert (await owed(registry, met=False)).items == []
    found = await registry.database.fetch(
        "SELECT data FROM events WHERE type = 'registry.record.published' ORDER BY id"
    )
    assert [RecordPublishedFact.model_validate(data).number for (data,) in found] == [1, 2]


async def test_twenty_working_days_run_over_the_national_day_holiday(registry: Service):
    key, arose = await given.kindergarten(registry), date(2026, 9, 15)
    due = add_working_days(arose, 20)
    assert due == date(2026, 10, 19)  # thirty-four days: 中秋, 国庆 and their make-up Saturdays
    row = {"id": new_id(), "kindergarten": key, "division": given.VILLAGE, "fields": ["name"], "arose_on": arose}
    await given.insert(registry, "publication_duties", row | {"due_on": due, "synthetic": True})
    assert (await owed(registry, overdue=True, as_of=due.isoformat())).items == []
    assert len((await owed(registry, overdue=True, as_of=(due + DAY).isoformat())).items) == 1
    assert len((await owed(registry, due_before=(due + DAY).isoformat(), division=given.TOWN)).items) == 1
    await publish(registry.client(REGISTRAR), key)
    [late] = (await owed(registry, overdue=True)).items
    assert (late.met_on, late.rule) == (given.TODAY, "REG-24")  # published, but later than allowed


async def test_a_change_nobody_sees_owes_nothing(registry: Service):
    key = await given.kindergarten(registry)
    await publish(registry.client(REGISTRAR), key)
    await edit(registry, key, urban_rural_code="111", latitude=40.3)
    assert (await owed(registry)).items == []
    await edit(registry, key, short_name="一园")
    assert [each.fields for each in (await owed(registry)).items] == [["short_name"]]


async def test_acts_types_and_statuses_are_owed_too(registry: Service):
    key = await licensed(registry)
    officer = registry.client(REGISTRAR)
    await publish(officer, key)
    body = {"since": TODAY, "document": "演示", "reason": "演示"}
    assert (await officer.post(f"/v1/licences/{key}/suspensions", json=body)).status_code == 201
    named = {name for each in (await owed(registry)).items for name in each.fields}
    assert {"status", "licence_stopped"} <= named
    await publish(officer, key)
    shown = await page(registry, key)
    assert (shown.record.status, shown.record.licence_stopped) == ("suspended", "suspended")


async def test_a_kindergarten_that_does_not_operate_owes_no_page(registry: Service):
    client = registry.client(REGISTRAR)
    await client.post("/v1/kindergartens", json=given.new_kindergarten())
    assert (await owed(registry)).items == []
    first = {"status": "operating", "type": "public", "since": "2020-09-01"}
    await client.post("/v1/kindergartens", json=given.new_kindergarten(first=first))
    assert len((await owed(registry)).items) == 1


async def test_the_public_page_says_what_is_public_and_nothing_personal(registry: Service):
    key = await licensed(registry, type="inclusive_private", address="演示路1号", phone="010-1", licensed_seats=90)
    await recognition(registry, key, "granted")
    room = await given.class_(registry, key, kind="small")
    children = await given.pupils(registry, room, 3)
    await given.class_(registry, key, kind="large")
    head = await asking.principal_post(registry, key, "王园长")
    teacher = await people.person(registry, key, name="张老师")
    await people.post(registry, teacher, key, role="teacher")
    await people.proof(registry, teacher, "kindergarten_teacher")
    await people.post(registry, await people.person(registry, key, name="赵老师"), key, role="teacher")
    await registry.database.fetch("UPDATE kindergartens SET principal = %s, fee_document = '演示价1号'", head)
    await publish(registry.client(REGISTRAR), key)
    shown = await page(registry, key)
    record, figures = shown.record, shown.figures
    assert (record.type, record.licence_number, record.founder) == ("inclusive_private", "演示教民1号", "个人(演示)")
    assert (record.principal_name, record.fee_document, record.town_name) == ("王园长", "演示价1号", "北房镇")
    assert record.recognition is not None
    assert str(record.recognition.agreed_fee) == "680.00"
    assert [(each.kind, each.classes, each.places, each.children) for each in figures.classes] == [
        ("large", 1, 35, 0),
        ("small", 1, 25, 3),
    ]
    assert (figures.staff, figures.teachers, figures.certified_teachers) == (3, 2, 1)
    answers = [
        (await registry.client().get(f"/v1/public/kindergartens{path}")).text
        for path in ("", f"/{key}", f"/{key}/versions", f"/{key}/versions/1")
    ]
    for text in answers:
        for secret in ("张老师", "赵老师", "演示幼儿", str(teacher), str(head), *map(str, children), "published_by"):
            assert secret not in text
    spelled = json.dumps(
        {"figures": json.loads(answers[1])["figures"], "record": json.loads(answers[1])["record"]},
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    assert hashlib.sha256(spelled.encode()).hexdigest() == shown.hash
    await registry.database.fetch("UPDATE posts SET until = %s, reason_out = 'left' WHERE id = %s", given.TODAY, head)
    await publish(registry.client(REGISTRAR), key)
    assert (await page(registry, key)).record.principal_name is None  # who has left leads it no more


async def test_former_versions_stay_as_they_were(registry: Service):
    key = await given.kindergarten(registry, phone="010-1")
    client = registry.client(REGISTRAR)
    await publish(client, key)
    await edit(registry, key, phone="010-2")
    await publish(client, key)
    answer = await registry.client().get(f"/v1/public/kindergartens/{key}/versions")
    versions = PublishedVersions.model_validate_json(answer.content).items
    assert [(each.number, each.record.phone) for each in versions] == [(2, "010-2"), (1, "010-1")]
    assert (await page(registry, key, "/versions/1")).record.phone == "010-1"
    missing = await registry.client().get(f"/v1/public/kindergartens/{key}/versions/3")
    assert missing.status_code == 404
    with pytest.raises(Exception, match="permission denied"):
        await _as_app(registry, "UPDATE publications SET hash = ''")


async def _as_app(registry: Service, statement: str) -> None:
    async with await psycopg.AsyncConnection.connect(registry.database.app_url, autocommit=True) as app:
        await app.execute(statement)


async def test_the_public_list_is_filtered_and_paged(registry: Service):
    keys = [
        await given.kindergarten(registry, name="怀柔甲幼儿园(演示)", type="public"),
        await given.kindergarten(registry, name="怀柔乙幼儿园(演示)", type="inclusive_private"),
        await given.kindergarten(registry, name="怀柔丙幼儿园(演示)", type="private", division=given.OTHER_VILLAGE),
    ]
    await given.kindergarten(registry, name="未公示幼儿园(演示)")
    await publish(registry.client(REGISTRAR), *keys)
    client = registry.client()

    async def names(**params: Any) -> list[str]:
        answer = await client.get("/v1/public/kindergartens", params=params)
        assert answer.status_code == 200, answer.text
        return [each.name[2] for each in PublicKindergartenPage.model_validate_json(answer.content).items]

    assert sorted(await names()) == ["丙", "乙", "甲"]
    assert sorted(await names(inclusive=True)) == ["乙", "甲"]
    assert await names(type="private") == ["丙"]
    assert await names(division=given.OTHER_TOWN) == ["丙"]
    assert await names(q="jia") == ["甲"]
    assert await names(q="怀柔乙") == ["乙"]
    assert sorted(await names(status="operating")) == ["丙", "乙", "甲"]
    first = (await client.get("/v1/public/kindergartens", params={"limit": 2, "count": True})).json()
    second = (await client.get("/v1/public/kindergartens", params={"limit": 2, "after": first["next"]})).json()
    assert (first["total"], len(first["items"]), len(second["items"]), second["next"]) == (3, 2, 1, None)
    unknown = await client.get("/v1/public/kindergartens", params={"founder": "x"})
    assert unknown.status_code == 422


async def test_who_publishes(registry: Service):
    key = await given.kindergarten(registry)
    body = {"kindergartens": [str(key)]}
    for caller in (TOWN, principal(key)):
        assert (await registry.client(caller).post("/v1/publications", json=body)).status_code == 403
    other = ("registrar", given.OTHER_TOWN)
    assert (await registry.client(other).post("/v1/publications", json=body)).status_code == 404
    half = {"kindergartens": [str(key), str(uuid4())]}
    assert (await registry.client(REGISTRAR).post("/v1/publications", json=half)).status_code == 404
    assert await registry.database.fetch("SELECT count(*) FROM publications") == [(0,)]
    await publish(registry.client(REGISTRAR), key, key)
    listed = await registry.client(principal(key)).get("/v1/publications", params={"since": TODAY})
    assert [each["number"] for each in listed.json()["items"]] == [1]


async def test_the_demonstration_publishes_whoever_is_open(registry: Service, monkeypatch: pytest.MonkeyPatch):
    keys = [await given.kindergarten(registry, status=status) for status in ("operating", "suspended")]
    await given.kindergarten(registry, status="preparing")
    await given.kindergarten(registry, status="closed")
    monkeypatch.setattr(seed, "settings", lambda: settings_for(registry.database))
    assert await seed.publish_pages() == 2
    answer = await registry.client().get("/v1/public/kindergartens")
    pages = PublicKindergartenPage.model_validate_json(answer.content).items
    assert {each.kindergarten for each in pages} == set(keys)
