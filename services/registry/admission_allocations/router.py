from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.admission_allocations import actions, queries
from services.registry.admission_allocations.schemas import (
    AdmissionAllocationNew,
    AdmissionAllocationOptions,
    AdmissionAllocationPlan,
    AdmissionAllocationStarted,
    AdmissionPublishedInputs,
    AdmissionPublishedResult,
)
from services.registry.admission_rounds.answers import answer
from services.registry.admission_rounds.schemas import AdmissionRoundOut
from services.registry.admissions.refusals import (
    AllocationDiffers,
    AllocationNeedsPreview,
    DeclarationsUnchecked,
    RoundStillRunning,
)
from services.registry.keys import Keys
from services.registry.permissions import May
from shared.auth import Actor, authorize
from shared.db import Database, Write
from shared.db import Query as Statement
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/admission-rounds/{id}", tags=["admission-allocations"], route_class=Route)

Planner = Annotated[Actor, Security(authorize, scopes=[May.RUN_ADMISSION_ROUNDS, May.READ_APPLICATIONS])]


@router.post(
    "/closings",
    operation_id="close_admission_round",
    status_code=status.HTTP_201_CREATED,
    response_model=AdmissionRoundOut,
    responses=problems(NotFound, NotInThisState, RoundStillRunning, DeclarationsUnchecked),
)
async def close_admission_round(id: UUID, caller: Planner, session: Write) -> Response:
    """Close the round after its last day, and publish the inputs of the allocation with their hash.

    What decides is fixed from here on: the inputs by their hash, the draw by the commitment to its seed.
    """
    await actions.close_round(session, caller, id)
    return await answer(session, caller, id, status.HTTP_201_CREATED)


@router.post(
    "/allocations",
    operation_id="allocate_admission_places",
    status_code=status.HTTP_202_ACCEPTED,
    response_model=AdmissionAllocationStarted,
    responses=problems(NotFound, NotInThisState, AllocationNeedsPreview, AllocationDiffers)
    | {200: {"model": AdmissionAllocationPlan, "description": "With `preview=true`: what the allocation gives."}},
)
async def allocate_admission_places(
    id: UUID,
    new: AdmissionAllocationNew,
    options: Annotated[AdmissionAllocationOptions, Query()],
    keys: Keys,
    caller: Planner,
    session: Write,
) -> Response:
    """Allocate the places 分配学位 by student-proposing deferred acceptance, as a job. Preview first.

    Each application gets the dearest of its wishes that any stable allocation gives it; nobody is passed over by
    somebody who stands behind, and no family gains by other wishes than its own.
    """
    if options.preview:
        plan = await actions.preview(session, keys, caller, id)
        return Response(plan.model_dump_json(), media_type="application/json")
    started = await actions.start(session, keys, caller, id, new)
    return Response(started.model_dump_json(), status.HTTP_202_ACCEPTED, media_type="application/json")


@router.get(
    "/published-inputs",
    operation_id="get_published_inputs",
    response_model=AdmissionPublishedInputs,
    responses=problems(NotFound),
)
async def get_published_inputs(id: UUID, request: Request) -> Response:
    """What the places are allocated from, for anybody to repeat it; no token is needed.

    Applications stand under numbers, their priorities as groups: who comes before whom, not why. Order the applications
    of each programme by group, then by the SHA-256 of seed and number written one after the other; let each ask its
    wishes in turn, and each programme keep those first in its order.
    """
    return await _published(request, queries.INPUTS, id)


@router.get(
    "/published-result",
    operation_id="get_published_result",
    response_model=AdmissionPublishedResult,
    responses=problems(NotFound),
)
async def get_published_result(id: UUID, request: Request) -> Response:
    """The allocation and the waiting lists under the numbers of the applications; no token is needed."""
    return await _published(request, queries.RESULT, id)


async def _published(request: Request, query: Statement, id: UUID) -> Response:
    database: Database = request.app.state.database
    if (found := await database.row(database.system, query, {"id": id})) is None:
        raise NotFound(what="publication")
    return Response(found[0], media_type="application/json")
