"""The verbs of a referral: asked, answered, perhaps returned, closed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.kindergartens.models import Kindergarten
from services.safety.offers import office_of
from services.safety.parameters.published import PARAMETERS
from services.safety.referrals.models import Referral
from services.safety.referrals.rules import MACHINE, PLAN, answer_by, ladder
from services.safety.referrals.schemas import ReferralAnswerIn, ReferralNew, ReferralStep
from services.safety.steps.actions import admit, record
from services.safety.timers.actions import arm
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.ids import new_id


async def send(session: AsyncSession, actor: Actor, new: ReferralNew) -> UUID:
    """Ask a department. Raises NotFound, InvalidInput, FileUnknown."""
    division = new.division or office_of(actor)
    if new.kindergarten is not None:
        place = await session.get(Kindergarten, new.kindergarten)
        if place is None:
            raise NotFound(what="kindergarten", pointer="/kindergarten")
        division = place.division
    until = new.answer_by or answer_by(PARAMETERS, today())
    if until < today():
        raise InvalidInput(reason_zh="不能早于今天。", reason_en="it cannot be before today.", pointer="/answer_by")
    made = Referral(
        **new.model_dump(exclude={"division", "answer_by", "files"}),
        id=new_id(),
        division=division,
        state="sent",
        sent_on=today(),
        sent_by=actor.id,
        answer_by=until,
        answer="",
    )
    session.add(made)
    await session.flush()
    await _follow(session, actor, made, "send", basis=PLAN, note=new.request, files=new.files)
    return UUID(str(made.id))


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Referral:
    found = await session.scalar(select(Referral).where(Referral.id == id).with_for_update())
    if found is None:
        raise NotFound(what="referral")
    admit(MACHINE, verb, found, actor)
    return found


async def _follow(
    session: AsyncSession,
    actor: Actor,
    found: Referral,
    verb: str,
    *,
    basis: str | None = None,
    note: str = "",
    files: Sequence[UUID] = (),
) -> None:
    fact: dict[str, Any] = {"department": found.department, "kind": found.kind, "answer_by": found.answer_by}
    why = basis or MACHINE[verb].basis
    await record(session, actor, "referral", found, verb, why, note=note, files=files, fact=fact)
    await arm(session, "referral", found, ladder(PARAMETERS, found))


async def answer(session: AsyncSession, actor: Actor, id: UUID, asked: ReferralAnswerIn) -> None:
    """The department answers, or somebody of the office enters its answer, who did not send it."""
    found = await _held(session, actor, id, "answer")
    found.state, found.answered_on, found.answer = "answered", today(), asked.answer
    await _follow(session, actor, found, "answer", note=asked.answer, files=asked.files)


async def send_back(session: AsyncSession, actor: Actor, id: UUID, asked: ReferralStep) -> None:
    """The answer does not suffice: it is waited for anew, until the day it was due."""
    found = await _held(session, actor, id, "return")
    found.state, found.answered_on, found.returns = "sent", None, found.returns + 1
    await _follow(session, actor, found, "return", note=asked.note)


async def close(session: AsyncSession, actor: Actor, id: UUID, asked: ReferralStep) -> None:
    """What was asked for is done."""
    found = await _held(session, actor, id, "close")
    found.state = "closed"
    await _follow(session, actor, found, "close", note=asked.note)


async def withdraw(session: AsyncSession, actor: Actor, id: UUID, asked: ReferralStep) -> None:
    """It is not needed any more."""
    found = await _held(session, actor, id, "withdraw")
    found.state = "withdrawn"
    await _follow(session, actor, found, "withdraw", note=asked.note)
