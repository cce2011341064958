"""Approving numbers of staff: a number takes over on a day, and the former one ends there."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.actions import locked
from services.registry.quotas.models import StaffQuota
from services.registry.quotas.schemas import StaffQuotaNew
from shared.contracts.registry import STAFF_QUOTA_APPROVED, StaffQuotaFact
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def approve_quota(session: AsyncSession, new: StaffQuotaNew) -> UUID:
    """Approve a number from a day on; what was approved for later stays. Raises NotFound."""
    owner = await locked(session, new.kindergarten)
    table = StaffQuota
    same = (table.kindergarten == owner.id, table.kind == new.kind.value)
    found = await session.scalar(select(table).where(*same, table.since <= new.since, table.until > new.since))
    if found and found.since == new.since:
        found.approved, found.document = new.approved, new.document
    else:
        later = await session.scalar(select(func.min(table.since)).where(*same, table.since > new.since))
        until = found.until if found else later or FOREVER
        if found:
            found.until = new.since
            await session.flush()  # the former period makes room before the new one claims its days
        found = StaffQuota(
            id=new_id(),
            **new.model_dump(exclude={"kind"}),
            kind=new.kind.value,
            division=owner.division,
            until=until,
            synthetic=owner.synthetic,
            version=1,
        )
        session.add(found)
    await session.flush()
    await session.refresh(found)
    fact = StaffQuotaFact(**{name: getattr(found, name) for name in StaffQuotaFact.model_fields})
    await announce(
        session,
        STAFF_QUOTA_APPROVED,
        f"staff-quotas/{found.id}",
        division=owner.division,
        kindergarten=owner.id,
        data=fact.model_dump(),
    )
    return found.id
