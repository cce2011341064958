from typing import Annotated

from fastapi import APIRouter, Query, Response, Security, status

from services.registry.permissions import May
from services.registry.roll_overs import actions
from services.registry.roll_overs.refusals import RollOverDiffers, RollOverNeedsPreview
from services.registry.roll_overs.schemas import RollOverNew, RollOverOptions, RollOverPlan, RollOverStarted
from shared.auth import Actor, authorize
from shared.db import Write
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/roll-overs", tags=["roll-overs"], route_class=Route)

Registrar = Annotated[Actor, Security(authorize, scopes=[May.ROLL_OVER, May.READ_CHILDREN])]


@router.post(
    "",
    operation_id="roll_over_school_year",
    status_code=status.HTTP_202_ACCEPTED,
    response_model=RollOverStarted,
    responses=problems(NotFound, RollOverDiffers, RollOverNeedsPreview)
    | {200: {"model": RollOverPlan, "description": "With `preview=true`: the plan, class by class."}},
)
async def roll_over_school_year(
    new: RollOverNew, options: Annotated[RollOverOptions, Query()], caller: Registrar, session: Write
) -> Response:
    """End a school year 升班: children move up with their classes on 1 September, the eldest graduate.

    Classes of the next year are taken where one continues the class, formed where none does. Preview first; the token
    makes exactly that plan come true as a job, kindergarten by kindergarten, or tells what has changed since.
    """
    if options.preview:
        found = await actions.preview(session, new)
        return Response(found.model_dump_json(), media_type="application/json")
    started = await actions.start(session, caller, new)
    return Response(started.model_dump_json(), status.HTTP_202_ACCEPTED, media_type="application/json")
