"""What the radar looks at arrives by registry's feed, in whatever order and as often as it is told."""

from typing import Any
from uuid import UUID

from shared.contracts.registry import (
    ATTENDANCE_TAKEN,
    CALENDAR_CHANGED,
    CLASS_FORMED,
    ENROLMENT_WITHDRAWN,
    HEADCOUNT_CERTIFIED,
    POST_ENDED,
)
from shared.ids import new_id
from tests.finance import given
from tests.finance.given import ok, refused
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service

MONTH = "2025-10-01"


async def taken(finance: Service, of: UUID, room: UUID, day: str, children: int, present: int) -> None:
    said = {"day": day, "children": children, "half_days": {"present": present, "sick": 2 * children - present}}
    data = {"class_id": str(room), "kindergarten": str(of), "days": [said], "synthetic": True}
    await given.told(finance, ATTENDANCE_TAKEN, data)


async def calendar(finance: Service, of: UUID, since: str, until: str, *, open: bool) -> None:
    data = {"kindergarten": str(of), "since": since, "until": until, "open": open, "reason": "示意"}
    await given.told(finance, CALENDAR_CHANGED, data)


async def hits(finance: Service, rule: str, month: str = MONTH) -> list[dict[str, Any]]:
    query = {"month": month, "rule": rule}
    rows: list[dict[str, Any]] = ok(await given.approver(finance).get("/v1/improper-payments", params=query))["items"]
    return rows


async def test_attendance_counts_against_the_countrys_days_and_the_kindergartens_own(finance: Service):
    of, room = await given.kindergarten(finance), new_id()
    await taken(finance, of, room, "2025-10-11", 20, 38)  # a Saturday that is worked for the holidays
    await taken(finance, of, room, "2025-10-14", 20, 40)
    assert await hits(finance, "RAD-03") == []
    await taken(finance, of, room, "2025-10-18", 20, 40)  # a Saturday
    await taken(finance, of, room, "2025-10-19", 20, 0)  # nobody was there
    (hit,) = await hits(finance, "RAD-03")
    assert [row["day"] for row in hit["evidence"]["rows"]] == ["2025-10-18"]
    await calendar(finance, of, "2025-10-18", "2025-10-19", open=True)
    assert await hits(finance, "RAD-03") == []
    await calendar(finance, of, "2025-10-13", "2025-10-18", open=False)
    assert [row["day"] for row in (await hits(finance, "RAD-03"))[0]["evidence"]["rows"]] == ["2025-10-14"]


async def test_a_correction_of_one_child_leaves_the_day_as_it_was_taken(finance: Service):
    of, room = await given.kindergarten(finance), new_id()
    await taken(finance, of, room, "2025-10-18", 20, 40)
    await taken(finance, of, room, "2025-10-18", 1, 0)
    assert (await hits(finance, "RAD-03"))[0]["evidence"]["rows"][0]["children"] == 20


async def test_a_class_is_over_its_capacity_one_child_above_its_limit(finance: Service):
    await quota(finance)
    of, room = await given.kindergarten(finance), new_id()
    fact = {"id": str(room), "kindergarten": str(of), "school_year": 2025, "name": "小一班", "kind": "small"}
    fact |= {"standard_size": 25, "hard_limit": 30, "since": "2025-09-01", "until": "2026-09-01", "synthetic": True}
    await given.told(finance, CLASS_FORMED, fact | {"version": 2})
    await given.told(finance, CLASS_FORMED, fact | {"version": 1, "hard_limit": 99})
    for revision, children, found in ((1, 30, 0), (2, 31, 1)):
        await _certified(finance, of, room, children, revision)
        assert len(await hits(finance, "RAD-05")) == found
    await given.approved(finance, MONTH)
    (hit,) = await hits(finance, "RAD-05")
    assert (hit["children"], hit["amount"]) == (1, "700.00")
    assert hit["evidence"]["rows"] == [{"class_id": str(room), "certified": 31, "limit": 30}]


async def test_a_period_taken_back_before_it_began_never_was(finance: Service):
    first, second, child = await given.kindergarten(finance), await given.kindergarten(finance), new_id()
    enrolment = new_id()
    await given.enrolled(finance, first, child=child)
    await given.enrolled(finance, second, child=child, id=enrolment)
    for of in (first, second):
        await given.headcount(finance, of, MONTH, {"small": 1})
    assert len(await hits(finance, "RAD-02")) == 2
    fact: dict[str, Any] = {"id": str(enrolment), "child": str(child), "class_id": str(new_id()), "class_kind": "small"}
    fact |= {"kindergarten": str(second), "since": "2025-09-01", "until": None, "reason_in": "admission"}
    await given.told(finance, ENROLMENT_WITHDRAWN, fact | {"reason_out": None, "synthetic": True, "version": 1})
    assert await hits(finance, "RAD-02") == []


async def test_full_time_posts_that_only_follow_one_another_are_nobodys_ghost(finance: Service):
    first, second, person = await given.kindergarten(finance), await given.kindergarten(finance), new_id()
    post = new_id()
    await given.post(finance, first, person=person, id=post)
    await given.post(finance, second, person=person, since="2025-10-10")
    assert {row["kindergarten"] for row in await hits(finance, "RAD-07")} == {str(first), str(second)}
    fact: dict[str, Any] = {
        "id": str(post),
        "person": str(person),
        "kindergarten": str(first),
        "role": "teacher",
        "class_id": None,
    }
    fact |= {"employment": "contract", "full_time": True, "since": "2024-09-01", "until": "2025-10-10"}
    await given.told(finance, POST_ENDED, fact | {"reason_out": "transfer", "synthetic": True, "version": 2})
    assert await hits(finance, "RAD-07") == []
    assert await hits(finance, "RAD-07", "2025-09-01") == []


async def test_links_of_ownership_are_entered_by_the_district_and_end(finance: Service):
    officer = given.preparer(finance)
    sent = {"owner": "某甲", "owned": "某公司", "relation": "holds", "share": "0.51", "since": "2024-01-01"}
    sent |= {"source": "企业信用信息公示系统"}
    made = ok(await officer.post("/v1/ownerships", json=sent), 201)
    assert made["share"] == "0.51"
    refused(await officer.post("/v1/ownerships", json=sent), "ownership-already-entered")
    for wrong in ({"owned": "某甲"}, {"share": "1.5"}, {"share": "0"}, {"until": "2024-01-01"}, {"relation": "likes"}):
        assert (await officer.post("/v1/ownerships", json=sent | wrong)).status_code == 422, wrong
    town = finance.client(("finance_preparer", "110116102"))
    refused(await town.post("/v1/ownerships", json=sent | {"owner": "某乙"}), "district-decides", 403)
    ended = ok(await officer.post(f"/v1/ownerships/{made['id']}/endings", json={"until": "2025-06-01"}))
    assert ended["until"] == "2025-06-01"
    late = await officer.post(f"/v1/ownerships/{made['id']}/endings", json={"until": "2023-06-01"})
    refused(late, "invalid-input", 422)
    rows = ok(await given.approver(finance).get("/v1/ownerships", params={"name": "某公司"}))["items"]
    assert [row["id"] for row in rows] == [made["id"]]


async def _certified(finance: Service, of: UUID, room: UUID, children: int, revision: int) -> None:
    counted = {"class_id": str(room), "kind": "small", "children": children, "last_year_children": 0, "child_days": 100}
    data = {"kindergarten": str(of), "division": given.VILLAGE, "month": MONTH, "revision": revision}
    data |= {"count_day": "2025-10-15", "open_days": 20, "classes": [counted], "certified_by": "r", "hash": "h"}
    await given.told(finance, HEADCOUNT_CERTIFIED, data)
