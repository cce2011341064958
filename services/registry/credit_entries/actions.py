"""Entering in the credit file, and withdrawing what was taken back."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.credit_entries.models import CreditEntry
from services.registry.credit_entries.schemas import CreditEntryNew, CreditWithdrawal
from services.registry.founders.models import Founder
from services.registry.kindergartens.models import Kindergarten
from services.registry.refusals import refuse
from shared import etags
from shared.auth import Actor
from shared.contracts.registry import CREDIT_RECORDED, CREDIT_WITHDRAWN, CreditFact
from shared.days import today
from shared.errors import DomainError, Fault, NotFound
from shared.events import announce
from shared.ids import new_id


class EntryWithdrawn(DomainError):
    zh = "该信用记录已于 {day} 撤销。"
    en = "The entry was withdrawn on {day}."


async def record_entry(session: AsyncSession, actor: Actor, new: CreditEntryNew) -> UUID:
    """Enter what is known, with its source. Raises NotFound, InvalidInput, and what is personal is not public."""
    entry = await session.get(Kindergarten, new.kindergarten)
    if entry is None:
        raise NotFound(what="kindergarten")
    if new.occurred_on > today():
        refuse([Fault("/occurred_on", "not-happened-yet", "尚未发生。", "It has not happened yet.")])
    if new.founder is not None:
        known = select(Founder.id).where(Founder.id == new.founder, Founder.kindergarten == entry.id)
        if await session.scalar(known) is None:
            refuse(
                [Fault("/founder", "founder-unknown", "本园没有此举办者。", "The kindergarten has no such founder.")]
            )
    made = CreditEntry(
        id=new_id(),
        division=entry.division,
        recorded_on=today(),
        recorded_by=actor.id,
        synthetic=entry.synthetic,
        version=1,
        **new.model_dump(mode="python") | {name: getattr(new, name).value for name in ("subject", "kind", "effect")},
    )
    session.add(made)
    await session.flush()
    await _told(session, CREDIT_RECORDED, made)
    return made.id


async def withdraw_entry(session: AsyncSession, actor: Actor, id: UUID, new: CreditWithdrawal, asked: int) -> None:
    """Take an entry back: from today it counts no more and is published no more (行政处罚法 art. 48)."""
    found = await session.scalar(select(CreditEntry).where(CreditEntry.id == id).with_for_update())
    if found is None:
        raise NotFound(what="credit entry")
    etags.check(asked, found.version)
    if found.withdrawn_on is not None:
        raise EntryWithdrawn(day=found.withdrawn_on)
    found.withdrawn_on, found.withdrawn_by = today(), actor.id
    found.withdrawn_because, found.withdrawal_document = new.because, new.document
    await session.flush()
    await session.refresh(found)
    await _told(session, CREDIT_WITHDRAWN, found)


async def _told(session: AsyncSession, kind: str, found: CreditEntry) -> None:
    names = ("id", "kindergarten", "subject", "kind", "effect", "occurred_on", "public", "synthetic", "version")
    fact = CreditFact(**{name: getattr(found, name) for name in names}).model_dump(mode="json")
    subject = f"credit-entries/{found.id}"
    await announce(session, kind, subject, division=found.division, kindergarten=found.kindergarten, data=fact)
