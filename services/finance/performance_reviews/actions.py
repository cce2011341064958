"""绩效评价: whoever spends evaluates first, another person evaluates again, and what is weak is put right."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.performance_reviews.codes import ReviewState
from services.finance.performance_reviews.models import PerformanceReview
from services.finance.performance_reviews.rules import Indicator, faults, grade, total
from services.finance.performance_reviews.schemas import ExternalEvaluation, IndicatorIn, SelfEvaluation
from services.finance.refusals import NoSuchStep
from services.finance.scopes import district_of
from shared.auth import Actor
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


async def self_evaluate(session: AsyncSession, actor: Actor, new: SelfEvaluation) -> UUID:
    """Raises InvalidInput, programme_year_is_reviewed_once."""
    made = PerformanceReview(
        id=new_id(),
        division=district_of(actor),
        programme=new.programme,
        year=new.year,
        self_indicators=_kept(new.indicators),
        self_score=_score(new.indicators),
        state=ReviewState.SELF_EVALUATED,
        self_evaluated_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def evaluate(session: AsyncSession, actor: Actor, id: UUID, said: ExternalEvaluation) -> None:
    """Raises NotFound, NoSuchStep, InvalidInput, another_person_decides."""
    found = await _locked(session, id, ReviewState.SELF_EVALUATED)
    found.indicators, found.score = _kept(said.indicators), _score(said.indicators)
    found.grade, found.opinion = grade(found.score), said.opinion
    found.rectification_due, found.evaluated_by = said.rectification_due, actor.id
    found.state = ReviewState.EVALUATED
    await session.flush()
    await _announce(session, found)


async def rectify(session: AsyncSession, id: UUID, rectification: str) -> None:
    """Raises NotFound, NoSuchStep."""
    found = await _locked(session, id, ReviewState.EVALUATED)
    found.rectification, found.state = rectification, ReviewState.RECTIFIED
    await session.flush()
    await _announce(session, found)


def _kept(indicators: Sequence[IndicatorIn]) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in indicators]


def _score(indicators: Sequence[IndicatorIn]) -> Decimal:
    sheet = {each.name: Indicator(each.group, each.weight, each.score) for each in indicators}
    if len(sheet) != len(indicators):
        raise InvalidInput(reason_zh="指标重名。", reason_en="two indicators share a name.", pointer="/indicators")
    if found := faults(sheet):
        said = "; ".join(found)
        raise InvalidInput(
            reason_zh=f"分值合计须为 100,产出与效益合计不低于 60,得分不超过分值({said})。",
            reason_en=said,
            pointer="/indicators",
        )
    return total(sheet)


async def _locked(session: AsyncSession, id: UUID, state: ReviewState) -> PerformanceReview:
    found = await session.scalar(select(PerformanceReview).where(PerformanceReview.id == id).with_for_update())
    if found is None:
        raise NotFound(what="performance review")
    if found.state != state:
        raise NoSuchStep(state=found.state, state_zh=ReviewState[found.state.upper()].zh)
    return found


async def _announce(session: AsyncSession, said: PerformanceReview) -> None:
    await announce(
        session,
        f"finance.performance_review.{said.state}",
        f"performance-reviews/{said.id}",
        division=said.division,
        data={"programme": said.programme, "year": said.year, "grade": said.grade},
    )
