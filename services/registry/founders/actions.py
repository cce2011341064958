"""Keeping who founds and controls a kindergarten. The kindergarten is held, so that two shares see each other."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.bars.queries import HOLD_DOCUMENT
from services.registry.children.sealing import seal_document
from services.registry.code_lists import unknown_codes
from services.registry.founders.codes import FounderAssets, FounderNature, FounderRole
from services.registry.founders.models import Founder
from services.registry.founders.queries import IS_BARRED
from services.registry.founders.rules import (
    PUBLIC_ASSETS,
    FounderBarred,
    FounderHasEnded,
    SharesExceedWhole,
    exceeding,
)
from services.registry.founders.schemas import FounderEnding, FounderNew, FounderPatch
from services.registry.identifiers.rules import credit_code_findings, document_findings, normal_form
from services.registry.kindergartens.actions import locked
from services.registry.kindergartens.models import Kindergarten
from services.registry.kindergartens.rules import PUBLIC_ASSETS_FOR_PROFIT
from services.registry.refusals import RuleRefuses, faults_at, refuse
from shared import etags
from shared.auth import Actor
from shared.contracts.registry import FOUNDER_RECORDED, FounderFact
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def record_founder(session: AsyncSession, keys: KeyRing, actor: Actor, new: FounderNew) -> UUID:
    """Enter somebody. Raises NotFound, InvalidInput, FounderBarred (REG-13), SharesExceedWhole, and REG-15's no."""
    entry = await locked(session, new.kindergarten)
    refuse(_faults(new))
    made = Founder(
        id=new_id(),
        kindergarten=entry.id,
        division=entry.division,
        recorded_by=actor.id,
        synthetic=entry.synthetic,
        version=1,
        until=new.until or FOREVER,
        role=new.role.value,
        nature=new.nature.value,
        assets=new.assets.value,
        **new.model_dump(include={"name", "share", "document", "since", "document_type", "credit_code"}),
    )
    if new.nature is FounderNature.PERSON:
        sealed = seal_document(keys, new.document_type, normal_form(new.document_number), made.id)
        made.document_sealed, made.document_index, made.document_mask = sealed.sealed, sealed.index, sealed.mask
        await _not_barred(session, sealed.index, made.since, made.until)
    await _lawful(session, entry, made)
    session.add(made)
    await session.flush()
    await _told(session, made)
    return made.id


def _faults(new: FounderNew) -> list[Fault]:
    if new.nature is FounderNature.ORGANISATION:
        return faults_at(
            "/credit_code", (each for each in credit_code_findings(new.credit_code) if each.severity == "error")
        )
    faults = unknown_codes({"document_type": "document_type"}, {"document_type": new.document_type}, today())
    found = document_findings(new.document_type, normal_form(new.document_number), today())
    return faults + faults_at("/document_number", (each for each in found if each.severity == "error"))


async def _not_barred(session: AsyncSession, document: bytes, since: date, until: date) -> None:
    await session.execute(HOLD_DOCUMENT, {"document": document})
    asked = {"document": document, "since": max(since, today()), "until": until}
    if await session.scalar(IS_BARRED, asked):
        raise FounderBarred(extra={"rule": "REG-13", "basis": "学前教育法第四十四条"})


async def no_barred_founder(session: AsyncSession, kindergarten: UUID) -> None:
    """Nobody who is barred founds or controls the kindergarten from today on. Raises FounderBarred."""
    held = select(Founder.document_index, Founder.until).where(
        Founder.kindergarten == kindergarten, Founder.until > today(), Founder.document_index.is_not(None)
    )
    for document, until in (await session.execute(held)).all():
        await _not_barred(session, document or b"", today(), until)


async def _lawful(session: AsyncSession, entry: Kindergarten, found: Founder) -> None:
    """Shares come to the whole at most; no public assets in a for-profit kindergarten (学前教育法 art. 34)."""
    lasts = found.until > today()
    if entry.for_profit and lasts and found.assets in {each.value for each in PUBLIC_ASSETS}:
        raise RuleRefuses(PUBLIC_ASSETS_FOR_PROFIT, pointer="/assets")
    if found.role != FounderRole.FOUNDER or found.share is None:
        return
    others = select(Founder.share, Founder.since, Founder.until).where(
        Founder.kindergarten == entry.id,
        Founder.role == FounderRole.FOUNDER.value,
        Founder.share.is_not(None),
        Founder.id != found.id,
    )
    with session.no_autoflush:
        held = [(share or Decimal(), since, until) for share, since, until in await session.execute(others)]
    if over := exceeding(held, found.share, found.since, found.until):
        raise SharesExceedWhole(day=over[0], total=over[1], pointer="/share")


async def _held(session: AsyncSession, id: UUID) -> tuple[Founder, Kindergarten]:
    kindergarten = await session.scalar(select(Founder.kindergarten).where(Founder.id == id))
    if kindergarten is None:
        raise NotFound(what="founder")
    entry = await locked(session, kindergarten)
    return await session.get_one(Founder, id, with_for_update=True, populate_existing=True), entry


async def correct_founder(session: AsyncSession, id: UUID, patch: FounderPatch, asked: int) -> None:
    """Set right what was entered wrongly. Raises NotFound, VersionIsStale, SharesExceedWhole, and REG-15's no."""
    found, entry = await _held(session, id)
    sent: Mapping[str, Any] = patch.model_dump(exclude_unset=True)
    values = {name: value.value if isinstance(value, FounderAssets) else value for name, value in sent.items()}
    changes = {name: value for name, value in values.items() if getattr(found, name) != value}
    etags.check(asked, found.version, {name: str(getattr(found, name)) for name in changes})
    with session.no_autoflush:
        for name, value in changes.items():
            setattr(found, name, value)
        await _lawful(session, entry, found)
    if changes:
        await session.flush()
        await session.refresh(found)
        await _told(session, found)


async def end_founder(session: AsyncSession, id: UUID, ending: FounderEnding, asked: int) -> None:
    """End it on a day, by a document. Raises NotFound, VersionIsStale, FounderHasEnded."""
    found, _ = await _held(session, id)
    etags.check(asked, found.version)
    if found.until != FOREVER:
        raise FounderHasEnded(until=found.until)
    found.until, found.ended_because, found.ending_document = ending.until, ending.because, ending.document
    await session.flush()
    await session.refresh(found)
    await _told(session, found)


async def _told(session: AsyncSession, found: Founder) -> None:
    names = ("id", "kindergarten", "role", "nature", "share", "assets", "since", "synthetic", "version")
    until = None if found.until == FOREVER else found.until
    fact = FounderFact(until=until, **{name: getattr(found, name) for name in names}).model_dump(mode="json")
    subject = f"founders/{found.id}"
    await announce(
        session, FOUNDER_RECORDED, subject, division=found.division, kindergarten=found.kindergarten, data=fact
    )
