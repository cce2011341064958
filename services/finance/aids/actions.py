"""学前教育资助: applied for, checked by the principal, decided by an officer: three persons."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.aids.codes import PROOFS, AidState, Evidence
from services.finance.aids.models import Aid
from services.finance.aids.refusals import AidAlreadyApplied
from services.finance.aids.schemas import AidNew
from services.finance.charges.refusals import NotEnrolledThen
from services.finance.enrolments.models import Enrolment
from services.finance.kindergartens.models import Kindergarten
from services.finance.refusals import NoSuchStep
from shared.auth import Actor
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


async def apply_for_aid(session: AsyncSession, actor: Actor, new: AidNew) -> UUID:
    """The office puts the family's application in. Raises NotFound, NotEnrolledThen, AidAlreadyApplied."""
    # Held: of two applications for the same child the second is to see the first.
    of = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten).with_for_update())
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if new.evidence is not Evidence.OTHER and new.evidence not in PROOFS[new.category]:
        asked = "、".join(each.zh for each in PROOFS[new.category])
        raise InvalidInput(
            reason_zh=f"“{new.category.zh}”应以{asked}的记录为证。",
            reason_en=f"{new.category.en} is proved by another authority.",
            pointer="/evidence",
        )
    await _enrolled(session, new)
    await _applied_once(session, new)
    made = Aid(
        id=new_id(),
        division=of.division,
        **new.model_dump(),
        state=AidState.APPLIED,
        applied_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def _enrolled(session: AsyncSession, new: AidNew) -> None:
    own = (Enrolment.child == new.child, Enrolment.kindergarten == new.kindergarten)
    inside = select(Enrolment.id).where(*own, Enrolment.since < new.until, Enrolment.until > new.since)
    if await session.scalar(inside.limit(1)) is None:
        raise NotEnrolledThen(day=new.since, pointer="/child")


async def _applied_once(session: AsyncSession, new: AidNew) -> None:
    same = (Aid.child == new.child, Aid.kindergarten == new.kindergarten, Aid.category == new.category)
    inside = (Aid.since < new.until, Aid.until > new.since, Aid.state != AidState.REJECTED)
    if (found := await session.scalar(select(Aid).where(*same, *inside).limit(1))) is not None:
        raise AidAlreadyApplied(since=found.since, until=found.until, pointer="/since")


async def check_aid(session: AsyncSession, actor: Actor, id: UUID, *, agree: bool, remark: str) -> None:
    """The principal compares the application with its proof. Raises NotFound, NoSuchStep, another_person_decides."""
    found = await _locked(session, id, AidState.APPLIED)
    found.state, found.checked_by, found.remark = _next(AidState.CHECKED, agree=agree), actor.id, remark
    await session.flush()
    await _announce(session, found)


async def decide_aid(session: AsyncSession, actor: Actor, id: UUID, *, agree: bool, remark: str) -> None:
    """An officer decides. Raises NotFound, NoSuchStep, another_person_decides."""
    found = await _locked(session, id, AidState.CHECKED)
    found.state, found.decided_by, found.remark = _next(AidState.APPROVED, agree=agree), actor.id, remark
    await session.flush()
    await _announce(session, found)


async def end_aid(session: AsyncSession, id: UUID, until: date, remark: str) -> None:
    """The reason has gone: later bills carry no aid. Raises NotFound, NoSuchStep, InvalidInput."""
    found = await _locked(session, id, AidState.APPROVED)
    if not found.since < until <= found.until:
        raise InvalidInput(reason_zh="应在资助期内。", reason_en="it must lie within the period.", pointer="/until")
    found.until, found.remark = until, remark
    await session.flush()
    await _announce(session, found)


def _next(state: AidState, *, agree: bool) -> AidState:
    return state if agree else AidState.REJECTED


async def _locked(session: AsyncSession, id: UUID, state: AidState) -> Aid:
    found = await session.scalar(select(Aid).where(Aid.id == id).with_for_update())
    if found is None:
        raise NotFound(what="aid")
    if found.state != state:
        raise NoSuchStep(state=found.state, state_zh=AidState[found.state.upper()].zh)
    return found


async def _announce(session: AsyncSession, said: Aid) -> None:
    # Neither child nor category: whoever reads the feed need not know whose family is poor.
    await announce(
        session,
        f"finance.aid.{said.state}",
        f"aids/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"since": said.since, "until": said.until},
    )
