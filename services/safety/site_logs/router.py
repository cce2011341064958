from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import JSON
from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from services.safety.permissions import May
from services.safety.site_logs import actions, queries
from services.safety.site_logs.actions import CollectorNotAuthorised, NobodyToLeave
from services.safety.site_logs.schemas import (
    PatrolGap,
    PatrolGapQuery,
    SiteLogExit,
    SiteLogNew,
    SiteLogOut,
    SiteLogPage,
    SiteLogQuery,
)
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import InvalidInput, NotFound, problems
from shared.idempotency import Route
from shared.workdays import is_working_day

router = APIRouter(prefix="/site-logs", tags=["protections"], route_class=Route)
patrols = APIRouter(prefix="/patrol-gaps", tags=["duties"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PROTECTIONS])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ROUTINES])]
LONGEST = timedelta(30)


@router.get("", operation_id="list_site_logs", response_model=SiteLogPage, responses=exports.responses(SiteLogPage))
async def list_logs(query: Annotated[SiteLogQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """The books of the site: gate, hand-over, rounds, video and alarm; `inside=true`: who has not left."""
    return await exports.answer(request, reader, queries.LOGS, query)


@router.post(
    "",
    operation_id="record_site_log",
    status_code=status.HTTP_201_CREATED,
    response_model=SiteLogOut,
    responses=problems(NotFound, CollectorNotAuthorised, FileUnknown),
)
async def record_log(new: SiteLogNew, caller: Recorder, session: Write) -> Response:
    """Write an entry 登记台账; a child is handed over to nobody who is not authorised."""
    made = await actions.record(session, caller, new)
    return Response(await written(session, queries.LOG, id=made), status.HTTP_201_CREATED, media_type=JSON)


@router.post(
    "/{id}/exits",
    operation_id="record_site_exit",
    status_code=status.HTTP_201_CREATED,
    response_model=SiteLogOut,
    responses=problems(NotFound, NobodyToLeave, constraints=("leaves_after_it_came",)),
)
async def record_exit(id: UUID, asked: SiteLogExit, _: Recorder, session: Write) -> Response:
    """Record that a person or vehicle has left 登记离开."""
    await actions.leave(session, id, asked)
    return Response(await written(session, queries.LOG, id=id), status.HTTP_201_CREATED, media_type=JSON)


@patrols.get("", operation_id="list_patrol_gaps", response_model=list[PatrolGap])
async def list_patrol_gaps(query: Annotated[PatrolGapQuery, Query()], _: Reader, reader: Read) -> Response:
    """Working days on which a kindergarten made fewer rounds than the standard asks for 巡查不足."""
    if not timedelta(0) <= query.until - query.since <= LONGEST:
        raise InvalidInput(reason_zh="最多 31 天。", reason_en="at most 31 days.", pointer="until")
    span = (query.since + timedelta(step) for step in range((query.until - query.since).days + 1))
    days = [day for day in span if is_working_day(day) and day <= today()]
    needed = number(PARAMETERS, "patrol_rounds_per_day", query.until)
    asked = {"division": query.division, "days": days, "needed": needed}
    (body,) = await reader.one(queries.PATROL_GAPS, "patrols", **asked)
    return Response(body, media_type=JSON)
