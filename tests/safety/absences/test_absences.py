"""SAF-14: away more than three months, a child is examined before it returns; both sides of the boundary."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.safety.absences.following import HANDLERS
from services.safety.absences.rules import MACHINE, last_return_without_exam
from services.safety.absences.schemas import AbsenceOut, AbsencePage, HealthExamPage
from services.safety.parameters.published import PARAMETERS
from services.safety.timers.rules import months_after
from shared.contracts.registry import ENROLMENT_BEGAN, ENROLMENT_CORRECTED, ENROLMENT_ENDED
from shared.db import Database
from shared.ids import new_id
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.safety.offering import accepted
from tests.stack import Service


@pytest.mark.parametrize(
    ("last_there", "free_until"),
    [
        (date(2026, 1, 15), date(2026, 4, 15)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_more_than_three_months_begins_on_the_day_after(last_there: date, free_until: date):
    assert last_return_without_exam(PARAMETERS, last_there, date(2026, 12, 1)) == free_until


def last_there(days_over: int) -> date:
    """A day such that today is so many days after the last one free to return on."""
    day = TODAY - timedelta(80)
    while (TODAY - months_after(day, 3)).days < days_over:
        day -= timedelta(1)
    return day


def away(garden: UUID, child: UUID, since: date) -> dict[str, Any]:
    return {"kindergarten": str(garden), "child": str(child), "cause": "illness", "last_present_on": since.isoformat()}


def exam(garden: UUID, child: UUID, on: date, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(garden), "child": str(child), "kind": "return", "examined_on": on.isoformat(),
        "institution": "区妇幼保健院(演示)", "fit": True,
    } | fields  # fmt: skip


@pytest.mark.parametrize(("days_over", "code"), [(0, 201), (1, 409)])
async def test_a_child_returns_up_to_three_months_without_examination(safety: Service, days_over: int, code: int):
    garden, child = await given.kindergarten(safety), new_id()
    teacher = safety.client(("teacher", f"k:{garden}"))
    made = await teacher.post("/v1/absences", json=away(garden, child, last_there(days_over)))
    assert made.status_code == 201, made.text
    assert made.json()["blocked"] is (days_over > 0)
    answer = await teacher.post(f"/v1/absences/{made.json()['id']}/returns", json={})
    assert answer.status_code == code, answer.text
    if code == 409:
        assert answer.json()["code"] == "health-exam-needed"


async def test_only_a_passed_examination_made_meanwhile_opens_the_door(safety: Service):
    garden, child = await given.kindergarten(safety), new_id()
    clerk, since = safety.client(("clerk", f"k:{garden}")), last_there(10)
    made = (await clerk.post("/v1/absences", json=away(garden, child, since))).json()
    back = f"/v1/absences/{made['id']}/returns"
    for refused in (exam(garden, child, since), exam(garden, child, TODAY, fit=False), exam(garden, new_id(), TODAY)):
        assert (await clerk.post("/v1/health-exams", json=refused)).status_code == 201
        assert (await clerk.post(back, json={})).json()["code"] == "health-exam-needed"
    blocked = await safety.client(OFFICER).get("/v1/absences", params={"blocked": True})
    assert [str(each.id) for each in AbsencePage.model_validate_json(blocked.content).items] == [made["id"]]
    good = (await clerk.post("/v1/health-exams", json=exam(garden, child, since + timedelta(1)))).json()
    found = AbsenceOut.model_validate_json((await clerk.post(back, json={"note": "复园"})).content)
    assert (found.state, found.returned_on, str(found.exam)) == ("returned", TODAY, good["id"])
    listed = await clerk.get("/v1/health-exams", params={"child": str(child), "fit": True})
    assert len(HealthExamPage.model_validate_json(listed.content).items) == 2
    assert (await clerk.post(back, json={})).json()["code"] == "not-in-this-state"


async def test_the_morning_check_admits_nobody_who_must_be_examined(safety: Service):
    garden, child, other = await given.kindergarten(safety), new_id(), new_id()
    teacher = safety.client(("teacher", f"k:{garden}"))
    address, check = f"/v1/morning-checks/{garden}/大一班/{TODAY}", {"present": 20, "absent": 0}
    unknown = await teacher.put(address, json=check | {"returning": [{"child": str(child)}]})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/returning")
    long = check | {"returning": [{"child": str(child), "last_present_on": last_there(1).isoformat()}]}
    assert (await teacher.put(address, json=long)).json()["code"] == "health-exam-needed"
    assert await safety.database.fetch("SELECT 1 FROM morning_checks") == []
    await teacher.post("/v1/absences", json=away(garden, other, last_there(0)))
    short = check | {"returning": [{"child": str(other)}]}
    for _ in range(2):  # said again nothing changes
        assert (await teacher.put(address, json=short)).status_code == 200
    await teacher.post("/v1/health-exams", json=exam(garden, child, TODAY))
    assert (await teacher.put(address, json=long)).status_code == 200
    rows = await safety.database.fetch("SELECT state, returned_on FROM absences")
    assert rows == [("returned", TODAY)] * 2


async def told(safety: Service, kind: str, enrolment: UUID, child: UUID, garden: UUID, **fields: Any) -> None:
    fact = {
        "id": str(enrolment), "child": str(child), "class_id": str(new_id()), "class_kind": "small",
        "kindergarten": str(garden), "since": "2024-09-01", "until": None, "reason_in": "new", "reason_out": None,
        "synthetic": True, "version": 1,
    } | fields  # fmt: skip
    database: Database = safety.app.state.database
    async with database.begin(database.system) as session:
        await HANDLERS[kind](session, {"data": fact})


async def test_what_the_register_tells_blocks_a_late_return_at_another_kindergarten(safety: Service):
    garden, next_garden, child, first = (
        await given.kindergarten(safety),
        await given.kindergarten(safety),
        new_id(),
        new_id(),
    )
    left = last_there(1) + timedelta(1)
    for _ in range(2):
        await told(safety, ENROLMENT_ENDED, first, child, garden, until=str(left), reason_out="left")
    await told(safety, ENROLMENT_BEGAN, new_id(), child, next_garden, since=str(TODAY))
    principal = safety.client(("principal", f"k:{next_garden}"))
    (found,) = (await principal.get("/v1/absences", params={"blocked": True})).json()["items"]
    assert (found["cause"], found["last_present_on"]) == ("left", str(left - timedelta(1)))
    refused = await principal.post(f"/v1/absences/{found['id']}/returns", json={})
    assert refused.json()["code"] == "health-exam-needed"


@pytest.mark.parametrize("reason", ["graduated", "promotion", "regrouping"])
async def test_moving_up_is_no_absence(safety: Service, reason: str):
    garden = await given.kindergarten(safety)
    await told(safety, ENROLMENT_ENDED, new_id(), new_id(), garden, until=str(TODAY), reason_out=reason)
    assert await safety.database.fetch("SELECT 1 FROM absences") == []


async def test_a_soon_return_closes_it_and_an_end_taken_back_never_was(safety: Service):
    garden, child, other, first = await given.kindergarten(safety), new_id(), new_id(), new_id()
    await told(safety, ENROLMENT_ENDED, new_id(), child, garden, until=str(TODAY - timedelta(9)), reason_out="left")
    await told(safety, ENROLMENT_BEGAN, new_id(), child, garden, since=str(TODAY))
    await told(safety, ENROLMENT_ENDED, first, other, garden, until=str(TODAY), reason_out="left")
    await told(safety, ENROLMENT_CORRECTED, first, other, garden, version=2)
    rows = await safety.database.fetch("SELECT child, state FROM absences")
    assert dict(rows) == {child: "returned", other: "withdrawn"}


@pytest.mark.parametrize("state", ["away", "away too long", "returned", "withdrawn"])
async def test_what_is_offered_is_what_is_accepted(safety: Service, state: str):
    garden = await given.kindergarten(safety)
    since = last_there(1) if state == "away too long" else TODAY - timedelta(3)

    async def stored() -> UUID:
        row = {
            "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "child": new_id(),
            "class_name": "小一班", "state": state.split(maxsplit=1)[0], "cause": "illness", "last_present_on": since,
            "free_until": months_after(since, 3), "returned_on": TODAY if state == "returned" else None,
            "recorded_by": "x",
        }  # fmt: skip
        await given.insert(safety, "absences", row)
        return UUID(str(row["id"]))

    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "follow_up": ("follow-ups", {"note": "演示"}),
        "return": ("returns", {}),
        "withdraw": ("withdrawals", {"note": "演示"}),
    }
    count = await accepted(safety, "absences", MACHINE, ways, garden, stored)
    assert (count > 0) is state.startswith("away")
