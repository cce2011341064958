"""Setting up subsidy programmes: two persons for each."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.programmes.codes import ProgrammeState
from services.finance.programmes.models import Programme
from services.finance.programmes.schemas import ProgrammeNew
from services.finance.refusals import NoSuchStep
from services.finance.scopes import district_of
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def propose_programme(session: AsyncSession, actor: Actor, new: ProgrammeNew) -> UUID:
    """First of two persons. Raises programme_code_taken."""
    made = Programme(
        id=new_id(),
        division=district_of(actor),
        **new.model_dump(exclude={"until"}),
        until=new.until or FOREVER,
        state=ProgrammeState.PROPOSED,
        proposed_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, "proposed", made)
    return made.id


async def decide_programme(session: AsyncSession, actor: Actor, id: UUID, *, approve: bool) -> None:
    """Second person. Raises NotFound, NoSuchStep, another_person_decides."""
    found = await session.scalar(select(Programme).where(Programme.id == id).with_for_update())
    if found is None:
        raise NotFound(what="programme")
    if found.state != ProgrammeState.PROPOSED:
        raise NoSuchStep(state=found.state, state_zh=ProgrammeState[found.state.upper()].zh)
    found.state, found.decided_by = ProgrammeState.APPROVED if approve else ProgrammeState.REJECTED, actor.id
    await session.flush()
    await _announce(session, "approved" if approve else "rejected", found)


async def _announce(session: AsyncSession, what: str, said: Programme) -> None:
    data = {"code": said.code, "name": said.name, "shape": said.shape, "document": said.document}
    subject = f"programmes/{said.id}"
    await announce(session, f"finance.programme.{what}", subject, division=said.division, data=data)
