"""核定: one prepares, another certifies exactly that; what is certified stays, corrections are revisions."""

import asyncio
import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from services.registry.ages.rules import school_year
from services.registry.attendance.rules import days_of, month_after, month_of
from services.registry.headcounts.schemas import HeadcountDetail, HeadcountPage, HeadcountPreview, UncertifiedMonthPage
from shared.contracts.registry import HeadcountFact, HeadcountRevisionFact
from shared.workdays import is_working_day
from tests.registry import given
from tests.stack import Service

DAY = timedelta(1)
LAST = month_of(month_of(given.TODAY) - DAY)
OPEN = [day for day in days_of(LAST) if is_working_day(day)]
COUNT_DAY = next(day for day in OPEN if day.day >= 15)
YEAR = school_year(COUNT_DAY)
PRESENT = {"morning": "present", "afternoon": "present"}
SICK = {"morning": "sick", "afternoon": "sick"}
FIVE = date(YEAR - 6, 9, 1)  # five at the cut-off: the last year before school
FOUR = date(YEAR - 5, 9, 1)


class Place:
    """A kindergarten with a class, and the people who work there."""

    def __init__(self, registry: Service, id: UUID, room: UUID, children: list[UUID]) -> None:
        self.registry, self.id, self.room, self.children = registry, id, room, children
        scope = f"k:{id}"
        self.clerk = registry.client(("clerk", scope), sub="clerk")
        self.principal = registry.client(("principal", scope), sub="principal")
        self.both = registry.client(("clerk", scope), ("principal", scope), sub="both")

    async def take(self, days: Iterable[date] = OPEN, *, room: UUID | None = None, sick: UUID | None = None) -> None:
        marks = [SICK | {"child": str(sick)}] if sick else []
        sent = {"days": [{"day": str(day), "others": PRESENT, "marks": marks} for day in days]}
        answer = await self.clerk.put(
            f"/v1/classes/{room or self.room}/attendance", params={"month": str(LAST)}, json=sent
        )
        assert answer.status_code == 200, answer.text

    async def prepare(self, client: httpx.AsyncClient | None = None, **params: Any) -> httpx.Response:
        sent = {"kindergarten": str(self.id), "month": str(LAST)}
        return await (client or self.clerk).post("/v1/headcounts", json=sent, params=params)

    async def certified(self) -> HeadcountDetail:
        made = await self.prepare()
        assert made.status_code == 201, made.text
        answer = await self.step(made.json()["id"], "certifications", self.principal)
        assert answer.status_code == 200, answer.text
        return HeadcountDetail.model_validate_json(answer.content)

    async def step(self, id: Any, what: str, client: httpx.AsyncClient, **sent: Any) -> httpx.Response:
        return await client.post(f"/v1/headcounts/{id}/{what}", json=sent or None)


@pytest.fixture
async def place(registry: Service) -> Place:
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten, kind="mixed", year=YEAR)
    children = [
        *await given.pupils(registry, room, 2, birth=FIVE),
        *await given.pupils(registry, room, 1, birth=FOUR),
    ]
    return Place(registry, kindergarten, room, children)


def recomputed_hash(found: HeadcountDetail) -> str:
    """The hash as anyone can compute it from what the API answers."""
    head = ["headcount 1", found.kindergarten, found.month, found.revision, found.count_day, found.open_days]
    lines = [
        f"{each.class_id} {each.kind.value} {each.children} {each.last_year_children} {each.half_days} {each.roll_hash}"
        for each in sorted(found.classes, key=lambda each: str(each.class_id))
    ]
    text = "\n".join([*map(str, head), found.previous_hash or "-", *lines])
    return hashlib.sha256(text.encode()).hexdigest()


async def test_a_month_is_prepared_by_one_and_certified_by_another(place: Place):
    await place.take()
    preview = HeadcountPreview.model_validate_json((await place.prepare(preview=True)).content)
    assert (preview.children, preview.last_year_children, preview.child_days) == (3, 2, 3 * len(OPEN))
    assert (preview.count_day, preview.open_days, preview.missing) == (COUNT_DAY, len(OPEN), [])
    assert "illustrative" in preview.count_day_source
    found = await place.certified()
    assert (found.state, found.revision, found.prepared_by, found.certified_by) == (
        "certified",
        1,
        "clerk",
        "principal",
    )
    assert (found.children, found.last_year_children, found.child_days, found.nursery_children) == (
        3,
        2,
        3 * len(OPEN),
        0,
    )
    assert found.hash == preview.hash == recomputed_hash(found)
    rows = await place.registry.database.fetch(
        "SELECT subject, data FROM events WHERE type = 'registry.headcount.certified'"
    )
    fact = HeadcountFact.model_validate(rows[0][1])
    assert rows[0][0] == f"headcounts/{found.id}"
    assert (fact.revision, fact.hash, fact.certified_by, fact.open_days) == (1, found.hash, "principal", len(OPEN))
    assert [(each.class_id, each.children, each.last_year_children, each.child_days) for each in fact.classes] == [
        (place.room, 3, 2, 3 * len(OPEN))
    ]


async def test_the_roll_behind_the_numbers_is_kept_and_hashed(place: Place):
    await place.take(sick=min(place.children))
    await place.certified()
    ((roll, digest),) = await place.registry.database.fetch("SELECT roll, roll_hash FROM headcount_classes")
    assert [entry[0] for entry in roll] == sorted(map(str, place.children))
    assert roll[0][1:] == [1, 1, 0]
    text = "\n".join(" ".join(map(str, entry)) for entry in roll)
    assert hashlib.sha256(text.encode()).hexdigest() == digest


async def test_nobody_certifies_what_they_prepared_themselves(place: Place):
    await place.take()
    made = await place.prepare(place.both)
    answer = await place.step(made.json()["id"], "certifications", place.both)
    assert (answer.status_code, answer.json()["code"]) == (409, "another-person-certifies")
    assert (await place.step(made.json()["id"], "certifications", place.clerk)).status_code == 403
    assert (await place.step(made.json()["id"], "certifications", place.principal)).status_code == 200
    assert (await place.prepare(place.principal)).status_code == 403


async def test_a_month_without_all_its_attendance_is_not_prepared(place: Place):
    await place.take(OPEN[1:])
    answer = await place.prepare()
    assert (answer.status_code, answer.json()["code"]) == (409, "attendance-incomplete")
    assert answer.json()["missing"] == [{"class_id": str(place.room), "day": str(OPEN[0])}]
    preview = HeadcountPreview.model_validate_json((await place.prepare(preview=True)).content)
    assert [(each.class_id, each.day) for each in preview.missing] == [(place.room, OPEN[0])]


async def test_a_month_that_is_not_over_is_not_prepared(place: Place):
    sent = {"kindergarten": str(place.id), "month": str(given.TODAY)}
    answer = await place.clerk.post("/v1/headcounts", json=sent)
    assert (answer.status_code, answer.json()["code"]) == (409, "month-not-over")


async def test_a_certified_month_is_closed_to_attendance_and_enrolment(place: Place):
    await place.take()
    found = await place.certified()
    late = {"marks": [{"child": str(place.children[0]), **SICK}], "others": PRESENT}
    address = f"/v1/classes/{place.room}/attendance/{OPEN[0]}"
    answer = await place.clerk.put(address, json=late)
    assert (answer.status_code, answer.json()["code"]) == (409, "month-is-certified")
    assert (await place.clerk.put(address, json={"others": PRESENT})).status_code == 200  # says nothing new
    assert (await place.clerk.get(address)).json()["writable"] is False
    entry = {"since": str(LAST), "until": str(month_after(LAST)), "open": False, "reason": "放假"}
    answer = await place.clerk.post(f"/v1/kindergartens/{place.id}/calendar", json=entry)
    assert (answer.status_code, answer.json()["code"]) == (409, "month-is-certified")
    await place.registry.database.fetch(
        "UPDATE enrolments SET until = %s, reason_out = 'left' WHERE child = %s", OPEN[0], place.children[0]
    )
    again = HeadcountDetail.model_validate_json((await place.principal.get(f"/v1/headcounts/{found.id}")).content)
    assert again == found


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE headcounts SET open_days = 1",
        "UPDATE headcounts SET state = 'withdrawn', certified_by = NULL, certified_at = NULL",
        "DELETE FROM headcounts",
        "UPDATE headcount_classes SET children = 9",
        "DELETE FROM headcount_classes",
        """INSERT INTO headcount_classes SELECT headcount, uuid_v7(), kindergarten, division, name, kind, children,
        last_year_children, half_days, child_days, roll, roll_hash FROM headcount_classes""",
    ],
)
async def test_the_database_itself_keeps_what_is_certified(place: Place, change: str):
    await place.take()
    await place.certified()
    with pytest.raises(psycopg.errors.CheckViolation):
        await place.registry.database.fetch(change)


async def test_a_certified_month_moves_with_its_kindergarten(place: Place):
    await place.take()
    found = await place.certified()
    await place.registry.database.fetch(
        "UPDATE kindergartens SET division = %s WHERE id = %s", given.OTHER_VILLAGE, place.id
    )
    town = place.registry.client(("town_officer", given.OTHER_TOWN))
    moved = HeadcountDetail.model_validate_json((await town.get(f"/v1/headcounts/{found.id}")).content)
    assert (moved.hash, moved.division) == (found.hash, given.OTHER_VILLAGE)


async def test_what_changed_since_it_was_prepared_is_not_certified(place: Place):
    await place.take()
    made = (await place.prepare()).json()["id"]
    await place.take([OPEN[2]], sick=place.children[0])
    answer = await place.step(made, "certifications", place.principal)
    assert (answer.status_code, answer.json()["code"]) == (409, "headcount-has-changed")
    assert [(each["class_id"], each["child_days"]) for each in answer.json()["differences"]] == [(str(place.room), -1)]
    again = await place.prepare()
    assert (again.status_code, again.json()["code"]) == (409, "headcount-is-being-prepared")
    assert (await place.step(made, "withdrawals", place.clerk)).json()["state"] == "withdrawn"
    assert (await place.step(made, "certifications", place.principal)).status_code == 409
    assert (await place.certified()).child_days == 3 * len(OPEN) - 1


async def test_a_correction_is_a_revision_that_says_what_it_changes(place: Place):
    await place.take()
    first = await place.certified()
    before = datetime.now(UTC)
    assert (await place.prepare()).json()["code"] == "headcount-already-certified"
    why = {"reason": "漏登病假", "document": "演示更正〔2026〕1号"}
    opened = await place.step(first.id, "corrections", place.clerk, **why)
    assert opened.status_code == 201, opened.text
    assert (opened.json()["state"], opened.json()["revision"], opened.json()["children"]) == ("correcting", 2, 0)
    twice = await place.step(first.id, "corrections", place.clerk, **why)
    assert twice.json()["code"] == "headcount-is-being-prepared"
    await place.take([OPEN[3]], sick=place.children[0])
    own = await place.prepare(place.both)
    assert own.json()["id"] == opened.json()["id"]
    refused = await place.step(own.json()["id"], "certifications", place.both)
    assert refused.json()["code"] == "another-person-certifies"
    answer = await place.step(own.json()["id"], "certifications", place.principal)
    second = HeadcountDetail.model_validate_json(answer.content)
    assert (second.revision, second.previous_hash, second.hash) == (2, first.hash, recomputed_hash(second))
    assert second.difference is not None
    assert [each.model_dump() for each in second.difference] == [
        {"class_id": place.room, "kind": "mixed", "children": 0, "last_year_children": 0, "child_days": -1}
    ]
    rows = await place.registry.database.fetch(
        "SELECT type, data FROM events WHERE type ^@ 'registry.headcount.' AND subject = %s ORDER BY seq",
        f"headcounts/{second.id}",
    )
    assert [kind.rsplit(".", 1)[-1] for kind, _ in rows] == ["reopened", "prepared", "certified", "revised"]
    assert HeadcountFact.model_validate(rows[2][1]).revision == 2
    revision = HeadcountRevisionFact.model_validate(rows[3][1])
    assert (revision.reason, revision.document, revision.classes[0].child_days) == (why["reason"], why["document"], -1)
    late = await place.step(first.id, "corrections", place.clerk, reason="再次更正")
    assert late.json()["code"] == "later-revision-counts"
    for moment, expected in ((before, 1), (datetime.now(UTC), 2)):
        params = {"known_at": moment.isoformat(), "as_of": str(OPEN[4])}
        found = HeadcountPage.model_validate_json((await place.principal.get("/v1/headcounts", params=params)).content)
        assert [each.revision for each in found.items] == [expected]
    earlier = {"known_at": "2020-01-01T00:00:00Z"}
    assert (await place.principal.get("/v1/headcounts", params=earlier)).json()["items"] == []


async def test_nursery_classes_are_counted_apart(place: Place):
    nursery = await given.class_(place.registry, place.id, kind="nursery", year=YEAR)
    await given.pupils(place.registry, nursery, 4, birth=date(YEAR - 3, 9, 1))
    await place.take()
    await place.take(room=nursery)
    found = await place.certified()
    assert (found.children, found.nursery_children, found.nursery_child_days) == (3, 4, 4 * len(OPEN))


async def test_a_child_who_moves_within_the_month_counts_where_it_was_that_day(place: Place):
    other = await given.class_(place.registry, place.id, kind="large", year=YEAR)
    mover, moves = place.children[0], COUNT_DAY + DAY
    await place.registry.database.fetch(
        "UPDATE enrolments SET until = %s, reason_out = 'regrouping' WHERE child = %s", moves, mover
    )
    await given.enrolment(place.registry, mover, other, since=moves, previous_until=moves, reason_in="regrouping")
    await place.take()
    later = [day for day in OPEN if day >= moves]
    await place.take(later, room=other)
    found = {each.class_id: each for each in (await place.certified()).classes}
    assert (found[place.room].children, found[other].children) == (3, 0)
    assert found[place.room].child_days == 3 * len(OPEN) - len(later)
    assert (found[other].last_year_children, found[other].child_days) == (0, len(later))


async def test_a_child_who_left_the_kindergarten_still_counts_in_its_month(place: Place):
    there = await given.class_(place.registry, await given.kindergarten(place.registry), year=YEAR)
    mover, moves = place.children[0], COUNT_DAY + DAY
    await place.registry.database.fetch(
        "UPDATE enrolments SET until = %s, reason_out = 'transfer' WHERE child = %s", moves, mover
    )
    await given.enrolment(place.registry, mover, there, since=moves, previous_until=moves, reason_in="transfer")
    assert (await place.principal.get(f"/v1/children/{mover}")).status_code == 404
    await place.take()
    found = await place.certified()
    assert (found.children, found.last_year_children) == (3, 2)


async def test_of_two_who_certify_at_once_one_does(place: Place):
    await place.take()
    made = (await place.prepare()).json()["id"]
    scope = ("principal", f"k:{place.id}")
    clients = [place.registry.client(scope, sub=f"principal {number}") for number in range(4)]
    answers = await asyncio.gather(*(place.step(made, "certifications", each) for each in clients))
    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
    events = await place.registry.database.fetch("SELECT count(*) FROM events WHERE type ^@ 'registry.headcount.cert'")
    assert events == [(1,)]


async def test_attendance_and_certification_at_once_leave_numbers_that_agree(place: Place):
    await place.take()
    made = (await place.prepare()).json()["id"]
    late = {"others": SICK}
    taking = [place.clerk.put(f"/v1/classes/{place.room}/attendance/{day}", json=late) for day in OPEN[:4]]
    answers = await asyncio.gather(*taking, place.step(made, "certifications", place.principal))
    taken = [each.status_code for each in answers[:-1]]
    assert set(taken) <= {200, 409}
    # Either it was certified first and every mark after it refused, or a mark came first and it was refused itself.
    assert (answers[-1].status_code == 200) == (taken == [409] * 4)


async def test_an_idempotency_key_prepares_a_month_once(place: Place):
    await place.take()
    sent = {"kindergarten": str(place.id), "month": str(LAST)}
    answers = [
        await place.clerk.post("/v1/headcounts", json=sent, headers={"Idempotency-Key": "october"}) for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


async def test_a_kindergarten_prepares_and_sees_its_own_only(place: Place):
    await place.take()
    found = await place.certified()
    other = await given.kindergarten(place.registry)
    stranger = place.registry.client(("clerk", f"k:{other}"), ("principal", f"k:{other}"))
    assert (await place.prepare(stranger)).status_code == 404
    assert (await stranger.get(f"/v1/headcounts/{found.id}")).status_code == 404
    assert (await stranger.get("/v1/headcounts")).json()["items"] == []
    assert (await place.step(found.id, "corrections", stranger, reason="别人的")).status_code == 404
    leader = place.registry.client(("leader", given.DISTRICT))
    assert [each["id"] for each in (await leader.get("/v1/headcounts")).json()["items"]] == [str(found.id)]


async def test_months_not_certified_are_listed_with_their_deadline(place: Place):
    officer = place.registry.client(("registrar", given.DISTRICT))
    params: dict[str, Any] = {"month": str(LAST)}

    async def listed(**more: Any) -> list[Any]:
        answer = await officer.get("/v1/uncertified-months", params=params | more)
        return list(UncertifiedMonthPage.model_validate_json(answer.content).items)

    (due,) = await listed(as_of=str(month_after(LAST)))
    assert (due.kindergarten, due.month, due.overdue, due.prepared_by) == (place.id, LAST, False, None)
    (late,) = await listed(as_of=str(due.deadline + DAY), overdue=True)
    assert (late.overdue, late.deadline) == (True, due.deadline)
    assert await listed(as_of=str(due.deadline), overdue=True) == []
    await place.take()
    made = await place.prepare()
    (waiting,) = await listed()
    assert waiting.prepared_by == "clerk"
    await place.step(made.json()["id"], "certifications", place.principal)
    assert await listed() == []
    year = await officer.get("/v1/uncertified-months")
    assert LAST not in {each.month for each in UncertifiedMonthPage.model_validate_json(year.content).items}


async def test_closed_days_need_no_attendance(place: Place):
    entry = {"since": str(OPEN[0]), "until": str(OPEN[0] + DAY), "open": False, "reason": "停水"}
    assert (await place.clerk.post(f"/v1/kindergartens/{place.id}/calendar", json=entry)).status_code == 200
    await place.take(OPEN[1:])
    found = await place.certified()
    assert (found.open_days, found.child_days) == (len(OPEN) - 1, 3 * (len(OPEN) - 1))
