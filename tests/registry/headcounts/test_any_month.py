"""Whoever came, went, was closed and marked in whatever way: what is certified is what the raw rows say."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.registry.attendance.codes import Mark
from services.registry.headcounts.schemas import HeadcountDetail
from tests.registry import given as rows
from tests.stack import Service

DAY = timedelta(1)
END = rows.TODAY.replace(day=1)
MONTH = (END - DAY).replace(day=1)
DAYS = (END - MONTH).days
YEAR = MONTH.year if MONTH.month >= 9 else MONTH.year - 1
KINDS = ("nursery", "small", "large", "mixed")

_day = st.integers(1, DAYS)
_half = st.sampled_from([mark.value for mark in Mark])
# A child: how old at the cut-off, then its periods as pairs of days out of order, each in some class.
_child = st.tuples(
    st.integers(2, 6), st.lists(st.integers(0, DAYS + 1), min_size=2, max_size=4, unique=True), st.integers(0, 3)
)
CASES = st.fixed_dictionaries(
    {
        "children": st.lists(_child, min_size=1, max_size=6),
        "closed": st.sets(_day, max_size=3),
        "opened": st.sets(_day, max_size=3),
        "marks": st.lists(st.tuples(st.integers(0, 5), _day, _half, _half), max_size=12),
    }
)


@dataclass
class Case:
    """A kindergarten with one class of each kind and its two people."""

    kindergarten: UUID
    rooms: list[UUID]
    clerk: httpx.AsyncClient
    principal: httpx.AsyncClient
    born: dict[UUID, date]
    periods: list[tuple[UUID, UUID, date, date]]


async def arrange(registry: Service, drawn: dict[str, Any]) -> Case:
    kindergarten = await rows.kindergarten(registry)
    rooms = [await rows.class_(registry, kindergarten, kind=kind, year=YEAR) for kind in KINDS]
    scope = f"k:{kindergarten}"
    clerk, principal = registry.client(("clerk", scope)), registry.client(("principal", scope))
    case = Case(kindergarten, rooms, clerk, principal, {}, [])
    for age, edges, room in drawn["children"]:
        born = date(YEAR - age, 8, 31)
        child = await rows.child(registry, birth=born)
        case.born[child] = born
        cuts = sorted(edges)
        previous: date | None = None
        for number in range(0, len(cuts) - 1, 2):
            since, until = (MONTH + (cut - 1) * DAY for cut in cuts[number : number + 2])
            if since.year > YEAR or since >= date(YEAR, 9, 1):  # a class begins with its school year
                place = rooms[(room + number) % len(rooms)]
                await rows.enrolment(registry, child, place, since=since, until=until, previous_until=previous)
                case.periods.append((child, place, since, until))
                previous = until
    return case


async def live(case: Case, drawn: dict[str, Any]) -> None:
    """Set the calendar, then take every open day: all present, but for the marks drawn."""
    for state, days in ((False, drawn["closed"]), (True, drawn["opened"])):
        for number in days:
            day = MONTH + (number - 1) * DAY
            entry = {"since": str(day), "until": str(day + DAY), "open": state, "reason": "演示"}
            answer = await case.clerk.post(f"/v1/kindergartens/{case.kindergarten}/calendar", json=entry)
            assert answer.status_code == 200, answer.text
    calendar = await case.clerk.get(f"/v1/kindergartens/{case.kindergarten}/calendar", params={"month": str(MONTH)})
    children = list(case.born)
    for room in case.rooms:
        sheets = []
        for each in calendar.json()["days"]:
            there = {c for c, place, a, b in case.periods if place == room and str(a) <= each["day"] < str(b)}
            if not each["open"]:
                continue
            named = {
                children[number % len(children)]: {"morning": morning, "afternoon": afternoon}
                for number, of_month, morning, afternoon in drawn["marks"]
                if int(each["day"][8:]) == of_month
            }
            marks = [{"child": str(child)} | halves for child, halves in named.items() if child in there]
            others = {"morning": "present", "afternoon": "present"}
            sheets.append({"day": each["day"], "marks": marks, "others": others})
        if sheets:
            answer = await case.clerk.put(
                f"/v1/classes/{room}/attendance", params={"month": str(MONTH)}, json={"days": sheets}
            )
            assert answer.status_code == 200, answer.text


async def recount(registry: Service, count_day: date, closed: set[date]) -> dict[UUID, Counter[str]]:
    """Each class from the rows of children, enrolments and attendance, child by child and half day by half day."""
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    fetch = registry.database.fetch
    born = dict(await fetch("SELECT id, birth_date FROM children"))
    for child, room, since, until in await fetch("SELECT child, class_id, since, until FROM enrolments"):
        if not (since < END and until > MONTH):
            continue
        found[room]["children"] += since <= count_day < until
        # Due at primary school next September: six by the 31 August before it.
        last = date(YEAR - 6, 8, 31) < born[child] <= date(YEAR - 5, 8, 31)
        found[room]["last_year_children"] += since <= count_day < until and last
        text = (await fetch("SELECT marks FROM attendance WHERE child = %s AND class_id = %s", child, room)) or [("",)]
        for place, letter in enumerate(text[0][0]):
            day = MONTH + (place // 2) * DAY
            found[room]["half_days"] += letter == "P" and since <= day < until and day < END and day not in closed
    return found


@given(CASES)
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_what_is_certified_is_what_the_rows_say(registry: Service, drawn: dict[str, Any]):
    registry.database.clean()
    case = await arrange(registry, drawn)
    await live(case, drawn)
    made = await case.clerk.post("/v1/headcounts", json={"kindergarten": str(case.kindergarten), "month": str(MONTH)})
    assert made.status_code == 201, made.text
    answer = await case.principal.post(f"/v1/headcounts/{made.json()['id']}/certifications")
    assert answer.status_code == 200, answer.text
    certified = HeadcountDetail.model_validate_json(answer.content)
    assert certified.count_day
    calendar = await case.clerk.get(f"/v1/kindergartens/{case.kindergarten}/calendar", params={"month": str(MONTH)})
    closed = {date.fromisoformat(each["day"]) for each in calendar.json()["days"] if not each["open"]}
    assert certified.open_days == DAYS - len(closed)
    counted = await recount(registry, certified.count_day, closed)
    assert {each.class_id for each in certified.classes} == counted.keys()
    for each in certified.classes:
        expected = counted[each.class_id]
        shown = {name: getattr(each, name) for name in ("children", "last_year_children", "half_days", "child_days")}
        assert shown == {
            **{name: expected[name] for name in ("children", "last_year_children", "half_days")},
            "child_days": expected["half_days"] // 2,
        }
