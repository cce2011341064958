"""Planning and opening an intake round. Once open, nothing of it changes: families decide by what was published."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_rounds.queries import FREE, UNANSWERED, UNCHECKED
from services.registry.admission_rounds.rules import MACHINE, Round
from services.registry.admission_rounds.schemas import AdmissionRoundChange, AdmissionRoundNew, AdmissionSeatsIn
from services.registry.admissions.codes import SeatKind
from services.registry.admissions.models import AdmissionRound, AdmissionSeats, AdmissionSeed
from services.registry.admissions.priorities import NoPrioritiesInForce, commitment, in_force
from services.registry.admissions.published import VERSIONS
from services.registry.admissions.refusals import KindergartenOutsideRound, SeatsExceedClasses, SeatsExceedLicence
from services.registry.ages.rules import school_year_since, school_year_until
from services.registry.classes.actions import differing, open_kindergarten
from services.registry.divisions.models import Division
from services.registry.kindergartens.models import KindergartenType
from shared.auth import Actor
from shared.contracts.registry import ADMISSION_ROUND_CHANGED, AdmissionRoundFact
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.etags import check
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal

SEED_BYTES = 32


async def plan_round(session: AsyncSession, actor: Actor, new: AdmissionRoundNew) -> UUID:
    """Plan a round under the priorities in force on its first day. Raises NotFound, InvalidInput."""
    if not new.division.startswith(actor.divisions) or await session.get(Division, new.division) is None:
        raise NotFound(what="division", pointer="/division")
    _before_school(new.school_year, new.closes_on)
    try:
        version = in_force(VERSIONS, new.opens_on).version
    except NoPrioritiesInForce as error:
        raise InvalidInput(
            reason_zh="该日没有施行的排序规则。", reason_en="no priorities are in force then.", pointer="/opens_on"
        ) from error
    made = AdmissionRound(id=new_id(), **new.model_dump(), priorities=version, state="draft", version=1)
    session.add(made)
    await session.flush()
    await announce_round(session, made)
    return made.id


async def change_round(
    session: AsyncSession, actor: Actor, id: UUID, version: int, change: AdmissionRoundChange
) -> None:
    """Edit a round nobody has seen. Raises NotFound, NotInThisState, VersionIsStale, InvalidInput."""
    found = await acting(session, actor, id, "edit")
    sent = change.sent()
    check(version, found.version, differing(found, sent))
    for name, value in sent.items():
        setattr(found, name, value)
    _before_school(found.school_year, found.closes_on)
    await session.flush()
    await session.refresh(found)
    if found.version != version:
        await announce_round(session, found)


async def set_seats(
    session: AsyncSession, actor: Actor, id: UUID, kindergarten: UUID, kind: SeatKind, sent: AdmissionSeatsIn
) -> None:
    """Say how many a kindergarten admits: no more than its classes of that year and its licence have room for.

    Raises NotFound, NotInThisState, KindergartenNotOpen, SeatsExceedClasses, SeatsExceedLicence.
    """
    found = await acting(session, actor, id, "set_seats")
    place = await open_kindergarten(session, kindergarten, school_year_since(found.school_year))
    if not place.division.startswith(found.division):
        raise KindergartenOutsideRound
    await _known_divisions(session, sent.catchment)
    await _room(session, found, kindergarten, kind, sent.seats)
    values: Mapping[str, Any] = {
        "seats": sent.seats,
        "catchment": sorted(set(sent.catchment)),
        "kindergarten_name": place.name,
        "type": await _type(session, kindergarten, school_year_since(found.school_year)),
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    row = {"id": new_id(), "round": id, "kindergarten": kindergarten, "division": place.division, "kind": kind.value}
    statement = insert(AdmissionSeats).values(**row, **values, synthetic=place.synthetic)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["round", "kindergarten", "kind"], set_=dict(values))
    )


async def open_round(session: AsyncSession, keys: KeyRing, actor: Actor, id: UUID) -> None:
    """Publish the round: draw its seed, seal it, and publish what binds us to it. Raises NotFound, NotInThisState."""
    found = await acting(session, actor, id, "open")
    seed = secrets.token_hex(SEED_BYTES)
    session.add(AdmissionSeed(id=id, division=found.division, sealed=keys.encrypt(seed, id.bytes)))
    found.seed_commitment = commitment(seed)
    await move(session, found, "open")


async def acting(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> AdmissionRound:
    """The round, held until the end, on which this may be done now. Raises NotFound and whatever stands against it."""
    query = select(AdmissionRound).where(AdmissionRound.id == id).with_for_update(key_share=True)
    if (found := await session.scalar(query)) is None:
        raise NotFound(what="admission round")
    counts = select(UNCHECKED, UNANSWERED).select_from(AdmissionRound).where(AdmissionRound.id == id)
    unchecked, unanswered = (await session.execute(counts)).one()
    seats = await session.scalars(select(AdmissionSeats.seats).where(AdmissionSeats.round == id))
    case = Round(found.state, found.closes_on, sum(seats), unchecked, unanswered)
    if against := refusal(MACHINE, verb, case, actor.id, today()):
        raise against
    return found


async def move(session: AsyncSession, found: AdmissionRound, state: str) -> None:
    """Bring the round into a state and tell so."""
    found.state = state
    await session.flush()
    await session.refresh(found)
    await announce_round(session, found)


async def announce_round(session: AsyncSession, found: AdmissionRound) -> None:
    """Tell the state of a round."""
    fact = AdmissionRoundFact(**{name: getattr(found, name) for name in AdmissionRoundFact.model_fields})
    await announce(
        session,
        ADMISSION_ROUND_CHANGED,
        f"admission-rounds/{found.id}",
        division=found.division,
        data=fact.model_dump(),
    )


def _before_school(year: int, closes_on: date) -> None:
    if closes_on >= (end := school_year_until(year)):
        raise InvalidInput(
            reason_zh=f"报名须在学年结束({end})之前截止。",
            reason_en=f"applications must end before the school year does, on {end}.",
            pointer="/closes_on",
        )


async def _known_divisions(session: AsyncSession, codes: list[str]) -> None:
    known = set(await session.scalars(select(Division.code).where(Division.code.in_(codes))))
    for number, code in enumerate(codes):
        if code not in known:
            raise NotFound(what="division", pointer=f"/catchment/{number}")


async def _room(session: AsyncSession, found: AdmissionRound, kindergarten: UUID, kind: SeatKind, seats: int) -> None:
    asked = {"year": found.school_year, "division": found.division, "kindergarten": kindergarten, "round": found.id}
    rows = {row.kind: row for row in await session.execute(FREE, asked)}
    free = rows[kind.value].free if kind.value in rows else 0
    if seats > free:
        raise SeatsExceedClasses(school_year=found.school_year, free=free, seats=seats, pointer="/seats")
    if seats == 0 or not (licensed := rows[kind.value].licensed):
        return
    others = sum(row.set or 0 for name, row in rows.items() if name != kind.value)
    staying = rows[kind.value].staying_in_all
    if seats + others > licensed - staying:
        left = max(licensed - staying - others, 0)
        raise SeatsExceedLicence(licensed=licensed, staying=staying, free=left, pointer="/seats")


async def _type(session: AsyncSession, kindergarten: UUID, on: date) -> str | None:
    held = (KindergartenType.since <= on) & (KindergartenType.until > on)
    query = select(KindergartenType.type).where(KindergartenType.kindergarten == kindergarten, held)
    found: str | None = await session.scalar(query)
    return found
