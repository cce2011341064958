from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.enrolments.models import Enrolment
from services.finance.kindergartens.models import Kindergarten
from shared.contracts.registry import (
    ENROLMENT_BEGAN,
    ENROLMENT_CORRECTED,
    ENROLMENT_ENDED,
    ENROLMENT_WITHDRAWN,
    EnrolmentFact,
)
from shared.tables import FOREVER


async def copy_enrolment(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep our copy at the state the event tells; a later state is never overwritten by an earlier one."""
    fact = EnrolmentFact.model_validate(event["data"])
    of = await session.get_one(Kindergarten, fact.kindergarten)
    state = fact.model_dump(include={"id", "child", "kindergarten", "class_kind", "since", "synthetic"}) | {
        "division": of.division,
        "until": fact.until or FOREVER,
        "school_entry_year": getattr(fact, "school_entry_year", None),
        "registry_version": fact.version,
    }
    change = insert(Enrolment).values(state)
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["id"],
            set_={name: change.excluded[name] for name in state if name != "id"},
            where=Enrolment.__table__.c.registry_version <= change.excluded.registry_version,
        )
    )


async def withdraw_enrolment(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """A period that was taken back before it began never was."""
    fact = EnrolmentFact.model_validate(event["data"])
    row = Enrolment.__table__.c
    await session.execute(
        update(Enrolment)
        .where(row.id == fact.id, row.registry_version <= fact.version)
        .values(until=row.since, registry_version=fact.version)
    )


HANDLERS = {
    ENROLMENT_BEGAN: copy_enrolment,
    ENROLMENT_ENDED: copy_enrolment,
    ENROLMENT_CORRECTED: copy_enrolment,
    ENROLMENT_WITHDRAWN: withdraw_enrolment,
}
