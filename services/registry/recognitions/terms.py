"""What happens within the term of a recognition: yearly review, notice of withdrawal, the kindergarten's own case."""

from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.conditions import answered_once
from services.registry.recognitions.actions import held, note_step, unmet
from services.registry.recognitions.codes import RecognitionCondition, WithdrawalGround
from services.registry.recognitions.conditions import blocks, months_after
from services.registry.recognitions.facts import checked, number, shown
from services.registry.recognitions.models import Recognition, RecognitionReview
from services.registry.recognitions.rules import review_passed
from services.registry.recognitions.schemas import RecognitionYearNew, WithdrawalNotice
from shared.auth import Actor
from shared.days import today
from shared.ids import new_id
from shared.workdays import add_working_days


async def review_year(session: AsyncSession, actor: Actor, id: UUID, new: RecognitionYearNew) -> None:
    """Review one year of the term; the result follows from findings, checks and the fee that was charged."""
    case, on = await held(session, actor, id, "review_year"), today()
    if case.until is None or case.review_due_on is None or case.agreed_fee is None:
        raise RuntimeError("A recognition in force has its term, its fee and a review that is due.")
    answered_once([each.condition for each in new.findings], RecognitionCondition, "/findings")
    found = await checked(session, case.kindergarten, case.agreed_fee, on)
    passed = review_passed(
        unmet=bool(unmet(new)), blocked=bool(blocks(found)), charged=new.fee_charged, agreed=case.agreed_fee
    )
    session.add(
        RecognitionReview(
            id=new_id(),
            recognition=case.id,
            kindergarten=case.kindergarten,
            division=case.division,
            due_on=case.review_due_on,
            reviewed_on=on,
            reviewed_by=actor.id,
            fee_charged=new.fee_charged,
            findings=to_jsonable_python(new.findings),
            checks=to_jsonable_python(shown(found)),
            passed=passed,
            note=new.note,
            synthetic=case.synthetic,
        )
    )
    due = case.review_due_on
    following = months_after(due, number("recognition_review_months", on))
    case.review_due_on = following if following < case.until else None
    await note_step(session, actor, case, "review_year", note=new.note, due_on=due, passed=passed)


async def request_withdrawal(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The kindergarten asks to leave."""
    case = await held(session, actor, id, "request_withdrawal")
    _leaving(case, actor, WithdrawalGround.OWN_REQUEST)
    await note_step(session, actor, case, "request_withdrawal", note=note, until=case.leaving_until)


async def notify_withdrawal(session: AsyncSession, actor: Actor, id: UUID, new: WithdrawalNotice) -> None:
    """Tell the kindergarten that the recognition is to end, and why; it has working days to state its case."""
    case = await held(session, actor, id, "notify_withdrawal")
    _leaving(case, actor, new.ground)
    await note_step(session, actor, case, "notify_withdrawal", note=new.note, ground=new.ground)


def _leaving(case: Recognition, actor: Actor, ground: WithdrawalGround) -> None:
    on = today()
    case.state, case.leaving_on, case.leaving_by, case.leaving_ground = "leaving", on, actor.id, ground.value
    case.leaving_until = add_working_days(on, number("recognition_withdrawal_notice_working_days", on))


async def state_case(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The kindergarten says what speaks against it 陈述申辩."""
    case = await held(session, actor, id, "state_case")
    await note_step(session, actor, case, "state_case", note=note)


async def keep_recognition(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Let the recognition stand after all."""
    case = await held(session, actor, id, "keep")
    case.state = "granted"
    case.leaving_on = case.leaving_by = case.leaving_ground = case.leaving_until = None
    await note_step(session, actor, case, "keep", note=note)
