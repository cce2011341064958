"""转园, 调班: whoever sees both kindergartens moves a child in one step, else each side says its part."""

import pytest

from services.registry.enrolments.calendar import follow_calendar
from services.registry.enrolments.schemas import EnrolmentPage, Transferred
from shared.contracts.registry import EnrolmentFact
from shared.jobs import queue
from tests.registry import given
from tests.registry.enrolments.asking import BEGINS, DAY, REGISTRAR, enrol, identity
from tests.stack import Service


async def test_the_registrar_transfers_between_kindergartens_in_one_step(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    early = BEGINS - 30 * DAY  # so that there is a day before today on every day of the year
    former, new = await given.class_(registry, here, since=early), await given.class_(registry, there, since=early)
    child, client = await given.child(registry), registry.client(REGISTRAR)
    made = (await enrol(client, child, former, early)).json()["id"]
    on = given.TODAY
    answer = await client.post(f"/v1/enrolments/{made}/transfer", json={"class_id": str(new), "on": str(on)})
    assert answer.status_code == 201, answer.text
    both = Transferred.model_validate_json(answer.content)
    assert (both.ended.until, both.ended.reason_out) == (on, "transfer")
    assert (both.began.since, both.began.reason_in, both.began.kindergarten) == (on, "transfer", there)
    before, after = registry.client(("principal", f"k:{here}")), registry.client(("principal", f"k:{there}"))
    assert (await before.get(f"/v1/children/{child}")).status_code == 404
    assert (await after.get(f"/v1/children/{child}")).status_code == 200
    kept = EnrolmentPage.model_validate_json((await before.get("/v1/enrolments")).content)
    assert [str(each.id) for each in kept.items] == [made]
    assert (await before.get(f"/v1/enrolments/{both.began.id}")).status_code == 404


async def test_a_kindergarten_releases_a_child_and_another_enrols_it(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry)
    former, new = await given.class_(registry, here), await given.class_(registry, there)
    number = given.resident_id()
    child = await given.child(registry, document=number)
    before, after = registry.client(("principal", f"k:{here}")), registry.client(("principal", f"k:{there}"))
    made = (await enrol(registry.client(REGISTRAR), child, former)).json()["id"]
    wish = {"class_id": str(new), "on": str(BEGINS + 5 * DAY)}
    assert (await before.post(f"/v1/enrolments/{made}/transfer", json=wish)).status_code == 404
    assert (await after.post(f"/v1/enrolments/{made}/transfer", json=wish)).status_code == 404
    ending = {"until": str(BEGINS + 5 * DAY), "reason": "transfer"}
    assert (await before.post(f"/v1/enrolments/{made}/end", json=ending)).status_code == 200
    sent = {"identity": identity(number), "class_id": str(new), "since": str(BEGINS + 5 * DAY)}
    answer = await after.post("/v1/enrolments", json=sent)
    assert (answer.status_code, answer.json()["reason_in"]) == (201, "transfer")


async def test_a_principal_regroups_within_its_kindergarten(registry: Service):
    kindergarten = await given.kindergarten(registry)
    one, two = [await given.class_(registry, kindergarten, standard_size=1, hard_limit=1) for _ in range(2)]
    principal = registry.client(("principal", f"k:{kindergarten}"))
    child, other = await given.child(registry), await given.child(registry)
    made = await given.enrolment(registry, child, one)
    full = await given.enrolment(registry, other, two)
    wish = {"class_id": str(two), "on": str(BEGINS + 7 * DAY)}
    refused = await principal.post(f"/v1/enrolments/{made}/transfer", json=wish)
    assert (refused.status_code, refused.json()["code"]) == (409, "class-is-full")
    await principal.post(f"/v1/enrolments/{full}/end", json={"until": str(BEGINS + 7 * DAY), "reason": "left"})
    answer = await principal.post(f"/v1/enrolments/{made}/transfer", json=wish)
    both = Transferred.model_validate_json(answer.content)
    assert (both.ended.reason_out, both.began.reason_in) == ("regrouping", "regrouping")
    same = await principal.post(f"/v1/enrolments/{both.began.id}/transfer", json=wish)
    assert (same.status_code, same.json()["code"]) == (409, "already-in-the-class")


async def test_a_child_stays_with_its_kindergarten_until_the_day_it_leaves(
    registry: Service, monkeypatch: pytest.MonkeyPatch
):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry)
    early = BEGINS - 30 * DAY
    former = await given.class_(registry, here, since=early, until=given.TODAY + 300 * DAY)
    new = await given.class_(registry, there, until=given.TODAY + 300 * DAY)
    child, client = await given.child(registry), registry.client(REGISTRAR)
    made = (await enrol(client, child, former, early)).json()["id"]
    await client.post(f"/v1/enrolments/{made}/transfer", json={"class_id": str(new), "on": str(given.TODAY + DAY)})
    before, after = registry.client(("principal", f"k:{here}")), registry.client(("principal", f"k:{there}"))
    assert [(await each.get(f"/v1/children/{child}")).status_code for each in (before, after)] == [200, 404]
    # The day comes: what is recorded for tomorrow is moved to today, past every trigger.
    await registry.database.fetch(
        "SET session_replication_role = replica; UPDATE enrolments SET until = until - 1 WHERE until < '9999-01-01';"
        " UPDATE enrolments SET since = since - 1, previous_until = since - 1 WHERE previous_until IS NOT NULL"
    )
    monkeypatch.setattr(queue, "database", registry.app.state.database, raising=False)
    await follow_calendar(0)
    assert [(await each.get(f"/v1/children/{child}")).status_code for each in (before, after)] == [404, 200]
    assert await registry.database.fetch("SELECT follow_calendar()") == [(0,)]


async def test_who_enters_on_a_coming_day_is_seen_by_its_future_kindergarten(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten, until=given.TODAY + 300 * DAY)
    child, client = await given.child(registry), registry.client(REGISTRAR)
    assert (await enrol(client, child, room, given.TODAY + 3 * DAY)).status_code == 201
    principal = registry.client(("principal", f"k:{kindergarten}"))
    seen = (await principal.get("/v1/children")).json()["items"]
    assert [(each["id"], each["class_id"]) for each in seen] == [(str(child), None)]
    then = (await principal.get("/v1/children", params={"as_of": str(given.TODAY + 3 * DAY)})).json()["items"]
    assert then[0]["class_id"] == str(room)


async def test_events_tell_of_both_halves_of_a_transfer_each_to_its_kindergarten(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry)
    former, new = await given.class_(registry, here), await given.class_(registry, there, kind="middle")
    child, client = await given.child(registry, name="某某某"), registry.client(REGISTRAR)
    made = (await enrol(client, child, former)).json()["id"]
    wish = {"class_id": str(new), "on": str(BEGINS + 3 * DAY)}
    began = (await client.post(f"/v1/enrolments/{made}/transfer", json=wish)).json()["began"]["id"]
    etag = {"If-Match": '"1"'}
    await client.patch(f"/v1/enrolments/{began}", json={"note": "更正"}, headers=etag)
    await registry.numbered()
    told = {}
    for kindergarten in (here, there):
        principal = registry.client(("principal", f"k:{kindergarten}"))
        answer = await principal.get("/v1/events", params={"types": "registry.enrolment."})
        assert "某某某" not in answer.text
        told[kindergarten] = [
            (each["type"].rsplit(".", 1)[1], each["subject"], EnrolmentFact.model_validate(each["data"]).class_kind)
            for each in answer.json()["items"]
        ]
    assert told[here] == [("began", f"enrolments/{made}", "small"), ("ended", f"enrolments/{made}", "small")]
    assert told[there] == [("began", f"enrolments/{began}", "middle"), ("corrected", f"enrolments/{began}", "middle")]
