from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.parameters import actions, queries
from services.finance.parameters.schemas import (
    ParameterDecision,
    ParameterNew,
    ParameterOut,
    ParameterPage,
    ParameterQuery,
)
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.scopes import DistrictDecides
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(prefix="/parameters", tags=["parameters"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PARAMETERS])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_PARAMETERS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_PARAMETERS])]


@router.get(
    "",
    operation_id="list_finance_parameters",
    response_model=ParameterPage,
    responses=exports.responses(ParameterPage),
)
async def list_parameters(
    query: Annotated[ParameterQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List policy numbers with the documents that set them: ceilings, rates, shares, conditions."""
    return await exports.answer(request, reader, queries.PARAMETERS, query)


@router.get("/{id}", operation_id="get_finance_parameter", response_model=ParameterOut, responses=problems(NotFound))
async def get_parameter(id: UUID, _: Reader, reader: Read) -> Response:
    """One policy number."""
    return tagged(*await reader.one(queries.PARAMETER, "parameter", id=id))


@router.post(
    "",
    operation_id="propose_finance_parameter",
    status_code=status.HTTP_201_CREATED,
    response_model=ParameterOut,
    responses=problems(DistrictDecides, NotFound),
)
async def propose_parameter(new: ParameterNew, caller: Proposer, session: Write) -> Response:
    """Propose a policy number with its document. It counts once another person has approved it."""
    made = await actions.propose_parameter(session, caller, new)
    body, version = await written_row(session, queries.PARAMETER, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/decisions",
    operation_id="decide_finance_parameter",
    response_model=ParameterOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def decide_parameter(id: UUID, said: ParameterDecision, caller: Decider, session: Write) -> Response:
    """Approve or reject a proposed number. An approved one with the same name, key and first day is replaced."""
    await actions.decide_parameter(session, caller, id, approve=said.approve)
    return tagged(*await written_row(session, queries.PARAMETER, id=id))
