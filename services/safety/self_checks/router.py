from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import Text, bindparam, cast, select

from services.safety.checklists.actions import AnswersIncomplete, NoSuchItem
from services.safety.permissions import May
from services.safety.self_checks import actions
from services.safety.self_checks.actions import NoChecklistInForce
from services.safety.self_checks.models import SelfCheck
from services.safety.self_checks.schemas import (
    BundleIn,
    MergeLine,
    MergeReport,
    SelfCheckOut,
    SelfCheckPage,
    SelfCheckPut,
    SelfCheckQuery,
    SelfCheckRow,
)
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.schemas import Day

router = APIRouter(prefix="/self-checks", tags=["self-checks"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHECKS])]
Checker = Annotated[Actor, Security(authorize, scopes=[May.MAKE_CHECKS])]
_check = SelfCheck.__table__
_row = _check.c
_score = cast(_row.score, Text)
CHECKS = Listing(
    "self-checks",
    select(*columns(_check, SelfCheckRow, score=_score)),
    _row.id,
    {"first_day": _row.first_day},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "checklist": _row.code == bindparam("checklist"),
        "since": _row.first_day >= bindparam("since"),
        "before": _row.first_day < bindparam("before"),
    },
)
CHECK = one(select(*columns(_check, SelfCheckOut, score=_score)).where(_row.id == bindparam("id")))


@router.get(
    "", operation_id="list_self_checks", response_model=SelfCheckPage, responses=exports.responses(SelfCheckPage)
)
async def list_self_checks(
    query: Annotated[SelfCheckQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List self-checks in the caller's scope."""
    return await exports.answer(request, reader, CHECKS, query)


@router.get("/{id}", operation_id="get_self_check", response_model=SelfCheckOut, responses=problems(NotFound))
async def get_self_check(id: UUID, _: Reader, reader: Read) -> Response:
    """One self-check with its answers."""
    return Response((await reader.one(CHECK, "self-check", id=id))[0], media_type="application/json")


@router.put(
    "/{kindergarten}/{checklist}/{day}",
    operation_id="put_self_check",
    responses=problems(NotFound, NoChecklistInForce, NoSuchItem, AnswersIncomplete, FileUnknown),
)
async def put_self_check(
    kindergarten: UUID, checklist: str, day: Day, sent: SelfCheckPut, caller: Checker, session: Write
) -> MergeLine:
    """Record a self-check 自查. Sent again it changes nothing; what is not in order becomes a hazard."""
    return await actions.put_check(session, caller, kindergarten, checklist, day, sent)


@router.post("/bundles", operation_id="merge_self_check_bundle")
async def merge_bundle(bundle: BundleIn, caller: Checker, session: Write) -> MergeReport:
    """Upload checks made without network 离线包, in any order and as often as needed, with a merge report."""
    return await actions.merge_bundle(session, caller, bundle)
