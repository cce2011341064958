from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.class_copies.models import ClassCopy
from services.finance.kindergartens.models import Kindergarten
from shared.contracts.registry import CLASS_CHANGED, CLASS_FORMED, ClassFact

KEPT = {"id", "kindergarten", "kind", "hard_limit", "since", "until", "synthetic"}


async def copy_class(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep our copy at the state the event tells; a later state is never overwritten by an earlier one.

    A class that was removed keeps its copy: months it was certified in are still looked at.
    """
    fact = ClassFact.model_validate(event["data"])
    of = await session.get_one(Kindergarten, fact.kindergarten)
    state = fact.model_dump(include=KEPT) | {"division": of.division, "registry_version": fact.version}
    change = insert(ClassCopy).values(state)
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["id"],
            set_={name: change.excluded[name] for name in state if name != "id"},
            where=ClassCopy.__table__.c.registry_version <= change.excluded.registry_version,
        )
    )


HANDLERS = {CLASS_FORMED: copy_class, CLASS_CHANGED: copy_class}
