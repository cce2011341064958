"""Establishing facts about a kindergarten: two persons for each."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.attributes.codes import AttributeState
from services.finance.attributes.models import KindergartenAttribute
from services.finance.attributes.schemas import AttributeNew
from services.finance.kindergartens.models import Kindergarten
from services.finance.refusals import NoSuchStep
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER

# (state, approve?) → what it becomes; anything else is no step.
STEPS = {
    (AttributeState.PROPOSED, True): AttributeState.APPROVED,
    (AttributeState.PROPOSED, False): AttributeState.REJECTED,
    (AttributeState.APPROVED, False): AttributeState.REVOKED,
}


async def propose_attribute(session: AsyncSession, actor: Actor, new: AttributeNew) -> UUID:
    """First of two persons. Raises NotFound."""
    of = await session.get(Kindergarten, new.kindergarten)
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    made = KindergartenAttribute(
        id=new_id(),
        division=of.division,
        **new.model_dump(exclude={"until"}),
        until=new.until or FOREVER,
        state=AttributeState.PROPOSED,
        proposed_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def decide_attribute(session: AsyncSession, actor: Actor, id: UUID, *, approve: bool) -> None:
    """Second person. Raises NotFound, NoSuchStep, another_person_decides."""
    query = select(KindergartenAttribute).where(KindergartenAttribute.id == id).with_for_update()
    found = await session.scalar(query)
    if found is None:
        raise NotFound(what="attribute")
    state = AttributeState[found.state.upper()]
    if (state, approve) not in STEPS:
        raise NoSuchStep(state=state, state_zh=state.zh)
    found.state, found.decided_by = STEPS[state, approve], actor.id
    await session.flush()
    await _announce(session, found)


async def _announce(session: AsyncSession, said: KindergartenAttribute) -> None:
    await announce(
        session,
        f"finance.attribute.{said.state}",
        f"kindergarten-attributes/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"name": said.name, "value": said.value, "since": said.since, "programme": said.programme},
    )
