"""减免税费: the kindergarten records, an officer confirms."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.models import Kindergarten
from services.finance.refusals import NoSuchStep
from services.finance.reliefs.codes import ReliefState
from services.finance.reliefs.models import Relief
from services.finance.reliefs.schemas import ReliefNew
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id


async def record_relief(session: AsyncSession, actor: Actor, new: ReliefNew) -> UUID:
    """Raises NotFound, relief_is_recorded_once."""
    of = await session.get(Kindergarten, new.kindergarten)
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    made = Relief(
        id=new_id(), division=of.division, **new.model_dump(), state=ReliefState.RECORDED, recorded_by=actor.id
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def confirm_relief(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Raises NotFound, NoSuchStep, another_person_decides."""
    found = await session.scalar(select(Relief).where(Relief.id == id).with_for_update())
    if found is None:
        raise NotFound(what="relief")
    if found.state != ReliefState.RECORDED:
        raise NoSuchStep(state=found.state, state_zh=ReliefState[found.state.upper()].zh)
    found.state, found.confirmed_by = ReliefState.CONFIRMED, actor.id
    await session.flush()
    await _announce(session, found)


async def _announce(session: AsyncSession, said: Relief) -> None:
    await announce(
        session,
        f"finance.relief.{said.state}",
        f"reliefs/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"kind": said.kind, "amount": said.amount, "since": said.since},
    )
