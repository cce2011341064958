"""Complaints of 小学化 and what checks find, on their way to an end."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import framework_in_force
from services.quality.frameworks.models import FrameworkItem
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.primary_style_cases.models import PrimaryStyleCase
from services.quality.primary_style_cases.rules import MACHINE
from services.quality.primary_style_cases.schemas import StyleCaseConfirmation, StyleCaseNew, StyleCaseOrder
from services.quality.steps.actions import happened, holding, record
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id

CONCEPT, LIST = "primary_style_case", "no-primary-style"


async def _known(session: AsyncSession, items: Sequence[str], on: date) -> list[str]:
    framework = await framework_in_force(session, LIST, on)
    known = set(await session.scalars(select(FrameworkItem.code).where(FrameworkItem.framework == framework.id)))
    for n, item in enumerate(items):
        if item not in known:
            raise NotFound(what="item", pointer=f"/items/{n}")
    return sorted(set(items))


async def _open(session: AsyncSession, made: PrimaryStyleCase) -> UUID:
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.primary_style_case.opened",
        f"primary-style-cases/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"source": made.source, "state": made.state, "items": made.items},
    )
    return made.id


async def receive(session: AsyncSession, actor: Actor, new: StyleCaseNew) -> UUID:
    """Enter a complaint. Raises NotFound."""
    happened(new.received_on, "/received_on")
    place = await kindergarten_of(session, new.kindergarten)
    items = await _known(session, new.items, new.received_on)
    made = PrimaryStyleCase(id=new_id(), kindergarten=place.id, division=place.division, source=new.source)
    made.received_on, made.summary, made.items = new.received_on, new.summary, items
    made.state, made.received_by = "received", actor.id
    return await _open(session, made)


async def open_from_check(
    session: AsyncSession, actor: Actor, place: tuple[UUID, str], check: tuple[UUID, date], items: list[str]
) -> UUID:
    """QUA-05 is a red flag: what a check found is a case already confirmed. `place` is kindergarten and division."""
    made = PrimaryStyleCase(id=new_id(), kindergarten=place[0], division=place[1], source="check", check=check[0])
    made.received_on, made.summary, made.items = check[1], "检查发现,详见检查记录。", items
    made.state, made.received_by = "confirmed", actor.id
    return await _open(session, made)


held = holding(PrimaryStyleCase, MACHINE, "case")


async def confirm(session: AsyncSession, actor: Actor, id: UUID, asked: StyleCaseConfirmation) -> None:
    """It is so. Raises NotInThisState, NotFound for an item that is not on the list."""
    case = await held(session, actor, id, "confirm")
    case.items, case.state = await _known(session, asked.items, case.received_on), "confirmed"
    await record(session, actor, CONCEPT, case, "confirm", MACHINE["confirm"], note=asked.note)


async def order(session: AsyncSession, actor: Actor, id: UUID, asked: StyleCaseOrder) -> None:
    """Order it put right by a day that has not passed."""
    case = await held(session, actor, id, "order")
    if asked.due_on < today():
        raise InvalidInput(reason_zh="不能早于今天。", reason_en="it cannot be before today.", pointer="/due_on")
    case.state, case.due_on = "ordered", asked.due_on
    await record(session, actor, CONCEPT, case, "order", MACHINE["order"], note=asked.note)


async def answer(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The kindergarten says what it put right."""
    case = await held(session, actor, id, "answer")
    case.state, case.answer, case.answered_by = "answered", note, actor.id
    await record(session, actor, CONCEPT, case, "answer", MACHINE["answer"], note=note)


ENDS = {"dismiss": "dismissed", "close": "closed", "refer": "referred"}


async def end(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str, organ: str | None = None) -> None:
    """Dismiss it, close it after another look, or refer it for a penalty."""
    case = await held(session, actor, id, verb)
    case.state, case.ended_on, case.referred_to = ENDS[verb], today(), organ
    await record(session, actor, CONCEPT, case, verb, MACHINE[verb], note=note)


async def reopen(session: AsyncSession, actor: Actor, id: UUID, asked: StyleCaseOrder) -> None:
    """Not put right: ordered again, by another day."""
    case = await held(session, actor, id, "reopen")
    if asked.due_on < today():
        raise InvalidInput(reason_zh="不能早于今天。", reason_en="it cannot be before today.", pointer="/due_on")
    case.state, case.due_on = "ordered", asked.due_on
    await record(session, actor, CONCEPT, case, "reopen", MACHINE["reopen"], note=asked.note)
