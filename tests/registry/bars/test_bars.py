"""从业禁止名单: known to those who keep it; a hiring learns yes or no."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.registry.bars.schemas import BarOut, BarPage, BarRecorded
from shared.ids import new_id
from tests.registry import given
from tests.registry.staff import people
from tests.stack import Service

REGISTRAR, POLICE = ("registrar", given.DISTRICT), ("police", given.DISTRICT)
TODAY, DAY = given.TODAY, timedelta(1)


def new_bar(**fields: Any) -> dict[str, Any]:
    return {
        "document_type": "1",
        "document_number": given.resident_id(people.BORN, "2"),
        "name": "某人(演示)",
        "ground": "violence",
        "decided_by": "演示法院",
        "decision": "演示〔2026〕9号",
        "since": str(TODAY),
    } | fields


async def test_a_bar_names_the_posts_to_be_stopped(registry: Service):
    place, number = await given.kindergarten(registry), given.resident_id(people.BORN, "2")
    whose = await people.person(registry, document=number)
    post = await people.post(registry, whose, place, role="guard")
    answer = await registry.client(REGISTRAR).post("/v1/bars", json=new_bar(document_number=number))
    assert answer.status_code == 201, answer.text
    made = BarRecorded.model_validate_json(answer.content)
    assert ([each.id for each in made.posts], made.bar.until, made.bar.synthetic) == ([post], None, True)
    assert number not in answer.text
    events = await registry.database.fetch("SELECT type, data::text, kindergarten FROM events")
    assert [(kind, at) for kind, _, at in events] == [("registry.bar.recorded", None)]
    assert "某人" not in events[0][1]
    assert "violence" not in events[0][1]


async def test_the_list_is_read_by_those_who_keep_it(registry: Service):
    place = await given.kindergarten(registry)
    made = (await registry.client(REGISTRAR).post("/v1/bars", json=new_bar())).json()["bar"]["id"]
    for grant in (REGISTRAR, POLICE):
        page = BarPage.model_validate_json((await registry.client(grant).get("/v1/bars")).content)
        assert [str(each.id) for each in page.items] == [made]
    for grant in (("principal", f"k:{place}"), ("leader", given.DISTRICT), ("quality_officer", given.DISTRICT)):
        assert (await registry.client(grant).get("/v1/bars")).status_code == 403
    for grant in (("registrar", f"k:{place}"), ("registrar", given.TOWN)):
        assert (await registry.client(grant).get("/v1/bars")).json()["items"] == []
        assert (await registry.client(grant).get(f"/v1/bars/{made}")).status_code == 404
    assert (await registry.client(POLICE).post("/v1/bars", json=new_bar())).status_code == 403
    assert (await registry.client(("registrar", f"k:{place}")).post("/v1/bars", json=new_bar())).status_code == 403


async def test_a_bar_is_lifted_by_a_later_decision_and_the_person_may_be_hired_again(registry: Service):
    place, number = await given.kindergarten(registry), given.resident_id(people.BORN, "2")
    whose = await people.person(registry, place, document=number)
    client = registry.client(REGISTRAR)
    sent = new_bar(document_number=number, since=str(TODAY - 9 * DAY))
    made = (await client.post("/v1/bars", json=sent)).json()["bar"]["id"]
    assert (await client.post("/v1/posts", json=people.new_post(place, whose))).json()["rule"] == "REG-13"
    lifting = {"until": str(TODAY), "because": "改判(演示)"}
    early = await client.post(
        f"/v1/bars/{made}/lift", json=lifting | {"until": str(TODAY - 9 * DAY)}, headers={"If-Match": '"1"'}
    )
    assert early.status_code == 422
    assert (await client.post(f"/v1/bars/{made}/lift", json=lifting)).status_code == 428
    lifted = await client.post(f"/v1/bars/{made}/lift", json=lifting, headers={"If-Match": '"1"'})
    assert BarOut.model_validate_json(lifted.content).until == TODAY
    assert (await client.post("/v1/posts", json=people.new_post(place, whose))).status_code == 201
    for day, count in ((TODAY - DAY, 1), (TODAY, 0)):
        assert len((await client.get("/v1/bars", params={"as_of": str(day)})).json()["items"]) == count


async def test_a_bar_must_make_sense(registry: Service):
    faults: list[dict[str, Any]] = [
        {"document_number": "110199199005060011"},
        {"document_type": "7Z"},
        {"until": str(TODAY)},
        {"ground": "debts"},
        {"decision": ""},
    ]
    for fault in faults:
        answer = await registry.client(REGISTRAR).post("/v1/bars", json=new_bar() | fault)
        assert answer.status_code == 422, (fault, answer.text)


def told(bar: UUID, person: UUID, verb: str = "entered", **changes: Any) -> tuple[str, str, dict[str, Any]]:
    data = {"bar": str(bar), "person": str(person), "since": str(TODAY), "until": None, "lifted_on": None}
    return f"quality.employment_bar.{verb}", f"employment-bars/{bar}", data | changes


async def test_an_ethics_decision_bars_the_person_once_however_often_it_is_told(registry: Service):
    place, number, bar = await given.kindergarten(registry), given.resident_id(people.BORN, "2"), new_id()
    whose = await people.person(registry, place, document=number)
    post = await people.post(registry, whose, place, role="guard")
    await given.tell(registry, "quality", told(bar, whose), told(new_id(), new_id()))
    await given.tell(registry, "quality", told(bar, whose), again=True)
    client = registry.client(REGISTRAR)
    (entry,) = BarPage.model_validate_json((await client.get("/v1/bars")).content).items
    assert (entry.ground, entry.until, entry.since) == ("ethics", None, TODAY)
    lasting = (await client.get(f"/v1/bars/{entry.id}/posts")).json()["items"]
    assert [each["id"] for each in lasting] == [str(post)]
    other = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    refused = await client.post("/v1/posts", json=people.new_post(other, whose))
    assert (refused.status_code, refused.json()["rule"]) == (409, "REG-13")
    (sealed,) = await registry.database.fetch("SELECT document_sealed FROM bars")
    assert given.KEYS.decrypt(bytes(sealed[0]), entry.id.bytes) == number
    events = await registry.database.fetch("SELECT data::text FROM events WHERE type = 'registry.bar.recorded'")
    assert len(events) == 1
    assert str(whose) not in events[0][0]
    await given.tell(registry, "quality", told(bar, whose, "lifted", lifted_on=str(TODAY)))
    (entry,) = BarPage.model_validate_json((await client.get("/v1/bars")).content).items
    assert (entry.until, entry.lifted_because) == (TODAY, "申诉成立,处理决定撤销")
    again = await client.post("/v1/posts", json=people.new_post(other, whose))
    assert again.json().get("rule") != "REG-13"
