"""Saying how far a kindergarten or a school has come with a measure."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import framework_in_force, refuse_scores
from services.quality.frameworks.models import FrameworkItem
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.primary_schools.actions import school_of
from services.quality.steps.actions import happened
from services.quality.transition_measures.models import TransitionMeasure
from services.quality.transition_measures.rules import DOCUMENTS
from services.quality.transition_measures.schemas import TransitionMeasurePut
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce


class MeasureNeedsEvidence(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "“已落实”须有佐证。"
    en = "What is carried out shows its evidence."


class MeasureIsNotOfThisSide(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "该文件的举措不由此方落实。"
    en = "The measures of this document are the other side's."


async def put_measure(
    session: AsyncSession, actor: Actor, document: str, item: str, subject: UUID | str, put: TransitionMeasurePut
) -> None:
    """`subject` is a kindergarten's id or a school's code. Raises NotFound, MeasureNeedsEvidence and more."""
    happened(put.on, "/on")
    refuse_scores({"/note": put.note, "/evidence": put.evidence})
    if put.state == "carried_out" and not put.evidence:
        raise MeasureNeedsEvidence(pointer="/evidence")
    mine = "kindergarten" if isinstance(subject, UUID) else "school"
    if mine not in DOCUMENTS.get(document, ()):
        raise MeasureIsNotOfThisSide if document in DOCUMENTS else NotFound(what="document")
    framework = await framework_in_force(session, document, today())
    known = select(FrameworkItem.code).where(FrameworkItem.framework == framework.id, FrameworkItem.code == item)
    if await session.scalar(known) is None:
        raise NotFound(what="measure")
    key = {"document": document, "item": item, "subject": str(subject)}
    found = await session.get(TransitionMeasure, key, with_for_update=True)
    if found is None:
        found = TransitionMeasure(**key, **await _whose(session, actor, subject))
        session.add(found)
    found.edition, found.recorded_by = framework.edition, actor.id
    for name, value in put.model_dump().items():
        setattr(found, name, value)
    await session.flush()
    await announce(
        session,
        "quality.transition_measure.recorded",
        f"transition-measures/{document}/{item}/{subject}",
        division=found.division,
        kindergarten=found.kindergarten,
        data={"document": document, "item": item, "state": put.state},
    )


async def _whose(session: AsyncSession, actor: Actor, subject: UUID | str) -> dict[str, UUID | str]:
    if isinstance(subject, UUID):
        place = await kindergarten_of(session, subject, None)
        return {"kindergarten": place.id, "division": place.division}
    school = await school_of(session, subject, pointer=None)
    if not any(school.division.startswith(scope) for scope in actor.divisions):
        raise NotFound(what="primary school")
    return {"school": school.code, "division": school.division}
