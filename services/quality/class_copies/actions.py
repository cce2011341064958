from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.models import ClassCopy
from services.quality.kindergartens.models import Kindergarten
from shared.contracts.registry import CLASS_CHANGED, CLASS_FORMED, CLASS_REMOVED, ClassFact
from shared.errors import NotFound

KEPT = {"id", "kindergarten", "name", "kind", "standard_size", "since", "until", "synthetic"}


async def class_of(
    session: AsyncSession, id: UUID, kindergarten: UUID | None = None, pointer: str | None = "/class_id"
) -> ClassCopy:
    """The class, when it lies in the caller's scope (and in that kindergarten). Raises NotFound."""
    found = await session.scalar(select(ClassCopy).where(ClassCopy.id == id))
    if found is None or kindergarten not in (None, found.kindergarten):
        raise NotFound(what="class", pointer=pointer)
    return found


async def copy_class(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep our copy at the state the event tells; a later state is never overwritten by an earlier one."""
    fact = ClassFact.model_validate(event["data"])
    division = await session.scalar(select(Kindergarten.division).where(Kindergarten.id == fact.kindergarten))
    state = fact.model_dump(include=KEPT) | {"registry_version": fact.version}
    change = insert(ClassCopy).values(state | {"division": division or event["division"]})
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["id"],
            set_={name: change.excluded[name] for name in (*state, "division") if name != "id"},
            where=ClassCopy.registry_version <= change.excluded.registry_version,
        )
    )


async def remove_class(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """A class that was entered by mistake is gone; samples drawn from it keep its name."""
    id = UUID(str(event["subject"]).rsplit("/", 1)[-1])  # noqa: A001  # what the API calls it
    await session.execute(delete(ClassCopy).where(ClassCopy.id == id))


HANDLERS = {CLASS_FORMED: copy_class, CLASS_CHANGED: copy_class, CLASS_REMOVED: remove_class}
