"""Recognitions that were decided before the system was: entered by their document, confirmed by another person."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.codes import Type
from services.registry.kindergartens.models import Kindergarten
from services.registry.recognitions.actions import held, note_step
from services.registry.recognitions.codes import RecognitionDecision
from services.registry.recognitions.decisions import Decided, outcome_of, retype, tell
from services.registry.recognitions.facts import checked, number
from services.registry.recognitions.models import Recognition
from services.registry.recognitions.rules import latest_end, next_review, refused_by
from services.registry.recognitions.schemas import ExistingRecognition, RecognitionOutcome, RecognitionOutcomeQuery
from services.registry.refusals import refuse
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id

RECORDED = "registry.recognition.recorded"


async def record_existing(session: AsyncSession, actor: Actor, new: ExistingRecognition) -> UUID:
    """Enter what the document says; it counts once another person has confirmed it. Raises NotFound, InvalidInput.

    A for-profit kindergarten was never to be recognised (REG-16).
    """
    entry, day = await session.get(Kindergarten, new.kindergarten), today()
    if entry is None:
        raise NotFound(what="kindergarten")
    refuse(_faults(new))
    if against := [
        each for each in await checked(session, entry.id, None, day) if each.rule == "REG-16" and not each.met
    ]:
        raise refused_by(against)
    made = Recognition(
        id=new_id(),
        kindergarten=entry.id,
        division=entry.division,
        existing=True,
        state="recorded",
        proposed_fee=new.agreed_fee,
        statement=new.note,
        evidence=[],
        applied_on=day,
        applied_by=actor.id,
        decided_on=new.decided_on,
        document=new.document,
        agreement=new.agreement,
        agreed_fee=new.agreed_fee,
        since=new.since,
        until=new.until,
        synthetic=entry.synthetic,
    )
    session.add(made)
    await session.flush()
    data = {"id": made.id, "state": made.state, "renewal": False}
    subject = f"recognitions/{made.id}"
    await announce(session, RECORDED, subject, division=made.division, kindergarten=entry.id, data=data)
    return made.id


def _faults(new: ExistingRecognition) -> list[Fault]:
    day, faults = today(), []
    for name in ("decided_on", "since"):
        if getattr(new, name) > day:
            said = "补录的认定须已生效。", "What is entered so has begun already: apply for what lies ahead."
            faults.append(Fault(f"/{name}", "not-existing-yet", *said))
    years = number("recognition_term_years", day)
    if not new.since < new.until <= latest_end(new.since, years):
        said = f"须晚于起始日期,且期限不超过{years}年。", f"It is after the beginning and at most {years} years later."
        faults.append(Fault("/until", "term-too-long", *said))
    return faults


async def confirm_existing(
    session: AsyncSession, reader: Reader, id: UUID, how: RecognitionOutcomeQuery
) -> RecognitionOutcome:
    """Let it count, by another person than who entered it, or tell what that would do. Raises PreviewIsStale.

    The type is inclusive for its term, also in the past: figures of those days follow.
    """
    case = await held(session, reader.actor, id, "confirm")
    if case.since is None or case.until is None or case.document is None:
        raise RuntimeError("What was entered has its term and its document.")
    moves = ((Type.INCLUSIVE_PRIVATE, case.since), (Type.PRIVATE, case.until))
    decided = Decided(RecognitionDecision.GRANTED, case.since, case.until, case.agreed_fee, case.document, moves)
    outcome = await outcome_of(session, reader, case, decided, how, None)
    if how.preview:
        return outcome
    case.state, case.decided_by = "granted", reader.actor.id
    case.review_due_on = next_review(case.since, case.until, number("recognition_review_months", today()), today())
    await session.flush()
    await retype(session, reader, case, decided)
    await tell(session, reader.actor, case, "confirm", decided, "")
    return outcome


async def discard_existing(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Take back what was entered wrongly, before it counts."""
    case = await held(session, actor, id, "discard")
    case.state = "retracted"
    await note_step(session, actor, case, "discard", note=note)
