"""The verbs of an application for recognition, up to the decision: load, decide, write, record, announce."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.conditions import answered_once
from services.registry.kindergartens.models import Kindergarten
from services.registry.recognitions.codes import RecognitionCondition
from services.registry.recognitions.conditions import blocks
from services.registry.recognitions.facts import checked, number, subject
from services.registry.recognitions.models import Recognition
from services.registry.recognitions.rules import MACHINE, refused_by
from services.registry.recognitions.schemas import (
    RecognitionAmendment,
    RecognitionApplication,
    RecognitionObjectionAnswer,
    RecognitionReviewNew,
)
from services.registry.steps.actions import record
from shared.auth import Actor
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal
from shared.workdays import add_working_days

APPLIED = "registry.recognition.applied"


async def apply_for_recognition(session: AsyncSession, actor: Actor, new: RecognitionApplication) -> UUID:
    """Take an application in, when the register's own checks let it. Raises NotFound, RecognitionBlocked."""
    entry = await session.get(Kindergarten, new.kindergarten)
    if entry is None:
        raise NotFound(what="kindergarten")
    answered_once([each.condition for each in new.evidence], RecognitionCondition, "/evidence")
    await _not_blocked(session, entry.id, new.proposed_fee)
    held = select(Recognition.id).where(
        Recognition.kindergarten == entry.id, Recognition.state == "granted", Recognition.until > today()
    )
    made = Recognition(
        id=new_id(),
        kindergarten=entry.id,
        division=entry.division,
        former=await session.scalar(held.order_by(Recognition.until.desc()).limit(1)),
        state="applied",
        applied_on=today(),
        applied_by=actor.id,
        synthetic=entry.synthetic,
        **_asked(new),
    )
    session.add(made)
    await session.flush()
    data = {"id": made.id, "state": made.state, "renewal": made.former is not None}
    await announce(
        session, APPLIED, f"recognitions/{made.id}", division=made.division, kindergarten=entry.id, data=data
    )
    return made.id


def _asked(new: RecognitionAmendment) -> dict[str, Any]:
    return {
        "proposed_fee": new.proposed_fee,
        "statement": new.statement,
        "evidence": to_jsonable_python(new.evidence),
    }


async def _not_blocked(session: AsyncSession, kindergarten: UUID, fee: Decimal) -> None:
    against = blocks(await checked(session, kindergarten, fee, today()))
    if against:
        error = refused_by(against)
        error.faults = tuple(Fault("", each.code, f"{each.zh}。", f"{each.en}.") for each in against)
        raise error


async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Recognition:
    """The recognition, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    found = await session.scalar(select(Recognition).where(Recognition.id == id).with_for_update())
    if found is None:
        raise NotFound(what="recognition")
    on = today()
    asked = await checked(session, found.kindergarten, found.proposed_fee, on)
    row: Mapping[str, Any] = {each.key: getattr(found, each.key) for each in Recognition.__table__.columns}
    if refused := refusal(MACHINE, verb, subject(row, asked, on), actor.id, on):
        raise refused
    return found


async def note_step(
    session: AsyncSession, actor: Actor, case: Recognition, verb: str, *, note: str = "", **data: Any
) -> None:
    await record(session, actor, "recognition", case, MACHINE, verb, note=note, data=data)


async def amend_application(session: AsyncSession, actor: Actor, id: UUID, new: RecognitionAmendment) -> None:
    """The applicant hands in again what was sent back."""
    case = await held(session, actor, id, "amend")
    answered_once([each.condition for each in new.evidence], RecognitionCondition, "/evidence")
    await _not_blocked(session, case.kindergarten, new.proposed_fee)
    for name, value in _asked(new).items():
        setattr(case, name, value)
    case.state, case.applied_by = "applied", actor.id
    await note_step(session, actor, case, "amend", note=new.statement, proposed_fee=str(new.proposed_fee))


async def retract_application(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The applicant takes the application back."""
    case = await held(session, actor, id, "retract")
    case.state = "retracted"
    await note_step(session, actor, case, "retract", note=note)


async def send_back_application(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Ask for what is missing."""
    case = await held(session, actor, id, "send_back")
    case.state = "returned"
    await note_step(session, actor, case, "send_back", note=note)


async def review_application(session: AsyncSession, actor: Actor, id: UUID, new: RecognitionReviewNew) -> None:
    """Find every condition met or not; what is unmet keeps the case from public notice."""
    case = await held(session, actor, id, "review")
    answered_once([each.condition for each in new.findings], RecognitionCondition, "/findings")
    case.findings = to_jsonable_python(new.findings)
    case.unmet = unmet(new)
    case.state, case.reviewed_on, case.reviewed_by = "reviewed", today(), actor.id
    await note_step(session, actor, case, "review", note=new.note, unmet=case.unmet)


def unmet(new: RecognitionReviewNew) -> list[str]:
    return list(_values(each.condition for each in new.findings if not each.met))


def _values(conditions: Iterable[RecognitionCondition]) -> Iterable[str]:
    return (each.value for each in conditions)


async def publish_notice(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Put the recognition before the public for the working days the parameter says."""
    case, on = await held(session, actor, id, "publish_notice"), today()
    case.state, case.notice_from = "noticed", on
    case.notice_until = add_working_days(on, number("recognition_notice_working_days", on))
    await note_step(session, actor, case, "publish_notice", note=note, until=case.notice_until)


async def record_objection(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Somebody objects: nothing is decided before it is answered."""
    case = await held(session, actor, id, "record_objection")
    case.state = "disputed"
    await note_step(session, actor, case, "record_objection", note=note)


async def answer_objection(session: AsyncSession, actor: Actor, id: UUID, new: RecognitionObjectionAnswer) -> None:
    """Upheld, the application is reviewed anew; unfounded, the notice goes on."""
    case = await held(session, actor, id, "answer_objection")
    case.state = "applied" if new.upheld else "noticed"
    await note_step(session, actor, case, "answer_objection", note=new.note, upheld=new.upheld)
