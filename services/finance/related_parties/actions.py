"""The register of related parties. Names stay here: no event carries them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.models import Kindergarten
from services.finance.related_parties.models import RelatedParty
from services.finance.related_parties.schemas import RelatedPartyNew
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def enter_party(session: AsyncSession, actor: Actor, new: RelatedPartyNew) -> UUID:
    """Raises NotFound."""
    of = await session.get(Kindergarten, new.kindergarten)
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    made = RelatedParty(id=new_id(), division=of.division, **new.model_dump(), until=FOREVER, entered_by=actor.id)
    session.add(made)
    await session.flush()
    await _announce(session, "entered", made)
    return made.id


async def review_party(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Raises NotFound, another_person_decides."""
    found = await session.scalar(select(RelatedParty).where(RelatedParty.id == id).with_for_update())
    if found is None:
        raise NotFound(what="related party")
    found.reviewed_by = actor.id
    await session.flush()
    await _announce(session, "reviewed", found)


async def _announce(session: AsyncSession, what: str, said: RelatedParty) -> None:
    await announce(
        session,
        f"finance.related_party.{what}",
        f"related-parties/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"relation": said.relation, "agreement": bool(said.agreement)},
    )
