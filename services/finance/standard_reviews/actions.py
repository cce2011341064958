"""Recording what was decided about a standard. Keeping it is a decision of two persons, as changing it is."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.parameters.actions import Authority
from services.finance.refusals import NoSuchStep
from services.finance.scopes import district_of
from services.finance.standard_reviews.codes import StandardReviewOutcome, StandardReviewState
from services.finance.standard_reviews.models import StandardReview
from services.finance.standard_reviews.schemas import StandardReviewNew
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id


async def propose_keeping(session: AsyncSession, actor: Actor, new: StandardReviewNew) -> UUID:
    """First of two persons: the standard was reviewed and stays."""
    made = StandardReview(
        id=new_id(),
        division=district_of(actor),
        **new.model_dump(),
        outcome=StandardReviewOutcome.KEPT,
        state=StandardReviewState.PROPOSED,
        proposed_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def decide_keeping(session: AsyncSession, actor: Actor, id: UUID, *, approve: bool) -> None:
    """Second person. Raises NotFound, NoSuchStep, another_person_decides."""
    found = await session.scalar(select(StandardReview).where(StandardReview.id == id).with_for_update())
    if found is None:
        raise NotFound(what="standard review")
    if found.state != StandardReviewState.PROPOSED:
        raise NoSuchStep(state=found.state, state_zh=StandardReviewState[found.state.upper()].zh)
    found.state = StandardReviewState.APPROVED if approve else StandardReviewState.REJECTED
    found.decided_by = actor.id
    await session.flush()
    await _announce(session, found)


async def record_adjustment(
    session: AsyncSession, division: str, standards: Iterable[tuple[str, str]], on: date, by: Authority, reason: str
) -> None:
    """An approved scenario changed these standards (parameter name and first part of the key)."""
    for name, subject in standards:
        made = StandardReview(
            id=new_id(),
            division=division,
            name=name,
            subject=subject,
            reviewed_on=on,
            outcome=StandardReviewOutcome.ADJUSTED,
            scenario=by.scenario,
            document=by.document,
            reason=reason,
            state=StandardReviewState.APPROVED,
            proposed_by=by.proposed_by,
            decided_by=by.decided_by,
        )
        session.add(made)
        await session.flush()
        await _announce(session, made)


async def _announce(session: AsyncSession, said: StandardReview) -> None:
    await announce(
        session,
        f"finance.standard_review.{said.state}",
        f"standard-reviews/{said.id}",
        division=said.division,
        data={"name": said.name, "subject": said.subject, "outcome": said.outcome, "document": said.document},
    )
