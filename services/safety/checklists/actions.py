"""Making and publishing checklists, and reading what was answered by them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.checklists.models import Checklist, ChecklistItem
from services.safety.checklists.rules import Item, Score, score
from services.safety.checklists.schemas import AnswerIn, ChecklistNew, PublicationIn
from services.safety.hazards.catalogue import ITEMS
from services.safety.hazards.rules import grade
from services.safety.offers import office_of
from services.safety.steps.actions import one_at_a_time
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


class ChecklistIsPublished(DomainError):
    zh = "该版本已发布。"
    en = "This version has been published."
    hint_zh = "修改请制定下一版本。"
    hint_en = "Make the next version to change it."


class AnswersIncomplete(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "条目 {items} 尚未作答。"
    en = "The items {items} have no answer."


class NoSuchItem(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "检查表没有条目 {item},或重复作答。"
    en = "The checklist has no item {item}, or it was answered twice."


async def make_checklist(session: AsyncSession, actor: Actor, new: ChecklistNew) -> UUID:
    """Store the next version as a draft."""
    codes = [each.code for each in new.items]
    if len(set(codes)) < len(codes):
        raise InvalidInput(reason_zh="条目代码重复。", reason_en="item codes are repeated.", pointer="/items")
    for place, each in enumerate(new.items):
        if each.hazard_item and grade(ITEMS, each.hazard_item, today()) is None:
            raise NoSuchItem(item=each.hazard_item, pointer=f"/items/{place}/hazard_item")
    await one_at_a_time(session, f"checklist {new.code}")
    last = await session.scalar(select(func.max(Checklist.number)).where(Checklist.code == new.code))
    made = Checklist(
        **new.model_dump(exclude={"items"}),
        id=new_id(),
        division=office_of(actor),
        number=(last or 0) + 1,
        state="draft",
        made_by=actor.id,
    )
    session.add(made)
    await session.flush()
    session.add_all(
        ChecklistItem(**each.model_dump(), checklist=made.id, division=made.division, position=place)
        for place, each in enumerate(new.items)
    )
    await session.flush()
    return UUID(str(made.id))


async def publish_checklist(session: AsyncSession, id: UUID, asked: PublicationIn) -> None:
    """Put a draft into force; the version before ends on that day."""
    found = await session.scalar(select(Checklist).where(Checklist.id == id).with_for_update())
    if found is None:
        raise NotFound(what="checklist")
    if found.state == "published":
        raise ChecklistIsPublished
    before = select(Checklist).where(Checklist.code == found.code, Checklist.state == "published")
    for each in await session.scalars(before.with_for_update()):
        if each.since is not None and each.since >= asked.since:
            raise InvalidInput(
                reason_zh=f"应晚于现行版本的启用日期 {each.since}。",
                reason_en=f"it must be after {each.since}, when the version in force began.",
                pointer="/since",
            )
        each.until = each.until or asked.since
    await session.flush()
    found.state, found.since = "published", asked.since
    await session.flush()
    await announce(
        session,
        "safety.checklist.published",
        f"checklists/{id}",
        division=found.division,
        data={"code": found.code, "number": found.number, "since": asked.since},
    )


def scored(items: Sequence[ChecklistItem], answers: Iterable[AnswerIn], *, only_keys: bool = False) -> Score:
    """The score of complete answers. Raises NoSuchItem, AnswersIncomplete."""
    known = {each.code for each in items}
    given: dict[str, str] = {}
    for place, each in enumerate(answers):
        if each.item not in known or each.item in given:
            raise NoSuchItem(item=each.item, pointer=f"/answers/{place}/item")
        given[each.item] = each.result.value
    asked = [Item(each.code, Decimal(each.weight), each.key) for each in items if each.key or not only_keys]
    found = score(asked, given)
    if found.missing:
        raise AnswersIncomplete(items="、".join(found.missing), pointer="/answers")
    return found


def hazard_of(item: ChecklistItem, answer: AnswerIn) -> dict[str, Any]:
    """The hazard a point is that is not in order."""
    return {
        "category": item.category,
        "place": item.title[:200],
        "description": answer.note or item.title,
        "item": item.hazard_item,
        "legal_basis": item.legal_basis,
        "immediate_measure": "",
        "photos": list(answer.files),
    }
