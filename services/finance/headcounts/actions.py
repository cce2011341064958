from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.headcounts.models import ClassHeadcount, Headcount
from shared.contracts.registry import HEADCOUNT_CERTIFIED, HeadcountFact


async def copy_headcount(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep every revision of a certified month once, in whatever order they arrive."""
    fact = HeadcountFact.model_validate(event["data"])
    key = {"kindergarten": fact.kindergarten, "month": fact.month, "revision": fact.revision}
    told = key | fact.model_dump(include={"division", "count_day", "open_days", "certified_by", "hash"})
    made: Any = await session.execute(insert(Headcount).values(told).on_conflict_do_nothing())
    if made.rowcount and fact.classes:
        rows = [key | {"division": fact.division} | each.model_dump() for each in fact.classes]
        await session.execute(insert(ClassHeadcount), rows)


HANDLERS = {HEADCOUNT_CERTIFIED: copy_headcount}
