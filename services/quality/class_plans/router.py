from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import Date, Integer, Text, bindparam, func, select

from services.quality.class_plans import actions
from services.quality.class_plans.actions import ChangeHasItsReason, PlanBeginsOnItsDay
from services.quality.class_plans.codes import ClassPlanKind
from services.quality.class_plans.models import ClassPlan
from services.quality.class_plans.schemas import (
    ClassPlanOut,
    ClassPlanPage,
    ClassPlanPut,
    ClassPlanQuery,
    ClassPlanRow,
)
from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.schemas import Day

router = APIRouter(prefix="/class-plans", tags=["daily life"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DAILY_LIFE])]
Filer = Annotated[Actor, Security(authorize, scopes=[May.FILE_CLASS_PLANS])]
_row = ClassPlan.__table__
_special = {
    "begin": _row.c.begins_on,
    "outdoor_short": _row.c.outdoor_minutes < bindparam("outdoor_least", type_=Integer),
    "versions": _row.c.version,
}
PLANS = Listing(
    "class-plans",
    select(*columns(_row, ClassPlanRow, **_special)),
    func.concat(_row.c.class_id, _row.c.kind, _row.c.begins_on).cast(Text),
    {"begin": _row.c.begins_on},
    {
        "kindergarten": _row.c.kindergarten == bindparam("kindergarten"),
        "class_id": _row.c.class_id == bindparam("class_id"),
        "kind": _row.c.kind == bindparam("kind"),
        "begin": _row.c.begins_on == bindparam("begin", type_=Date),
        "flagged": (func.cardinality(_row.c.suspect) > 0) == bindparam("flagged"),
    },
)
PLAN = one(
    select(*columns(_row, ClassPlanOut, **_special)).where(
        _row.c.class_id == bindparam("class_id"),
        _row.c.kind == bindparam("kind"),
        _row.c.begins_on == bindparam("begin", type_=Date),
    )
)


def _least() -> int:
    return number(PARAMETERS, "outdoor_minutes", today())


@router.get(
    "", operation_id="list_class_plans", response_model=ClassPlanPage, responses=exports.responses(ClassPlanPage)
)
async def list_class_plans(
    query: Annotated[ClassPlanQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List term and weekly plans; `flagged=true` leaves those with words the negative list 小学化 warns of."""
    return await exports.answer(request, reader, PLANS, query, outdoor_least=_least())


@router.get(
    "/{class_id}/{kind}/{begin}",
    operation_id="get_class_plan",
    response_model=ClassPlanOut,
    responses=problems(NotFound),
)
async def get_class_plan(class_id: UUID, kind: ClassPlanKind, begin: Day, _: Reader, reader: Read) -> Response:
    """One plan as it stands; former versions are in the history."""
    asked = {"class_id": class_id, "kind": kind.value, "begin": begin, "outdoor_least": _least()}
    (body,) = await reader.one(PLAN, "class plan", **asked)
    return Response(body, media_type="application/json")


@router.put(
    "/{class_id}/{kind}/{begin}",
    operation_id="file_class_plan",
    response_model=ClassPlanOut,
    responses=problems(NotFound, PlanBeginsOnItsDay, ChangeHasItsReason, ChildrenAreNotScored),
)
async def file_class_plan(
    class_id: UUID, kind: ClassPlanKind, begin: Day, put: ClassPlanPut, caller: Filer, session: Write
) -> Response:
    """File the plan of a class for a term or a week; a change says why."""
    await actions.file_plan(session, caller, class_id, kind, begin, put)
    asked = {"class_id": class_id, "kind": kind.value, "begin": begin, "outdoor_least": _least()}
    return Response(await written(session, PLAN, **asked), media_type="application/json")
