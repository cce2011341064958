"""Collecting evidence once, for every framework it serves."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.evidence.models import Evidence
from services.quality.evidence.schemas import EvidenceNew
from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.frameworks.models import Framework, FrameworkItem
from services.quality.frameworks.rules import scores_children
from services.quality.kindergartens.models import Kindergarten
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


class ItemUnknown(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "没有条目 {item}。"
    en = "There is no item {item}."
    hint_zh = "条目写作“标准代码:条目代码”,见 GET /v1/frameworks。"
    hint_en = "Items are written `framework:item`; see GET /v1/frameworks."


class AlreadyWithdrawn(DomainError):
    zh = "该证据已撤回。"
    en = "The evidence has been withdrawn already."


async def collect_evidence(session: AsyncSession, actor: Actor, new: EvidenceNew) -> UUID:
    """Record it with everything it serves. Raises NotFound, ItemUnknown, ChildrenAreNotScored."""
    if new.collected_on > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/collected_on")
    for field in ("title", "statement"):
        if scores_children(getattr(new, field)):
            raise ChildrenAreNotScored(items=field, pointer=f"/{field}")
    kindergarten = await session.get(Kindergarten, new.kindergarten)
    if kindergarten is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    made = Evidence(
        **new.model_dump(),
        id=new_id(),
        division=kindergarten.division,
        serves=await _with_all_above(session, new.items),
        collected_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.evidence.collected",
        f"evidence/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"items": made.items, "kind": made.kind},
    )
    return made.id


async def _with_all_above(session: AsyncSession, items: list[str]) -> list[str]:
    """The items and whatever stands above them. Raises ItemUnknown."""
    codes = {each.partition(":")[0] for each in items}
    rows = await session.execute(
        select(Framework.code, FrameworkItem.code, FrameworkItem.parent)
        .join(Framework, Framework.id == FrameworkItem.framework)
        .where(Framework.code.in_(codes), Framework.state == "published")
        .order_by(Framework.since)
    )
    above = {(framework, code): parent for framework, code, parent in rows}
    served: set[str] = set()
    for place, each in enumerate(items):
        framework, _, code = each.partition(":")
        if (framework, code) not in above:
            raise ItemUnknown(item=each, pointer=f"/items/{place}")
        while code:
            served.add(f"{framework}:{code}")
            code = above.get((framework, code), "")
    return sorted(served)


async def withdraw_evidence(session: AsyncSession, id: UUID, reason: str) -> None:
    """Say that it no longer holds. Raises NotFound, AlreadyWithdrawn."""
    found = await session.scalar(select(Evidence).where(Evidence.id == id).with_for_update())
    if found is None:
        raise NotFound(what="evidence")
    if found.withdrawn_on is not None:
        raise AlreadyWithdrawn
    found.withdrawn_on, found.withdrawn_because = today(), reason
    await session.flush()
    await announce(
        session,
        "quality.evidence.withdrawn",
        f"evidence/{id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data={"items": found.items},
    )
