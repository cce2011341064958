"""Alive and ready. Ready means the gateway can do its own work; the services are reported, not demanded."""

from typing import Annotated

from fastapi import APIRouter, Request

from gateway.directory import Directory
from shared.errors import Unavailable, problems
from shared.health import Health, get_health
from shared.health import get_readiness as own_readiness
from shared.schemas import Out, zh

router = APIRouter(tags=["health"])
router.get("/health", operation_id="get_health")(get_health)


class ServiceState(Out):
    service: Annotated[str, zh("服务")]
    label_zh: Annotated[str, zh("服务名称")]
    status: Annotated[str, zh("状态", "`ready` or `down`.")]


class Readiness(Out):
    """The gateway's state and that of each service behind it."""

    status: Annotated[str, zh("状态")]
    services: Annotated[list[ServiceState], zh("各服务")]


@router.get("/ready", operation_id="get_readiness", responses=problems(Unavailable))
async def get_readiness(request: Request) -> Readiness:
    """The gateway can sign people in and verify tokens; which services answer stands beside it."""
    own: Health = await own_readiness(request)
    return Readiness(status=own.status, services=await states(request.app.state.directory))


async def states(directory: Directory) -> list[ServiceState]:
    ready = await directory.ready()
    return [
        ServiceState(service=each.name, label_zh=each.zh, status="ready" if ready[each.name] else "down")
        for each in directory.services
    ]
