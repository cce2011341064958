from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.models import Kindergarten
from shared.contracts.registry import KindergartenFact


async def copy_kindergarten(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep our copy at the state the event tells; a later state is never overwritten by an earlier one."""
    fact = KindergartenFact.model_validate(event["data"])
    state = fact.model_dump(exclude={"version"}) | {"registry_version": fact.version}
    table = Kindergarten.__table__
    change = insert(Kindergarten).values(state)
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["id"],
            set_={name: change.excluded[name] for name in state if name != "id"} | {"copied_at": func.now()},
            where=table.c.registry_version <= change.excluded.registry_version,
        )
    )
