from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.grants.models import Grant


def in_force() -> ColumnElement[bool]:
    """The grant counts today."""
    return Grant.revoked_at.is_(None) & func.current_date().between(Grant.starts_on, Grant.ends_on)


async def grants_of(session: AsyncSession, holder: ColumnElement[bool]) -> list[tuple[str, str]]:
    """(role, scope) of every grant in force that the condition on the holder selects."""
    asked: Any = select(Grant.role, Grant.scope).where(holder, in_force()).order_by(Grant.role, Grant.scope)
    return [(role, scope) for role, scope in (await session.execute(asked)).all()]
