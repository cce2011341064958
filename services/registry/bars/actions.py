"""Keeping the list of those who may not work in kindergartens. The person, if registered, is held: a hiring waits."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.bars.models import Bar
from services.registry.bars.queries import HOLD_DOCUMENT
from services.registry.bars.schemas import BarLifting, BarNew
from services.registry.children.sealing import seal_document
from services.registry.code_lists import unknown_codes
from services.registry.identifiers.rules import RESIDENT_ID, document_findings, is_synthetic, normal_form
from services.registry.refusals import faults_at, refuse
from shared.auth import Actor
from shared.contracts.registry import BAR_LIFTED, BAR_RECORDED, BarFact
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.etags import check
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def record_bar(session: AsyncSession, keys: KeyRing, actor: Actor, new: BarNew) -> Bar:
    """Enter someone. Raises InvalidInput with every fault."""
    number, record = normal_form(new.document_number), new_id()
    found = [each for each in document_findings(new.document_type, number, today()) if each.severity == "error"]
    refuse(unknown_codes({"document_type": "document_type"}, {"document_type": new.document_type}, today()))
    refuse(faults_at("/document_number", found))
    sealed = seal_document(keys, new.document_type, number, record)
    await session.execute(HOLD_DOCUMENT, {"document": sealed.index})
    values = new.model_dump(include={"name", "document_type", "decided_by", "decision", "since"})
    made = Bar(
        id=record,
        **values,
        **sealed.columns("document"),
        ground=new.ground.value,
        until=new.until or FOREVER,
        division=min(actor.divisions, key=len),
        synthetic=new.synthetic or (new.document_type == RESIDENT_ID and is_synthetic(number)),
        version=1,
    )
    session.add(made)
    await session.flush()
    await announce_bar(session, BAR_RECORDED, made)
    return made


async def lift_bar(session: AsyncSession, id: UUID, version: int, lifting: BarLifting) -> None:
    """End a bar earlier. Raises NotFound, VersionIsStale, InvalidInput."""
    found = await session.scalar(select(Bar).where(Bar.id == id).with_for_update())
    if found is None:
        raise NotFound(what="bar")
    check(version, found.version)
    if not found.since < lifting.until < found.until:
        raise InvalidInput(
            reason_zh="解除日期应在起始日期之后、原截止日期之前。",
            reason_en="it must lie after the first day and before the end on record.",
            pointer="/until",
        )
    found.until, found.lifted_because = lifting.until, lifting.because
    await session.flush()
    await session.refresh(found)
    await announce_bar(session, BAR_LIFTED, found)


async def announce_bar(session: AsyncSession, kind: str, found: Bar) -> None:
    """Tell that the list changed, and nothing of whom."""
    fact = BarFact(id=found.id, synthetic=found.synthetic, version=found.version)
    await announce(session, kind, f"bars/{found.id}", division=found.division, data=fact.model_dump())
