"""Proposing and approving policy numbers: two persons for each."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.parameters.codes import ParameterState
from services.finance.parameters.models import Parameter
from services.finance.parameters.schemas import ParameterNew
from services.finance.refusals import NoSuchStep
from services.finance.scopes import district_of
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def propose_parameter(session: AsyncSession, actor: Actor, new: ParameterNew) -> UUID:
    """First of two persons."""
    made = Parameter(
        id=new_id(),
        division=district_of(actor),
        **new.model_dump(exclude={"until"}),
        until=new.until or FOREVER,
        state=ParameterState.PROPOSED,
        proposed_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, "proposed", made)
    return made.id


async def decide_parameter(session: AsyncSession, actor: Actor, id: UUID, *, approve: bool) -> None:
    """Second person. Raises NotFound, NoSuchStep, another_person_decides."""
    found = await session.scalar(select(Parameter).where(Parameter.id == id).with_for_update())
    if found is None:
        raise NotFound(what="parameter")
    if found.state != ParameterState.PROPOSED:
        raise NoSuchStep(state=found.state, state_zh=ParameterState[found.state.upper()].zh)
    if approve:
        same = (Parameter.name == found.name, Parameter.key == found.key, Parameter.since == found.since)
        await session.execute(
            update(Parameter)
            .where(*same, Parameter.state == ParameterState.APPROVED)
            .values(state=ParameterState.REPLACED)
        )
    found.state, found.decided_by = ParameterState.APPROVED if approve else ParameterState.REJECTED, actor.id
    found.decided_at = await session.scalar(select(func.now()))
    await session.flush()
    await _announce(session, "approved" if approve else "rejected", found)


async def _announce(session: AsyncSession, what: str, said: Parameter) -> None:
    data = {"name": said.name, "key": said.key, "value": said.value, "since": said.since, "document": said.document}
    subject = f"parameters/{said.id}"
    await announce(session, f"finance.parameter.{what}", subject, division=said.division, data=data)
