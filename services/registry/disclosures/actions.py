"""Showing identifiers in clear: to whom may identify children, for a purpose, never without a line in the log."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.children.models import Child, Guardian
from services.registry.disclosures.schemas import ChildIdentifiers, DisclosureNew, GuardianIdentifiers
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.errors import NotFound
from shared.logs import trace_id
from shared.platform.tables import AccessLog

SHOWN = ["document_number", "guardians.document_number", "guardians.phone"]


async def show_identifiers(
    session: AsyncSession, keys: KeyRing, actor: Actor, child: UUID, why: DisclosureNew
) -> ChildIdentifiers:
    """Open what is sealed of a child and its guardians, and log it in the same transaction. Raises NotFound."""
    found = await session.get(Child, child)
    if found is None:
        raise NotFound(what="child")
    guardians = await session.scalars(select(Guardian).where(Guardian.child == child).order_by(Guardian.id))
    session.add(
        AccessLog(
            actor=actor.id,
            purpose=f"{why.purpose.value}:{why.reason}",
            subject=f"children/{child}",
            fields=SHOWN,
            division=found.division,
            kindergarten=found.kindergarten,
            trace=trace_id(),
        )
    )
    return ChildIdentifiers(
        id=child,
        document_type=found.document_type,
        document_number=keys.decrypt(found.document_sealed, child.bytes),
        guardians=[_opened(keys, each) for each in guardians],
    )


def _opened(keys: KeyRing, guardian: Guardian) -> GuardianIdentifiers:
    bound = guardian.id.bytes
    return GuardianIdentifiers(
        id=guardian.id,
        document_type=guardian.document_type,
        document_number=guardian.document_sealed and keys.decrypt(guardian.document_sealed, bound),
        phone=guardian.phone_sealed and keys.decrypt(guardian.phone_sealed, bound),
    )
