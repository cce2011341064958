"""Barring persons from work with children, and answering employers yes or no."""

from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.employment_bars.models import EmploymentBar, EmploymentBarQuery
from services.quality.employment_bars.rules import NumberIsNotValid, normal_number
from services.quality.employment_bars.schemas import EmploymentBarAnswer, EmploymentBarAsked
from services.quality.kindergartens.models import Kindergarten
from shared.auth import Actor
from shared.contracts.quality import EMPLOYMENT_BAR_ENTERED, EMPLOYMENT_BAR_LIFTED, EmploymentBarFact
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.logs import trace_id
from shared.platform.tables import AccessLog
from shared.tables import FOREVER

DISTRICT = 6  # digits of a district's code
_barred = text("SELECT is_barred(:person, :day)")


class Barring(Protocol):
    """What a bar needs of the case it follows from."""

    id: Any
    division: Any
    accused_person: Any


async def bar_person(
    session: AsyncSession, case: Barring, person: bytes, since: date, until: date, document: str
) -> None:
    """Enter the bar; `until` FOREVER is for life. Registry is told where the case knows its id of the person."""
    period = {"since": since, "until": until, "document": document}
    bar = new_id()
    values = {"id": bar, "case": case.id, "division": case.division, "person": person}
    await session.execute(insert(EmploymentBar).values(**values, **period))
    await _tell(session, EMPLOYMENT_BAR_ENTERED, case, bar, since, until)


async def lift_bar(session: AsyncSession, case: Barring) -> None:
    """The decision it rests on was revoked."""
    lifted = update(EmploymentBar).where(EmploymentBar.case == case.id).values(lifted_on=today())
    row = EmploymentBar.__table__.c
    for bar, since, until in await session.execute(lifted.returning(row.id, row.since, row.until)):
        await _tell(session, EMPLOYMENT_BAR_LIFTED, case, bar, since, until, lifted_on=today())


async def _tell(
    session: AsyncSession,
    kind: str,
    case: Barring,
    bar: UUID,
    since: date,
    until: date,
    *,
    lifted_on: date | None = None,
) -> None:
    """Within the district's own scope: no town and no kindergarten reads of whom, and nobody why."""
    if case.accused_person is None:
        return
    ends = None if until == FOREVER else until
    fact = EmploymentBarFact(bar=bar, person=case.accused_person, since=since, until=ends, lifted_on=lifted_on)
    district = case.division[:DISTRICT]
    await announce(session, kind, f"employment-bars/{bar}", division=district, data=fact.model_dump(mode="json"))


async def ask_bar(session: AsyncSession, keys: KeyRing, actor: Actor, asked: EmploymentBarAsked) -> EmploymentBarAnswer:
    """Answer yes or no, with a receipt and a line in the access log. Raises NumberIsNotValid, NotFound."""
    if (plain := normal_number(asked.id_number)) is None:
        raise NumberIsNotValid(pointer="/id_number")
    division = min(actor.divisions, key=len, default="")
    if asked.kindergarten is not None:
        found = await session.scalar(select(Kindergarten).where(Kindergarten.id == asked.kindergarten))
        if found is None:
            raise NotFound(what="kindergarten", pointer="/kindergarten")
        division = found.division
    elif not division:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    person = keys.blind(plain)
    barred = bool(await session.scalar(_barred, {"person": person, "day": today()}))
    receipt = new_id()
    values = asked.model_dump(exclude={"id_number"}) | {"id": receipt, "division": division, "actor": actor.id}
    made = insert(EmploymentBarQuery).values(**values, barred=barred).returning(EmploymentBarQuery.asked_at)
    asked_at = (await session.execute(made)).scalar_one()
    session.add(
        AccessLog(
            actor=actor.id,
            purpose=f"employment-bar:{asked.purpose}",
            subject=f"employment-bar-queries/{receipt}",
            fields=["barred"],
            division=division,
            kindergarten=asked.kindergarten,
            trace=trace_id(),
        )
    )
    return EmploymentBarAnswer(
        receipt=receipt, barred=barred, purpose=asked.purpose, position=asked.position, asked_at=asked_at
    )
