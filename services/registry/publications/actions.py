"""Bringing public pages up to date: a new version with its hash, and every duty it meets."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.actions import locked
from services.registry.kindergartens.models import Kindergarten
from services.registry.publications.duties import content, differing, last
from services.registry.publications.models import Publication, PublicationDuty
from shared.auth import Actor
from shared.contracts.registry import RECORD_PUBLISHED, RecordPublishedFact
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id


async def publish_records(session: AsyncSession, actor: Actor, kindergartens: Sequence[UUID]) -> list[UUID]:
    """Publish each as the register says today. One whose page says so already gets a new date. Raises NotFound."""
    return [await _publish(session, actor, each) for each in sorted(set(kindergartens))]


async def _publish(session: AsyncSession, actor: Actor, kindergarten: UUID) -> UUID:
    entry = await locked(session, kindergarten)
    record, figures = await content(session, entry.id)
    page = await last(session, entry.id)
    made = Publication(
        id=new_id(),
        kindergarten=entry.id,
        division=entry.division,
        number=page.number + 1 if page else 1,
        published_on=today(),
        published_by=actor.id,
        pinyin=entry.pinyin,
        record=record,
        figures=figures,
        hash=digest(record, figures),
        synthetic=entry.synthetic,
    )
    session.add(made)
    await session.flush()
    owed = (PublicationDuty.kindergarten == entry.id) & PublicationDuty.met_on.is_(None)
    await session.execute(update(PublicationDuty).where(owed).values(met_on=today(), publication=made.id))
    fact = RecordPublishedFact.model_validate(made, extra="ignore").model_dump(mode="json")
    subject = f"publications/{made.id}"
    await announce(session, RECORD_PUBLISHED, subject, division=entry.division, kindergarten=entry.id, data=fact)
    return made.id


def digest(record: dict[str, Any], figures: dict[str, Any]) -> str:
    """SHA-256 of `{"figures":…,"record":…}`: JSON in UTF-8, keys in order, no blanks."""
    return hashlib.sha256(to_json({"figures": _ordered(figures), "record": _ordered(record)})).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    return [_ordered(each) for each in value] if isinstance(value, list) else value


async def draft(session: AsyncSession, kindergarten: UUID) -> dict[str, Any]:
    """What would be published now. Raises NotFound."""
    if await session.get(Kindergarten, kindergarten) is None:
        raise NotFound(what="kindergarten")
    record, figures = await content(session, kindergarten)
    page = await last(session, kindergarten)
    return {
        "kindergarten": kindergarten,
        "published": page.number if page else None,
        "differing": differing(page.record if page else {}, record),
        "record": record,
        "figures": figures,
    }
