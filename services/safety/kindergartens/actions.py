from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.kindergartens.models import Kindergarten
from shared.contracts.registry import KINDERGARTEN_CHANGED, KINDERGARTEN_REGISTERED, KindergartenFact


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


HANDLERS = {KINDERGARTEN_REGISTERED: copy_kindergarten, KINDERGARTEN_CHANGED: copy_kindergarten}
