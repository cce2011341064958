"""Who takes up reports."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.ethics_cases.models import EthicsHandler
from services.quality.ethics_cases.schemas import EthicsHandlerIn
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.ids import new_id


async def appoint_handler(session: AsyncSession, actor: Actor, new: EthicsHandlerIn) -> UUID:
    """Appoint, within one's own division; whoever is appointed already stays so. Raises NotFound."""
    if not new.division.startswith(actor.divisions):
        raise NotFound(what="division", pointer="/division")
    query = select(EthicsHandler.id).where(
        EthicsHandler.account == new.account, EthicsHandler.division == new.division, EthicsHandler.ended_on.is_(None)
    )
    if (found := await session.scalar(query)) is not None:
        return found
    values = {"appointed_by": actor.id, "appointed_on": today(), **new.model_dump()}
    made = EthicsHandler(id=new_id(), **values)
    session.add(made)
    await session.flush()
    return made.id


async def end_handler(session: AsyncSession, id: UUID) -> None:
    """From now on the account sees no report that nobody has taken up. Raises NotFound."""
    found = await session.scalar(select(EthicsHandler).where(EthicsHandler.id == id).with_for_update())
    if found is None:
        raise NotFound(what="handler")
    found.ended_on = found.ended_on or today()
