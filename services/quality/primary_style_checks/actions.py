"""Checking against 小学化."""

from collections import Counter
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import framework_in_force
from services.quality.frameworks.models import FrameworkItem
from services.quality.kindergartens.models import Kindergarten
from services.quality.primary_style_cases.actions import open_from_check
from services.quality.primary_style_checks.models import PrimaryStyleCheck
from services.quality.primary_style_checks.schemas import PrimaryStyleCheckNew
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id

LIST = "no-primary-style"


class ListIsAnsweredWhole(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "负面清单须逐项作答一次:{items}。"
    en = "Each item of the list is answered once: {items}."


class FindingNeedsEvidence(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "发现的条目须写明证据。"
    en = "What was found needs its evidence."


async def record_check(session: AsyncSession, actor: Actor, new: PrimaryStyleCheckNew) -> UUID:
    """What is found opens a case (QUA-05). Raises NotFound, ListIsAnsweredWhole, FindingNeedsEvidence."""
    if new.on > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/on")
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    framework = await framework_in_force(session, LIST, new.on)
    query = select(FrameworkItem.code).where(FrameworkItem.framework == framework.id, FrameworkItem.answer == "yes_no")
    asked, given = set(await session.scalars(query)), Counter(each.item for each in new.answers)
    if wrong := sorted(asked ^ given.keys()) or sorted(item for item, count in given.items() if count > 1):
        raise ListIsAnsweredWhole(items=", ".join(wrong), pointer="/answers")
    for n, each in enumerate(new.answers):
        if each.found and not each.evidence:
            raise FindingNeedsEvidence(pointer=f"/answers/{n}/evidence")
    made = PrimaryStyleCheck(
        id=new_id(),
        kindergarten=place.id,
        division=place.division,
        edition=framework.edition,
        on=new.on,
        occasion=new.occasion,
        found=[each.item for each in new.answers if each.found],
        answers=[each.model_dump() for each in new.answers],
        checked_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.primary_style_check.recorded",
        f"primary-style-checks/{made.id}",
        division=place.division,
        kindergarten=place.id,
        data={"on": new.on, "found": made.found},
    )
    if made.found:
        await open_from_check(session, actor, (place.id, place.division), (made.id, made.on), made.found)
    return made.id
