from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.aids import actions, queries
from services.finance.aids.refusals import AidAlreadyApplied
from services.finance.aids.schemas import (
    AidCoveragePage,
    AidCoverageQuery,
    AidDecision,
    AidEnding,
    AidGroupPage,
    AidGroupQuery,
    AidNew,
    AidOut,
    AidPage,
    AidQuery,
)
from services.finance.charges.refusals import NotEnrolledThen
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(prefix="/aids", tags=["aids"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_AIDS])]
Counter = Annotated[Actor, Security(authorize, scopes=[May.READ_AID_COVERAGE])]
Applicant = Annotated[Actor, Security(authorize, scopes=[May.APPLY_FOR_AID])]
Checker = Annotated[Actor, Security(authorize, scopes=[May.CHECK_AID])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_AID])]


@router.get("", operation_id="list_aids", response_model=AidPage, responses=exports.responses(AidPage))
async def list_aids(query: Annotated[AidQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List aid to children, for those who handle it."""
    return await exports.answer(request, reader, queries.AIDS, query)


@router.get(
    "/coverage",
    operation_id="list_aid_coverage",
    response_model=AidCoveragePage,
    responses=exports.responses(AidCoveragePage),
)
async def list_coverage(
    query: Annotated[AidCoverageQuery, Query()], request: Request, _: Counter, reader: Read
) -> Response:
    """资助覆盖: how many children of each kindergarten are aided; groups of fewer than five are left out."""
    return await exports.answer(request, reader, queries.COVERAGE, query, as_of=query.as_of or today())


@router.get(
    "/coverage/groups",
    operation_id="list_aid_groups",
    response_model=AidGroupPage,
    responses=exports.responses(AidGroupPage),
)
async def list_groups(query: Annotated[AidGroupQuery, Query()], request: Request, _: Counter, reader: Read) -> Response:
    """资助覆盖 by category or town: how many are aided and what their families were spared; small groups left out."""
    return await exports.answer(request, reader, queries.GROUPS, query, as_of=query.as_of or today())


@router.get("/{id}", operation_id="get_aid", response_model=AidOut, responses=problems(NotFound))
async def get_aid(id: UUID, _: Reader, reader: Read) -> Response:
    """Aid to one child, for those who handle it."""
    return tagged(*await reader.one(queries.AID, "aid", id=id))


@router.post(
    "",
    operation_id="apply_for_aid",
    status_code=status.HTTP_201_CREATED,
    response_model=AidOut,
    responses=problems(NotFound, NotEnrolledThen, AidAlreadyApplied),
)
async def apply_for_aid(new: AidNew, caller: Applicant, session: Write) -> Response:
    """Put a family's application in 申请资助."""
    made = await actions.apply_for_aid(session, caller, new)
    body, version = await written_row(session, queries.AID, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/checks",
    operation_id="check_aid",
    response_model=AidOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def check_aid(id: UUID, said: AidDecision, caller: Checker, session: Write) -> Response:
    """Check an application against its proof 园所核对."""
    await actions.check_aid(session, caller, id, agree=said.agree, remark=said.remark)
    return tagged(*await written_row(session, queries.AID, id=id))


@router.post(
    "/{id}/decisions",
    operation_id="decide_aid",
    response_model=AidOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def decide_aid(id: UUID, said: AidDecision, caller: Officer, session: Write) -> Response:
    """Decide on aid 审批; an approved one lowers the bills of its period."""
    await actions.decide_aid(session, caller, id, agree=said.agree, remark=said.remark)
    return tagged(*await written_row(session, queries.AID, id=id))


@router.post("/{id}/endings", operation_id="end_aid", response_model=AidOut, responses=problems(NotFound, NoSuchStep))
async def end_aid(id: UUID, said: AidEnding, _: Officer, session: Write) -> Response:
    """End aid before its period is over, when the reason for it has gone."""
    await actions.end_aid(session, id, said.until, said.remark)
    return tagged(*await written_row(session, queries.AID, id=id))
