"""Proposing and approving policy numbers: two persons for each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
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


class Number(Protocol):
    """A value with its name, key and days, decided elsewhere."""

    name: str
    key: str
    value: Decimal | None
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Authority:
    """The document numbers rest on, the two who signed it, and the scenario it came from."""

    document: str
    tag: str
    proposed_by: str
    decided_by: str
    scenario: UUID


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
        await _replace(session, found)
    found.state, found.decided_by = ParameterState.APPROVED if approve else ParameterState.REJECTED, actor.id
    found.decided_at = await session.scalar(select(func.now()))
    await session.flush()
    await _announce(session, "approved" if approve else "rejected", found)


async def adopt_number(session: AsyncSession, division: str, number: Number, by: Authority) -> UUID:
    """A number two persons signed as part of a scenario; it replaces the one of the same name, key and first day."""
    await _replace(session, number)
    made = Parameter(
        id=new_id(),
        division=division,
        name=number.name,
        key=number.key,
        value=number.value,
        since=number.since,
        until=number.until,
        document=by.document,
        tag=by.tag,
        state=ParameterState.APPROVED,
        proposed_by=by.proposed_by,
        decided_by=by.decided_by,
        decided_at=await session.scalar(select(func.now())),
        scenario=by.scenario,
    )
    session.add(made)
    await session.flush()
    await _announce(session, "approved", made)
    return made.id


async def _replace(session: AsyncSession, number: Number) -> None:
    same = (Parameter.name == number.name, Parameter.key == number.key, Parameter.since == number.since)
    former = update(Parameter).where(*same, Parameter.state == ParameterState.APPROVED)
    await session.execute(former.values(state=ParameterState.REPLACED))


async def _announce(session: AsyncSession, what: str, said: Parameter) -> None:
    data = {"name": said.name, "key": said.key, "value": said.value, "since": said.since, "document": said.document}
    subject = f"parameters/{said.id}"
    await announce(session, f"finance.parameter.{what}", subject, division=said.division, data=data)
