"""资格与从业禁止查询: recorded with evidence, warned about before they run out."""

from datetime import timedelta
from typing import Any

import pytest

from services.registry.posts.rules import months_before
from services.registry.qualifications.schemas import (
    BackgroundCheckOut,
    QualificationOut,
    QualificationPage,
    StaffExpiryPage,
)
from tests.registry import given
from tests.registry.staff import people
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)
TODAY, DAY = given.TODAY, timedelta(1)
CERTIFICATE = {"kind": "kindergarten_teacher", "number": "演示0001", "issuer": "怀柔区教委", "issued_on": "2015-07-01"}


async def test_a_qualification_is_recorded_once_corrected_and_revoked(registry: Service):
    whose, client = await people.person(registry), registry.client(REGISTRAR)
    answer = await client.post(f"/v1/staff/{whose}/qualifications", json=CERTIFICATE)
    made = QualificationOut.model_validate_json(answer.content)
    assert (answer.status_code, made.kind, made.expires_on, made.version) == (201, "kindergarten_teacher", None, 1)
    again = await client.post(f"/v1/staff/{whose}/qualifications", json=CERTIFICATE)
    assert (again.status_code, again.json()["code"]) == (409, "qualification-already-recorded")
    address = f"/v1/qualifications/{made.id}"
    early = await client.patch(address, json={"revoked_on": "2015-06-30"}, headers={"If-Match": '"1"'})
    assert (early.status_code, early.json()["code"]) == (422, "invalid-input")
    revoked = await client.patch(address, json={"revoked_on": str(TODAY)}, headers={"If-Match": '"1"'})
    assert (revoked.json()["revoked_on"], revoked.json()["version"]) == (str(TODAY), 2)
    for day, count in ((TODAY - DAY, 1), (TODAY, 0)):
        page = (await client.get("/v1/qualifications", params={"valid_on": str(day)})).content
        assert len(QualificationPage.model_validate_json(page).items) == count


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"issued_on": str(TODAY + DAY)}, 422),
        ({"expires_on": "2015-06-30"}, 422),
        ({"kind": "driver"}, 422),
        ({"expires_on": "2015-07-01"}, 201),
    ],
)
async def test_a_qualification_must_make_sense(registry: Service, fields: dict[str, Any], status: int):
    whose = await people.person(registry)
    answer = await registry.client(REGISTRAR).post(f"/v1/staff/{whose}/qualifications", json=CERTIFICATE | fields)
    assert answer.status_code == status, answer.text


async def test_a_health_certificate_is_good_for_a_year(registry: Service):
    whose, issued = await people.person(registry), str(TODAY)
    sent = {"kind": "health_certificate", "issued_on": issued}
    answer = await registry.client(REGISTRAR).post(f"/v1/staff/{whose}/qualifications", json=sent)
    assert answer.json()["expires_on"] == str(months_before(TODAY, -12))


async def test_answers_about_the_past_are_kept_and_read_by_few(registry: Service):
    place = await given.kindergarten(registry)
    whose = await people.person(registry, place)
    address = f"/v1/staff/{whose}/background-checks"
    clerk, principal = registry.client(("clerk", f"k:{place}")), registry.client(("principal", f"k:{place}"))
    answer = await clerk.post(address, json=people.clear_check(result="found"))
    assert (answer.status_code, BackgroundCheckOut.model_validate_json(answer.content).result) == (201, "found")
    assert (await clerk.get(address)).status_code == 403
    assert len((await principal.get(address)).json()["items"]) == 1
    stranger = registry.client(("principal", f"k:{await given.kindergarten(registry)}"))
    assert (await stranger.get(address)).status_code == 404
    assert (await stranger.post(address, json=people.clear_check())).status_code == 404
    ahead = await clerk.post(address, json=people.clear_check(on=TODAY + DAY))
    assert (ahead.status_code, ahead.json()["errors"][0]["pointer"]) == (422, "/checked_on")


async def test_warnings_come_60_30_and_7_days_before_the_end(registry: Service):
    place = await given.kindergarten(registry)
    days = {61: None, 60: 60, 31: 60, 30: 30, 8: 30, 7: 7, 0: 7, -1: 0}
    for left in days:
        whose = await people.person(registry, name=f"人{left}")
        await people.post(registry, whose, place)
        await people.proof(registry, whose, "guard", expires_on=TODAY + left * DAY)
    client = registry.client(REGISTRAR)
    page = StaffExpiryPage.model_validate_json((await client.get("/v1/staff-expiries")).content)
    expected = sorted((left, warning) for left, warning in days.items() if warning is not None)
    assert [(each.days_left, each.warning) for each in page.items] == expected
    for warning in (60, 30, 7, 0):
        asked = (await client.get("/v1/staff-expiries", params={"warning": warning})).json()["items"]
        assert len(asked) == list(days.values()).count(warning), warning
    first = (await client.get("/v1/staff-expiries", params={"limit": 4})).json()
    rest = (await client.get("/v1/staff-expiries", params={"limit": 4, "after": first["next"]})).json()
    assert len(first["items"]) + len(rest["items"]) == 7
    assert (await client.get("/v1/staff-expiries", params={"as_of": "1950-01-01"})).status_code == 422


async def test_only_the_latest_of_a_kind_counts_and_only_of_those_at_work(registry: Service):
    place = await given.kindergarten(registry)
    renewed, gone, due = [await people.person(registry) for _ in range(3)]
    for each in (renewed, due):
        await people.post(registry, each, place)
    await people.post(registry, gone, place, until=TODAY)
    for each in (renewed, gone):
        await people.proof(registry, each, "health_certificate", TODAY - 365 * DAY, expires_on=TODAY)
    await people.proof(registry, renewed, "health_certificate", TODAY, expires_on=TODAY + 365 * DAY)
    await people.check(registry, due, months_before(TODAY + 20 * DAY, 12))
    await people.check(registry, renewed, months_before(TODAY + 20 * DAY, 12))
    await people.check(registry, renewed, TODAY)
    found = (await registry.client(("clerk", f"k:{place}")).get("/v1/staff-expiries")).json()["items"]
    assert [(each["kind"], each["person"], each["warning"]) for each in found] == [("background_check", str(due), 30)]
    other = registry.client(("clerk", f"k:{await given.kindergarten(registry)}"))
    assert (await other.get("/v1/staff-expiries")).json()["items"] == []
