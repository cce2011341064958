from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.indicator_copies.models import IndicatorCopy
from shared.contracts.registry import INDICATOR_FROZEN, IndicatorFrozenFact

KEPT = {"id", "indicator", "division", "as_of", "numerator", "denominator", "value", "unit", "synthetic"}


async def copy_indicator(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep the figures of whole divisions, once."""
    fact = IndicatorFrozenFact.model_validate(event["data"])
    if fact.kindergarten is None and fact.zone is None:
        made = insert(IndicatorCopy).values(fact.model_dump(include=KEPT))
        await session.execute(made.on_conflict_do_nothing())


HANDLERS = {INDICATOR_FROZEN: copy_indicator}
