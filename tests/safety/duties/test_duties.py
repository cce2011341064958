"""Duty: gaps are known before they happen, check-ins on the day, absence and lateness after."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from services.safety.duties.rules import HERE, Post, gaps
from services.safety.duties.schemas import ContactPlanOut, DutyGapOut, DutyPostPage
from shared.workdays import is_working_day
from tests.safety import given
from tests.safety.given import TODAY
from tests.stack import Service

MONDAY = date(2026, 11, 2)
POST = Post("p", time(7, 20), MONDAY, None)
AT = datetime.combine(MONDAY, time(7, 20), HERE)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("roster", "now", "kind"),
    [
        (None, AT - timedelta(days=30), "nobody"),  # before it happens
        ([None], AT - MINUTE, None),
        ([None], AT, "absent"),
        ([AT], AT + MINUTE, None),
        ([AT + MINUTE], AT + 2 * MINUTE, "late"),
        ([None, AT - MINUTE], AT + MINUTE, None),
    ],
)
def test_a_post_is_held_or_missing(roster: list[datetime | None] | None, now: datetime, kind: str | None):
    rostered = {("p", MONDAY): roster} if roster else {}
    found = gaps([POST], rostered, MONDAY, MONDAY, now)
    assert [each.kind for each in found] == ([kind] if kind else [])


def test_nobody_stands_on_holidays_or_after_the_last_day():
    holiday = date(2026, 10, 1)
    ended = Post("p", time(7, 20), date(2026, 9, 1), MONDAY)
    assert gaps([ended], {}, holiday, holiday, AT) == []
    assert gaps([ended], {}, MONDAY, MONDAY, AT) == []


async def test_posts_rosters_and_check_ins(safety: Service):
    garden = await given.kindergarten(safety)
    police = safety.client(("police", given.DISTRICT))
    new: dict[str, Any] = {"kindergarten": str(garden), "kind": "peak", "place": "东门", "since": TODAY.isoformat()}
    wrong = await police.post("/v1/duty-posts", json=new | {"begins": "09:00", "ends": "08:00"})
    assert wrong.json()["code"] == "post-ends-after-it-begins"
    answer = await police.post("/v1/duty-posts", json=new | {"begins": "07:20", "ends": "08:20"})
    assert answer.status_code == 201, answer.text
    made = answer.json()["id"]
    later = TODAY + timedelta(14)
    query = {"since": (TODAY + timedelta(1)).isoformat(), "until": later.isoformat()}
    before = [DutyGapOut.model_validate(each) for each in (await police.get("/v1/duty-gaps", params=query)).json()]
    working = [day for step in range(1, 15) if is_working_day(day := TODAY + timedelta(step))]
    assert [each.day for each in before] == working
    days = [TODAY, *working]
    entries = [{"day": day.isoformat(), "force": "police", "label": "北房所1号"} for day in days]
    duties = (await police.post(f"/v1/duty-posts/{made}/roster", json={"entries": entries})).json()
    assert (await police.get("/v1/duty-gaps", params=query)).json() == []
    twice = await police.post(f"/v1/duty-posts/{made}/roster", json={"entries": entries[:1]})
    assert twice.json()["code"] == "rostered-already"
    today_, *others = [each["id"] for each in duties]
    assert (await police.post(f"/v1/duties/{today_}/check-ins", json={})).status_code == 201
    assert (await police.post(f"/v1/duties/{today_}/check-ins", json={})).json()["code"] == "checked-in-already"
    assert (await police.post(f"/v1/duties/{others[0]}/check-ins", json={})).json()["code"] == "not-on-duty-today"
    page = await police.get("/v1/duty-posts", params={"kindergarten": str(garden)})
    assert len(DutyPostPage.model_validate_json(page.content).items) == 1
    assert (await police.get(f"/v1/duty-posts/{made}/roster")).json()[0]["checked_in_at"]


async def test_a_contact_plan_says_who_is_missing(safety: Service):
    garden = await given.kindergarten(safety)
    principal = safety.client(("principal", f"k:{garden}"))
    plan = {"contacts": [{"kind": "police_station", "unit": "北房派出所(演示)", "phone": "010-00000000"}]}
    answer = await principal.put(f"/v1/contact-plans/{garden}", json=plan | {"agreed_on": TODAY.isoformat()})
    assert answer.status_code == 200, answer.text
    found = ContactPlanOut.model_validate_json((await principal.get(f"/v1/contact-plans/{garden}")).content)
    assert (len(found.contacts), len(found.missing)) == (1, 5)
