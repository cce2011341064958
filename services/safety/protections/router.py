import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.permissions import May
from services.safety.protections import actions, queries
from services.safety.protections.assessing import assessed, rates
from services.safety.protections.schemas import (
    AlarmTestIn,
    DeviceStates,
    DeviceStatesTaken,
    ProtectionOut,
    ProtectionPut,
    ProtectionRates,
)
from services.safety.steps.actions import FileUnknown
from shared.auth import Actor, authorize
from shared.days import now
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.schemas import In, zh

router = APIRouter(prefix="/protections", tags=["protections"], route_class=Route)
devices = APIRouter(prefix="/device-states", tags=["protections"], route_class=Route)
percents = APIRouter(prefix="/protection-rates", tags=["protections"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PROTECTIONS])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PROTECTIONS])]
Machine = Annotated[Actor, Security(authorize, scopes=[May.TELL_DEVICES])]


class RatesQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"


async def _written(session: AsyncSession, kindergarten: UUID) -> ProtectionOut:
    (row,) = json.loads(await written(session, queries.PROTECTION, kindergarten=kindergarten))
    return assessed(row, now())


@percents.get("", operation_id="get_protection_rates")
async def get_rates(query: Annotated[RatesQuery, Query()], _: Reader, reader: Read) -> ProtectionRates:
    """The four rates 4×100% of the operating kindergartens, and every gap behind them."""
    (body,) = await reader.one(queries.PROTECTIONS, "rates", division=query.division)
    return rates(json.loads(body), now())


@router.get("/{kindergarten}", operation_id="get_protection", responses=problems(NotFound))
async def get_protection(kindergarten: UUID, _: Reader, reader: Read) -> ProtectionOut:
    """What a kindergarten has to protect its children 人防物防技防, and what is missing."""
    (body,) = await reader.one(queries.PROTECTION, "protection", kindergarten=kindergarten)
    rows = json.loads(body)
    if not rows or rows[0]["version"] is None:
        raise NotFound(what="protection profile")
    return assessed(rows[0], now())


@router.put("/{kindergarten}", operation_id="put_protection", responses=problems(NotFound, FileUnknown))
async def put_protection(kindergarten: UUID, sent: ProtectionPut, _: Keeper, session: Write) -> ProtectionOut:
    """File what a kindergarten has, as a whole."""
    await actions.put_protection(session, kindergarten, sent)
    return await _written(session, kindergarten)


@router.post(
    "/{kindergarten}/alarm-tests",
    operation_id="record_alarm_test",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound),
)
async def record_alarm_test(kindergarten: UUID, sent: AlarmTestIn, caller: Keeper, session: Write) -> AlarmTestIn:
    """Record a test of the one-key alarm 一键报警测试."""
    await actions.record_alarm_test(session, caller, kindergarten, sent)
    return sent


@devices.post("", operation_id="take_device_states")
async def take_device_states(sent: DeviceStates, _: Machine, session: Write) -> DeviceStatesTaken:
    """Tell the states of many cameras at once, in any order."""
    return await actions.take_device_states(session, sent)
