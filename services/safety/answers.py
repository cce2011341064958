"""What is answered about a case: the case as it is now, and what the caller may do with it."""

from typing import Any
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.offers import with_actions
from shared.auth import Actor
from shared.db import Query, Reader
from shared.documents import written
from shared.machine import Machine

JSON = "application/json"


async def answer(
    session: AsyncSession,
    caller: Actor,
    query: Query,
    machine: Machine,
    id: UUID,
    code: int = status.HTTP_201_CREATED,
    **values: Any,
) -> Response:
    """After a verb: what a read in the same transaction sees."""
    body = await written(session, query, id=id, **values)
    return Response(with_actions(body, machine, caller), code, media_type=JSON)


async def seen(
    reader: Reader, caller: Actor, query: Query, machine: Machine, what: str, id: UUID, **values: Any
) -> Response:
    """One case, or `NotFound`."""
    (body,) = await reader.one(query, what, id=id, **values)
    return Response(with_actions(body, machine, caller), media_type=JSON)
