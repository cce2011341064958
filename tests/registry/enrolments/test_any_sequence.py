"""Whatever is enrolled, ended, transferred and corrected in whatever order: no child twice, no class over its limit."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registry import given as rows
from tests.stack import Service

BEGINS = date(rows.SCHOOL_YEAR, 9, 1)
DAYS, LIMIT = 12, 2
REGISTRAR = ("registrar", rows.DISTRICT)

_child, _class, _enrolment = st.integers(0, 3), st.integers(0, 2), st.integers(0, 9)
_day = st.integers(0, DAYS)
_end = st.none() | _day
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("enrol"), _child, _class, _day, _end),
        st.tuples(st.just("enrol"), _child, _class, _day, _end),
        st.tuples(st.just("end"), _enrolment, _day),
        st.tuples(st.just("transfer"), _enrolment, _class, _day),
        st.tuples(st.just("correct"), _enrolment, st.none() | _day, st.none() | st.just("open") | _day),
    ),
    min_size=4,
    max_size=14,
)


@dataclass
class Place:
    """One kindergarten with two classes, one with a third, four children."""

    client: httpx.AsyncClient
    children: list[str]
    classes: list[str]
    made: list[str]


def day(number: int) -> str:
    return str(BEGINS + timedelta(number))


async def place(registry: Service) -> Place:
    one, two = await rows.kindergarten(registry), await rows.kindergarten(registry)
    rooms = [str(await rows.class_(registry, each, standard_size=1, hard_limit=LIMIT)) for each in (one, one, two)]
    children = [str(await rows.child(registry)) for _ in range(4)]
    return Place(registry.client(REGISTRAR), children, rooms, [])


async def do(here: Place, operation: tuple[Any, ...]) -> httpx.Response | None:
    verb, *what = operation
    if verb == "enrol":
        child, room, since, until = what
        sent = {"child": here.children[child], "class_id": here.classes[room], "since": day(since)}
        sent |= {} if until is None else {"until": day(until), "reason_out": "left"}
        answer = await here.client.post("/v1/enrolments", json=sent)
        if answer.status_code == 201:
            here.made.append(answer.json()["id"])
        return answer
    if not here.made:
        return None
    address = f"/v1/enrolments/{here.made[what[0] % len(here.made)]}"
    if verb == "end":
        return await here.client.post(f"{address}/end", json={"until": day(what[1]), "reason": "left"})
    if verb == "transfer":
        wish = {"class_id": here.classes[what[1]], "on": day(what[2])}
        answer = await here.client.post(f"{address}/transfer", json=wish)
        if answer.status_code == 201:
            here.made.append(answer.json()["began"]["id"])
        return answer
    change = {} if what[1] is None else {"since": day(what[1])}
    if what[2] is not None:
        change |= {"until": None} if what[2] == "open" else {"until": day(what[2]), "reason_out": "left"}  # type: ignore[dict-item]  # null opens it
    etag = (await here.client.get(address)).headers["etag"]
    return await here.client.patch(address, json=change, headers={"If-Match": etag})


def faults(periods: list[tuple[Any, ...]]) -> list[str]:
    """What is wrong with these (child, class, since, until, previous_until), found day by day."""
    found = []
    for number in range(DAYS + 2):
        today = BEGINS + timedelta(number)
        there = [(child, room) for child, room, since, until, _ in periods if since <= today < until]
        found += [f"{today}: child twice" for child, _ in there if sum(child == each for each, _ in there) > 1]
        found += [f"{today}: class full" for _, room in there if sum(room == each for _, each in there) > LIMIT]
    for child in {each[0] for each in periods}:
        own = sorted((since, until, previous) for who, _, since, until, previous in periods if who == child)
        ends = [None, *(until for _, until, _ in own[:-1])]
        found += [f"{child}: follows {p}" for (_, _, p), end in zip(own, ends, strict=True) if p != end]
    return found


async def stored(registry: Service) -> list[tuple[Any, ...]]:
    return await registry.database.fetch("SELECT child, class_id, since, until, previous_until FROM enrolments")


@given(operations=OPERATIONS)
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_any_sequence_leaves_a_sound_register(registry: Service, operations: list[tuple[Any, ...]]):
    registry.database.clean()
    here = await place(registry)
    for operation in operations:
        before = await stored(registry)
        answer = await do(here, operation)
        if answer is None:
            continue
        assert answer.status_code in (200, 201, 409, 422), (operation, answer.text)
        after = await stored(registry)
        assert faults(after) == [], (operation, answer.text)
        if answer.status_code >= 400:
            assert sorted(map(str, after)) == sorted(map(str, before)), operation
        if operation[0] == "enrol":
            assert (answer.status_code == 201) == fits(before, here, operation), (operation, answer.text)


def fits(periods: list[tuple[Any, ...]], here: Place, operation: tuple[Any, ...]) -> bool:
    """Whether the period may be added to those there are, looked at day by day."""
    _, child, room, since, until = operation
    if until is not None and until <= since:
        return False
    new = (here.children[child], here.classes[room], BEGINS + timedelta(since))
    ends = date.max if until is None else BEGINS + timedelta(until)
    plain = [(str(who), str(where), begins, end, None) for who, where, begins, end, _ in periods]
    return not [each for each in faults([*plain, (*new, ends, None)]) if "follows" not in each]
