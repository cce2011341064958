"""Alive and ready: the second really asks the database."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Request
from psycopg import Error
from psycopg_pool import PoolTimeout

from shared.errors import Unavailable, problems
from shared.schemas import Out, zh

router = APIRouter(tags=["health"])


class Health(Out):
    status: Annotated[str, zh("状态")]


@router.get("/health", operation_id="get_health")
async def get_health() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/ready", operation_id="get_readiness", responses=problems(Unavailable))
async def get_readiness(request: Request) -> Health:
    """The process can do its work: its database answers and is migrated."""
    try:
        async with asyncio.timeout(3), request.app.state.database.reads.connection(timeout=2) as connection:
            await connection.execute("SELECT 1 FROM alembic_version")
    except (Error, PoolTimeout, OSError, TimeoutError) as error:
        raise Unavailable from error
    return Health(status="ready")
