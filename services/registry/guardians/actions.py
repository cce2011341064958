"""Who answers for a child: recorded with sealed telephone and document."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.children.actions import announce_change, locked_child
from services.registry.children.models import Guardian
from services.registry.children.sealing import seal_document, seal_phone
from services.registry.classes.actions import differing
from services.registry.code_lists import unknown_codes
from services.registry.guardians.schemas import GuardianChange, GuardianNew
from services.registry.identifiers.rules import document_findings, normal_form
from services.registry.refusals import faults_at, refuse
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import NotFound
from shared.etags import check
from shared.ids import new_id

LISTS = {"relation": "relation", "document_type": "document_type"}
SEALED = frozenset({"phone", "document_number", "document_type"})


async def record_guardian(session: AsyncSession, keys: KeyRing, child: UUID, new: GuardianNew) -> UUID:
    """Record a guardian. Raises NotFound, InvalidInput with every fault."""
    found = await locked_child(session, child)
    _check(new)
    record = new_id()
    made = Guardian(
        id=record,
        child=child,
        name=new.name,
        relation=new.relation,
        synthetic=found.synthetic,
        version=1,
        **_columns(keys, record, new, frozenset(type(new).model_fields)),
    )
    session.add(made)
    await session.flush()
    await announce_change(session, found, ["guardians"])
    return made.id


async def change_guardian(
    session: AsyncSession, keys: KeyRing, child: UUID, id: UUID, version: int, change: GuardianChange
) -> None:
    """Edit a guardian's record. Raises NotFound, VersionIsStale, InvalidInput."""
    family = await locked_child(session, child)
    found = await _guardian(session, child, id)
    plain = {name: value for name, value in change.sent().items() if name not in SEALED}
    check(version, found.version, differing(found, plain))
    _check(change)
    for name, value in (plain | _columns(keys, id, change, frozenset(change.sent()))).items():
        setattr(found, name, value)
    await session.flush()
    await announce_change(session, family, ["guardians"])


async def remove_guardian(session: AsyncSession, child: UUID, id: UUID) -> None:
    """Remove a guardian from a child's record; what was there stays in its history."""
    family = await locked_child(session, child)
    await session.delete(await _guardian(session, child, id))
    await session.flush()
    await announce_change(session, family, ["guardians"])


async def _guardian(session: AsyncSession, child: UUID, id: UUID) -> Guardian:
    query = select(Guardian).where(Guardian.id == id, Guardian.child == child).with_for_update(key_share=True)
    if (found := await session.scalar(query)) is None:
        raise NotFound(what="guardian")
    return found


def _check(sent: GuardianNew | GuardianChange) -> None:
    faults = unknown_codes(LISTS, {name: getattr(sent, name) for name in LISTS}, today())
    if sent.document_type and sent.document_number:
        findings = document_findings(sent.document_type, normal_form(sent.document_number), today())
        faults += faults_at("/document_number", [each for each in findings if each.severity == "error"])
    refuse(faults)


def _columns(keys: KeyRing, record: UUID, sent: GuardianNew | GuardianChange, named: frozenset[str]) -> dict[str, Any]:
    """What is stored of telephone and document, where the caller named them."""
    found: dict[str, Any] = {}
    if "phone" in named:
        found |= {"phone_sealed": None, "phone_index": None, "phone_mask": ""}
        if sent.phone:
            found |= seal_phone(keys, sent.phone, record).columns("phone")
    if "document_number" in named:
        found |= {"document_type": None, "document_sealed": None, "document_index": None, "document_mask": ""}
        if sent.document_type and sent.document_number:
            sealed = seal_document(keys, sent.document_type, sent.document_number, record)
            found |= {"document_type": sent.document_type} | sealed.columns("document")
    return found
