"""Announcing facts: one append-only row, in the transaction of the change it tells of."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.logs import trace_id

_insert = text(
    "INSERT INTO events (id, type, subject, division, kindergarten, actor, trace, data) VALUES (coalesce("
    "CAST(:id AS uuid), uuid_v7()), :type, :subject, :division, :kindergarten,"
    " coalesce(nullif(current_setting('app.actor', true), ''), 'system'), :trace, CAST(:data AS json))"
)


async def announce(
    session: AsyncSession,
    kind: str,
    subject: str,
    *,
    division: str,
    kindergarten: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    id: UUID | None = None,
) -> None:
    """Announce one fact. `kind` is `service.thing.happened`, `subject` the path of the resource it is about.

    `data` holds no personal data: every reader in scope of the division or kindergarten gets it.
    """
    await announce_all(session, [row(kind, subject, division=division, kindergarten=kindergarten, data=data, id=id)])


def row(
    kind: str,
    subject: str,
    *,
    division: str,
    kindergarten: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    id: UUID | None = None,
) -> dict[str, Any]:
    """One fact, for `announce_all`."""
    return {
        "id": id,
        "type": kind,
        "subject": subject,
        "division": division,
        "kindergarten": kindergarten,
        "trace": trace_id(),
        "data": to_json(data or {}).decode(),
    }


async def announce_all(session: AsyncSession, rows: Iterable[Mapping[str, Any]]) -> None:
    """Announce many facts in one round trip."""
    if found := [dict(each) for each in rows]:
        await session.execute(_insert, found)
