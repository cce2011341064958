from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.recalibrations import actions, queries
from services.quality.recalibrations.rules import MACHINE, StillTooFarApart
from services.quality.recalibrations.schemas import (
    RecalibrationCompletion,
    RecalibrationOut,
    RecalibrationPage,
    RecalibrationQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/recalibrations", tags=["evaluations"], route_class=Route)

Evaluator = Annotated[Actor, Security(authorize, scopes=[May.EVALUATE])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_EVALUATIONS])]


@router.get(
    "",
    operation_id="list_recalibrations",
    response_model=RecalibrationPage,
    responses=exports.responses(RecalibrationPage),
)
async def list_recalibrations(
    query: Annotated[RecalibrationQuery, Query()], request: Request, _: Evaluator, reader: Read
) -> Response:
    """List the tasks 评分校准 of evaluators who agreed too little; `overdue=true` leaves those late."""
    return await exports.answer(request, reader, queries.RECALIBRATIONS, query, as_of=today())


@router.get("/{id}", operation_id="get_recalibration", response_model=RecalibrationOut, responses=problems(NotFound))
async def get_recalibration(id: UUID, caller: Evaluator, reader: Read) -> Response:
    """One task with what the caller may do."""
    (body,) = await reader.one(queries.RECALIBRATION, "recalibration", id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


@router.post(
    "/{id}/completions",
    operation_id="complete_recalibration",
    status_code=status.HTTP_201_CREATED,
    response_model=RecalibrationOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, StillTooFarApart),
)
async def complete_recalibration(
    id: UUID, asked: RecalibrationCompletion, caller: Organiser, session: Write
) -> Response:
    """Check the evaluator's scores of a reference set: the system computes the agreement reached."""
    await actions.complete_recalibration(session, caller, id, asked)
    body = await written(session, queries.RECALIBRATION, id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")
