"""What other services are told of certification."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.headcounts.models import Headcount, HeadcountClass
from shared.contracts.registry import (
    HEADCOUNT_CERTIFIED,
    HEADCOUNT_REVISED,
    ClassHeadcount,
    HeadcountFact,
    HeadcountRevisionFact,
    HeadcountStepFact,
)
from shared.events import announce_all, row
from shared.schemas import Out


async def announce_step(session: AsyncSession, kind: str, found: Headcount) -> None:
    """Tell that a month was prepared, withdrawn or opened for correction."""
    fact = HeadcountStepFact(**{name: getattr(found, name) for name in HeadcountStepFact.model_fields})
    await _announce(session, found, {kind: fact})


async def announce_certified(session: AsyncSession, found: Headcount, classes: Sequence[HeadcountClass]) -> None:
    """Tell the certified rows, and of a correction also what it changed."""
    plain = {name: getattr(found, name) for name in HeadcountFact.model_fields if name != "classes"}
    rows = [ClassHeadcount.model_validate(each, from_attributes=True) for each in classes]
    facts: dict[str, Out] = {HEADCOUNT_CERTIFIED: HeadcountFact(**plain, classes=rows)}
    if found.difference is not None:
        told = {name: getattr(found, name) for name in HeadcountRevisionFact.model_fields if name != "classes"}
        changed = [ClassHeadcount.model_validate(each) for each in found.difference]
        facts[HEADCOUNT_REVISED] = HeadcountRevisionFact(**told, classes=changed)
    await _announce(session, found, facts)


async def _announce(session: AsyncSession, found: Headcount, facts: dict[str, Out]) -> None:
    subject = f"headcounts/{found.id}"
    rows = [
        row(kind, subject, division=found.division, kindergarten=found.kindergarten, data=fact.model_dump())
        for kind, fact in facts.items()
    ]
    await announce_all(session, rows)
