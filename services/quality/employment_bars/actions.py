"""Barring persons from work with children, and answering employers yes or no."""

from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.employment_bars.models import EmploymentBar, EmploymentBarQuery
from services.quality.employment_bars.rules import NumberIsNotValid, normal_number
from services.quality.employment_bars.schemas import EmploymentBarAnswer, EmploymentBarAsked
from services.quality.kindergartens.models import Kindergarten
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import NotFound
from shared.ids import new_id
from shared.logs import trace_id
from shared.platform.tables import AccessLog

_barred = text("SELECT is_barred(:person, :day)")


async def bar_person(
    session: AsyncSession, case: UUID, division: str, person: bytes, since: date, until: date, document: str
) -> None:
    """Enter the bar; `until` FOREVER is for life."""
    period = {"since": since, "until": until, "document": document}
    values = {"id": new_id(), "case": case, "division": division, "person": person}
    await session.execute(insert(EmploymentBar).values(**values, **period))


async def lift_bar(session: AsyncSession, case: UUID) -> None:
    """The decision it rests on was revoked."""
    await session.execute(update(EmploymentBar).where(EmploymentBar.case == case).values(lifted_on=today()))


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
