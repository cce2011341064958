"""Taking in a report and giving a receipt: whoever sends it sees nothing of what becomes of it but how far it is."""

import hashlib
import secrets

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.ethics_cases.catalogue import BEHAVIOURS
from services.quality.ethics_cases.models import EthicsCase
from services.quality.ethics_cases.rules import harms_children
from services.quality.ethics_cases.schemas import EthicsReceipt, EthicsReport, EthicsReportStatus
from services.quality.kindergartens.models import Kindergarten
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.ids import new_id

_status = text("SELECT ethics_report_status(:digest)")


def digest(receipt: str) -> bytes:
    return hashlib.sha256(receipt.encode()).digest()


async def report_violation(
    session: AsyncSession, keys: KeyRing, new: EthicsReport, reporter: str | None
) -> EthicsReceipt:
    """Store the report sealed. Raises NotFound. Not even the reporter can read it back."""
    found = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
    if found is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if new.occurred_on and new.occurred_on > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/occurred_on")
    made, receipt = new_id(), secrets.token_urlsafe(24)
    await session.execute(
        insert(EthicsCase).values(
            id=made,
            division=found.division,
            kindergarten=found.id,
            state="reported",
            need_to_know=[],
            source=new.source.value,
            anonymous=reporter is None,
            reported_by=reporter,
            reported_on=today(),
            occurred_on=new.occurred_on,
            receipt_digest=digest(receipt),
            contact_sealed=keys.encrypt(new.contact, made.bytes) if new.contact else None,
            behaviours=[each.value for each in new.behaviours],
            facts=new.facts,
            children=new.children,
            harms_children=harms_children(BEHAVIOURS, new.behaviours),
            accused_sealed=keys.encrypt(new.accused, made.bytes) if new.accused else None,
        )
    )
    return EthicsReceipt(receipt=receipt, received_on=today())


async def report_status(session: AsyncSession, receipt: str) -> EthicsReportStatus:
    """How far the report with that receipt is; an unknown receipt says only that."""
    found = await session.scalar(_status, {"digest": digest(receipt)})
    return EthicsReportStatus(status=found or "unknown")
