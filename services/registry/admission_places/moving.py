"""Moving the waiting lists: offers that nobody answered lapse, freed places go on, and nobody waits who has a place.

It looks at what is there and brings it forward, so it may run at any time and twice: as a job whenever a place was
answered, and hourly for the deadlines.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_places.announcements import announce_places
from services.registry.admissions.models import AdmissionPlace, AdmissionRound, AdmissionSeats
from services.registry.admissions.rules import Move, vacancy_chain
from shared.days import today
from shared.db import Database
from shared.jobs import Work, job, queue
from shared.workdays import add_working_days

KIND = "registry.admission_moves"
Places = Sequence[AdmissionPlace]


@job(KIND)
async def move_waiting_lists(work: Work) -> Mapping[str, Any]:
    """Bring the places of one round forward."""
    async with work.step(1, 1) as session:
        return await bring_forward(session, UUID(work.arguments["round"]), today())


@queue.periodic(cron="7 * * * *")
@queue.task(name="registry.follow_admissions", queue="jobs")
async def follow_admissions(timestamp: int) -> None:  # noqa: ARG001  # the queue says for which moment it calls
    """Let what was not answered in time lapse, in every round that has offers."""
    await follow(queue.database)  # type: ignore[attr-defined]  # the worker hands it over


async def follow(database: Database) -> None:
    """Bring every allocated round forward, each in a transaction of its own."""
    async with database.begin(database.system) as session:
        rounds = list(await session.scalars(select(AdmissionRound.id).where(AdmissionRound.state == "allocated")))
    for each in rounds:
        async with database.begin(database.system) as session:
            await bring_forward(session, each, today())


async def bring_forward(session: AsyncSession, id: UUID, on: date) -> dict[str, int]:
    """Lapse, close and offer what the day and the answers ask for; return how many of each."""
    query = select(AdmissionRound).where(AdmissionRound.id == id).with_for_update(key_share=True)
    round_ = (await session.scalars(query)).one()
    if round_.state != "allocated":
        return {"lapsed": 0, "closed": 0, "offered": 0}
    live = AdmissionPlace.state.in_(("waiting", "offered", "accepted"))
    held = select(AdmissionPlace).where(AdmissionPlace.round == id, live).order_by(AdmissionPlace.id)
    places = list(await session.scalars(held.with_for_update(key_share=True)))
    lapsed = _those(places, "offered", lambda each: each.answer_by is not None and each.answer_by < on)
    settled = {each.application for each in places if each.state == "accepted"}
    closed = _those(places, "waiting", lambda each: each.application in settled)
    await _set(session, lapsed, state="lapsed")
    await _set(session, closed, state="closed")
    gone = {each.id for each in (*lapsed, *closed)}
    left = [each for each in places if each.id not in gone]
    moves = await _moves(session, round_, left)
    taken, given = _named(left, moves)
    await _set(session, taken, state="replaced")
    until = add_working_days(on, round_.answer_days)
    await _set(session, given, state="offered", offered_on=on, answer_by=until)
    await announce_places(session, [each.id for each in (*lapsed, *taken, *given)])
    return {"lapsed": len(lapsed), "closed": len(closed), "offered": len(given)}


async def _moves(session: AsyncSession, round_: AdmissionRound, places: Places) -> list[Move]:
    """Who moves, now that these places are held and these applicants wait."""
    seats = select(AdmissionSeats.id, AdmissionSeats.seats).where(AdmissionSeats.round == round_.id)
    there = Counter(each.seats_of for each in places if each.state != "waiting")
    free = {str(which): number - there[which] for which, number in await session.execute(seats)}
    waiting: dict[str, list[str]] = {which: [] for which in free}
    wishes: dict[str, list[str]] = {}
    held: dict[str, str | None] = {}
    for each in sorted(places, key=lambda one: one.turn):
        if each.state == "waiting":
            waiting[str(each.seats_of)].append(str(each.application))
    for each in sorted(places, key=lambda one: one.wish):
        if each.state != "accepted":
            wishes.setdefault(str(each.application), []).append(str(each.seats_of))
            if each.state == "offered":
                held[str(each.application)] = str(each.seats_of)
    return vacancy_chain(free, waiting, wishes, held)


def _named(places: Places, moves: Iterable[Move]) -> tuple[list[AdmissionPlace], list[AdmissionPlace]]:
    """The places given up for a dearer one, and those offered instead."""
    by_names = {(str(each.application), str(each.seats_of)): each for each in places}
    taken = [by_names[move.applicant, move.before] for move in moves if move.before]
    return taken, [by_names[move.applicant, move.after] for move in moves]


def _those(places: Places, state: str, when: Any) -> list[AdmissionPlace]:
    return [each for each in places if each.state == state and when(each)]


async def _set(session: AsyncSession, places: Places, **values: Any) -> None:
    """In one statement: places that change hands are given up before they are given."""
    if places:
        ids = [each.id for each in places]
        statement = update(AdmissionPlace).where(AdmissionPlace.id.in_(ids)).values(**values)
        await session.execute(statement.execution_options(synchronize_session=False))
