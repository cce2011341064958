"""Drafting editions of frameworks and putting them in force."""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.codes import FrameworkState
from services.quality.frameworks.models import Framework, FrameworkItem
from services.quality.frameworks.rules import Node, assesses_a_child, misplaced, scores_children
from services.quality.frameworks.schemas import FrameworkItemIn, FrameworkPut
from shared.auth import Actor
from shared.errors import DomainError, Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


class PublishedEditionNeverChanges(DomainError):
    zh = "{code} {edition} 已发布,不再修改。"
    en = "{code} {edition} is published and is not changed any more."
    hint_zh = "请以新的版本号起草下一版。"
    hint_en = "Draft the next edition under its own name."


class ChildrenAreNotScored(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "不得对幼儿打分、测试或排名:条目 {items}。"
    en = "Children are not scored, tested or ranked: items {items}."
    hint_zh = "依据《幼儿园保育教育质量评估指南》(教基〔2022〕1号):严禁用直接测查幼儿能力和发展水平的方式评估幼儿园。"
    hint_en = "教基〔2022〕1号 strictly forbids testing children's ability and development to judge a kindergarten."


class ItemsDoNotFit(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "条目代码重复或上级不对:{items}。"
    en = "Items repeat a code or hang under the wrong parent: {items}."


class TextIsMissing(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "缺失的文本须标明 missing,有文本的不得标为 missing:{items}。"
    en = "A missing text is marked missing, and only a missing one: {items}."


class EditionAlreadyFollowed(DomainError):
    zh = "{since} 起已有版本 {edition} 施行。"
    en = "The edition {edition} is in force from {since} or later."


async def draft_framework(
    session: AsyncSession, actor: Actor, code: str, edition: str, put: FrameworkPut
) -> tuple[Framework, bool]:
    """Bring a draft to this state; return it and whether it is new. Raises PublishedEditionNeverChanges."""
    refuse_items(put)
    query = select(Framework).where(Framework.code == code, Framework.edition == edition).with_for_update()
    found = await session.scalar(query)
    if found is not None and found.state == FrameworkState.PUBLISHED:
        raise PublishedEditionNeverChanges(code=code, edition=edition)
    if new := found is None:
        division = min(actor.divisions, key=len, default="")
        found = Framework(id=new_id(), code=code, edition=edition, state="draft", division=division, version=1)
        session.add(found)
    for name, value in put.model_dump(exclude={"items"}).items():
        setattr(found, name, value)
    await session.flush()
    await session.execute(delete(FrameworkItem).where(FrameworkItem.framework == found.id))
    session.add_all(
        FrameworkItem(framework=found.id, place=place, division=found.division, tag="entered", **each.model_dump())
        for place, each in enumerate(put.items)
    )
    await session.flush()
    return found, new


def refuse_items(put: FrameworkPut) -> None:
    """Raise all that is wrong of one kind, with every item named."""
    scoring = [place for place, each in enumerate(put.items) if each.text and scores_children(each.text)]
    if scoring or scores_children(put.title):
        raise _at(ChildrenAreNotScored, put.items, scoring)
    wrong = set(misplaced(Node(each.code, each.parent, each.level) for each in put.items))
    if wrong:
        raise _at(ItemsDoNotFit, put.items, [n for n, each in enumerate(put.items) if each.code in wrong])
    unmarked = [n for n, each in enumerate(put.items) if (each.text is None) != (each.text_status == "missing")]
    if unmarked:
        raise _at(TextIsMissing, put.items, unmarked)


def refuse_scores(texts: Mapping[str, str], *, of_a_child: bool = False) -> None:
    """QUA-10, for words written freely: `texts` by pointer, `of_a_child` when every sentence speaks of one."""
    for pointer, text in texts.items():
        if scores_children(text) or (of_a_child and assesses_a_child(text)):
            raise ChildrenAreNotScored(items=pointer, pointer=pointer)


def _at(kind: type[DomainError], items: Sequence[FrameworkItemIn], places: list[int]) -> DomainError:
    faults = [Fault(f"/items/{place}", kind.code(), kind.zh, kind.en) for place in places]
    return kind(items=", ".join(items[place].code for place in places), faults=faults)


async def publish_framework(session: AsyncSession, code: str, edition: str, since: date) -> None:
    """Put the draft in force from that day; the edition before ends then. Raises NotFound, EditionAlreadyFollowed."""
    editions = (await session.scalars(select(Framework).where(Framework.code == code).with_for_update())).all()
    found = next((each for each in editions if each.edition == edition), None)
    if found is None:
        raise NotFound(what="framework")
    if found.state == FrameworkState.PUBLISHED:
        raise PublishedEditionNeverChanges(code=code, edition=edition)
    in_force = [each for each in editions if each.state == FrameworkState.PUBLISHED]
    for each in in_force:
        if each.since is not None and each.since >= since:
            raise EditionAlreadyFollowed(since=each.since, edition=each.edition, pointer="/since")
        each.until = min(each.until or FOREVER, since)
    found.state, found.since, found.until = FrameworkState.PUBLISHED.value, since, FOREVER
    await session.flush()
    await announce(
        session,
        "quality.framework.published",
        f"frameworks/{code}/editions/{edition}",
        division=found.division,
        data={"code": code, "edition": edition, "since": since},
    )


async def framework_in_force(session: AsyncSession, code: str, on: date) -> Framework:
    """The edition in force on that day. Raises NotFound."""
    query = select(Framework).where(
        Framework.code == code, Framework.state == "published", Framework.since <= on, Framework.until > on
    )
    if (found := await session.scalar(query)) is None:
        raise NotFound(what=f"edition of {code} in force on {on}")
    return found
