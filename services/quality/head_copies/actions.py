"""Following registry's certified headcounts and its posts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.head_copies.models import HeadcountCopy, PostCopy
from services.quality.kindergartens.models import Kindergarten
from shared.contracts.registry import (
    HEADCOUNT_CERTIFIED,
    POST_BEGAN,
    POST_CORRECTED,
    POST_ENDED,
    HeadcountFact,
    PostFact,
)


async def _division(session: AsyncSession, kindergarten: UUID, told: str) -> str:
    return await session.scalar(select(Kindergarten.division).where(Kindergarten.id == kindergarten)) or told


async def copy_headcount(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep the latest revision of the month; a class that is in it no longer has no children in it."""
    fact = HeadcountFact.model_validate(event["data"])
    key = {"kindergarten": fact.kindergarten, "month": fact.month, "revision": fact.revision}
    key["division"] = await _division(session, fact.kindergarten, fact.division)
    if fact.classes:
        rows = [key | {"class_id": each.class_id, "children": each.children} for each in fact.classes]
        change = insert(HeadcountCopy).values(rows)
        await session.execute(
            change.on_conflict_do_update(
                index_elements=["kindergarten", "month", "class_id"],
                set_={name: change.excluded[name] for name in ("children", "revision", "division")},
                where=HeadcountCopy.revision <= change.excluded.revision,
            )
        )
    left = update(HeadcountCopy).where(
        HeadcountCopy.kindergarten == fact.kindergarten,
        HeadcountCopy.month == fact.month,
        HeadcountCopy.revision < fact.revision,
    )
    await session.execute(left.values(children=0, revision=fact.revision))


async def copy_post(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep the post at the state the event tells; a later state is never overwritten by an earlier one."""
    fact = PostFact.model_validate(event["data"])
    kept = fact.model_dump(
        include={"id", "kindergarten", "person", "role", "employment", "full_time", "since", "until"}
    )
    kept |= {"registry_version": fact.version}
    kept["division"] = await _division(session, fact.kindergarten, str(event.get("division") or ""))
    change = insert(PostCopy).values(kept)
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["id"],
            set_={name: change.excluded[name] for name in kept if name != "id"},
            where=PostCopy.registry_version <= change.excluded.registry_version,
        )
    )


HANDLERS = {HEADCOUNT_CERTIFIED: copy_headcount} | dict.fromkeys((POST_BEGAN, POST_ENDED, POST_CORRECTED), copy_post)
