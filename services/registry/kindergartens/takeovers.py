"""Storing dated facts: a period that takes over on a day, and a period that was recorded wrongly."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.models import Kindergarten, KindergartenStatus, KindergartenType
from services.registry.refusals import refuse
from shared.errors import DomainError, Fault, NotFound
from shared.ids import new_id
from shared.tables import FOREVER

Dated = TypeVar("Dated", KindergartenType, KindergartenStatus)


class PreviewIsStale(DomainError):
    zh = "预览之后情况已变化。"
    en = "Things have changed since the preview."
    hint_zh = "请重新预览,核对后用新的 token 提交。"
    hint_en = "Preview again, compare, and commit with the new token."


async def take_over(
    session: AsyncSession, table: type[Dated], owner: Kindergarten, values: Mapping[str, Any], since: date
) -> Dated:
    """Store a fact that holds from that day on, ending the one that held; see `periods.taking_over`."""
    of_owner = table.kindergarten == owner.id
    covering = await session.scalar(select(table).where(of_owner, table.since <= since, table.until > since))
    if covering and covering.since == since:
        for name, value in values.items():
            setattr(covering, name, value)
        await session.flush()
        return covering
    if covering:
        until, covering.until = covering.until, since
        await session.flush()  # the former period makes room before the new one claims its days
    else:
        until = await session.scalar(select(func.min(table.since)).where(of_owner, table.since > since)) or FOREVER
    made = table(
        id=new_id(),
        kindergarten=owner.id,
        division=owner.division,
        since=since,
        until=until,
        synthetic=owner.synthetic,
        version=1,
        **values,
    )
    session.add(made)
    await session.flush()
    return made


async def recorded(session: AsyncSession, table: type[Dated], owner: UUID, period: UUID) -> Dated:
    """A period of that kindergarten. Raises `NotFound`."""
    found = await session.get(table, period)
    if found is None or found.kindergarten != owner:
        raise NotFound(what="period")
    return found


async def correct(
    session: AsyncSession, table: type[Dated], period: Dated, values: Mapping[str, Any], since: date
) -> None:
    """Set right what was recorded wrongly; the period before it ends where this one begins."""
    of_owner = table.kindergarten == period.kindergarten
    before = await session.scalar(select(table).where(of_owner, table.until == period.since))
    if since >= period.until or (before and since <= before.since):
        said = "须在前一期间开始之后、本期间结束之前。", "It must be after the former begins and before this one ends."
        refuse([Fault("/since", "since-out-of-order", *said)])
    for row, name, value in _order(period, before, since):
        setattr(row, name, value)
        await session.flush()
    for name, value in values.items():
        setattr(period, name, value)
    await session.flush()
    await session.refresh(period)


def _order(period: Dated, before: Dated | None, since: date) -> list[tuple[Dated, str, date]]:
    """Which end moves first, so that the two periods never overlap."""
    moves: list[tuple[Dated, str, date]] = [(period, "since", since)]
    if before:
        moves.insert(0 if since < period.since else 1, (before, "until", since))
    return moves


def token(*parts: Any) -> str:
    """What a preview was about, in one word: the same parts make the same token."""
    return hashlib.sha256(to_json(parts)).hexdigest()[:32]
