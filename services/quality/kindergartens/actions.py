from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from shared.contracts.registry import KINDERGARTEN_CHANGED, KINDERGARTEN_REGISTERED, KindergartenFact
from shared.errors import NotFound

# Whatever is known of it lies where it lies now, so that its new town sees it and its old one no longer does.
_move = text("SELECT move_kindergarten(id, division) FROM kindergartens WHERE id = :id")


async def kindergarten_of(session: AsyncSession, id: UUID, pointer: str | None = "/kindergarten") -> Kindergarten:
    """The kindergarten, when it lies in the caller's scope. Raises NotFound."""
    if (found := await session.scalar(select(Kindergarten).where(Kindergarten.id == id))) is None:
        raise NotFound(what="kindergarten", pointer=pointer)
    return found


async def copy_kindergarten(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep our copy at the state the event tells; a later state is never overwritten by an earlier one."""
    fact = KindergartenFact.model_validate(event["data"])
    state = fact.model_dump(exclude={"version", "for_profit"}) | {"registry_version": fact.version}
    table = Kindergarten.__table__
    change = insert(Kindergarten).values(state)
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["id"],
            set_={name: change.excluded[name] for name in state if name != "id"} | {"copied_at": func.now()},
            where=table.c.registry_version <= change.excluded.registry_version,
        )
    )
    await session.execute(_move, {"id": fact.id})


HANDLERS = {KINDERGARTEN_REGISTERED: copy_kindergarten, KINDERGARTEN_CHANGED: copy_kindergarten}
