"""Assigning responsible inspectors, one a kindergarten, and rotating them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.responsible_inspectors.models import InspectorAssignment
from services.quality.responsible_inspectors.schemas import InspectorAssignmentNew
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


class AlreadyResponsible(DomainError):
    zh = "{account} 已是该园责任督学。"
    en = "{account} is the responsible inspector already."


def limits(on: date) -> dict[str, Any]:
    """The district's numbers as the queries take them."""
    years = number(PARAMETERS, "inspector_rotation_years", on)
    day = min(on.day, 28)
    return {"most": number(PARAMETERS, "inspector_load", on), "rotate_before": date(on.year - years, on.month, day)}


async def assign_inspector(session: AsyncSession, new: InspectorAssignmentNew) -> UUID:
    """Assign, ending whoever was there on that day. Raises NotFound, AlreadyResponsible."""
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten).with_for_update())
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    query = select(InspectorAssignment).where(
        InspectorAssignment.kindergarten == new.kindergarten, InspectorAssignment.until.is_(None)
    )
    present = await session.scalar(query.with_for_update())
    if present is not None:
        if present.account == new.account:
            raise AlreadyResponsible(account=new.account, pointer="/account")
        if new.since < present.since:
            raise InvalidInput(
                reason_zh="早于现任起始日期。", reason_en="it lies before the present one began.", pointer="/since"
            )
        present.until = new.since
        await session.flush()
    made = InspectorAssignment(id=new_id(), division=place.division, until=None, **new.model_dump())
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.inspector.assigned",
        f"inspector-assignments/{made.id}",
        division=place.division,
        kindergarten=place.id,
        data={"since": new.since},
    )
    return made.id


async def end_assignment(session: AsyncSession, id: UUID) -> None:
    """End it today. Raises NotFound."""
    found = await session.scalar(select(InspectorAssignment).where(InspectorAssignment.id == id).with_for_update())
    if found is None:
        raise NotFound(what="inspector assignment")
    found.until = found.until or max(found.since, today())
