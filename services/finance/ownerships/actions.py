"""Entering the links between people and companies, as public registers and interviews tell of them."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.ownerships.models import Ownership
from services.finance.ownerships.schemas import OwnershipNew
from services.finance.scopes import district_of
from shared.auth import Actor
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def enter_ownership(session: AsyncSession, actor: Actor, new: OwnershipNew) -> UUID:
    """Raises DistrictDecides, ownership_already_entered."""
    made = Ownership(
        id=new_id(),
        division=district_of(actor),
        **new.model_dump(exclude={"until"}),
        until=new.until or FOREVER,
        entered_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, "entered", made)
    return made.id


async def end_ownership(session: AsyncSession, id: UUID, until: date) -> None:
    """Raises NotFound, InvalidInput."""
    found = await session.scalar(select(Ownership).where(Ownership.id == id).with_for_update())
    if found is None:
        raise NotFound(what="ownership")
    if not found.since < until <= found.until:
        raise InvalidInput(reason_zh="应在关系存续期内。", reason_en="it must lie within the period.", pointer="/until")
    found.until = until
    await session.flush()
    await _announce(session, "ended", found)


async def _announce(session: AsyncSession, what: str, said: Ownership) -> None:
    # No names: whoever reads the feed need not know whose company it is.
    data = {"relation": said.relation, "since": said.since, "until": said.until}
    await announce(session, f"finance.ownership.{what}", f"ownerships/{said.id}", division=said.division, data=data)
