from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, column, func, select

from services.finance.permissions import May
from services.finance.programmes import actions
from services.finance.programmes.models import CODE_TAKEN, Programme
from services.finance.programmes.schemas import (
    ProgrammeDecision,
    ProgrammeNew,
    ProgrammeOut,
    ProgrammePage,
    ProgrammeQuery,
)
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.scopes import DistrictDecides
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.listing import Listing
from shared.tables import FOREVER

router = APIRouter(prefix="/subsidy-programmes", tags=["subsidy programmes"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PROGRAMMES])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_PARAMETERS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_PARAMETERS])]
_row = Programme.__table__.c
_shown = {"until": func.nullif(_row.until, FOREVER).label("until")}
_columns = select(*(_shown.get(name, _row[name]) for name in ProgrammeOut.model_fields))
PROGRAMMES = Listing(
    "subsidy-programmes",
    _columns,
    _row.id,
    {"code": _row.code},
    {"state": _row.state == bindparam("state"), "shape": _row.shape == bindparam("shape")},
)
PROGRAMME = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "",
    operation_id="list_subsidy_programmes",
    response_model=ProgrammePage,
    responses=exports.responses(ProgrammePage),
)
async def list_programmes(
    query: Annotated[ProgrammeQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the subsidy programmes. Their rates, caps, shares and conditions are dated parameters."""
    return await exports.answer(request, reader, PROGRAMMES, query)


@router.get("/{id}", operation_id="get_subsidy_programme", response_model=ProgrammeOut, responses=problems(NotFound))
async def get_programme(id: UUID, _: Reader, reader: Read) -> Response:
    """One subsidy programme."""
    return tagged(*await reader.one(PROGRAMME, "programme", id=id))


@router.post(
    "",
    operation_id="propose_subsidy_programme",
    status_code=status.HTTP_201_CREATED,
    response_model=ProgrammeOut,
    responses=problems(DistrictDecides, NotFound, constraints=(CODE_TAKEN,)),
)
async def propose_programme(new: ProgrammeNew, caller: Proposer, session: Write) -> Response:
    """Propose a programme of a known shape; it pays once another person has approved it."""
    made = await actions.propose_programme(session, caller, new)
    body, version = await written_row(session, PROGRAMME, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/decisions",
    operation_id="decide_subsidy_programme",
    response_model=ProgrammeOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def decide_programme(id: UUID, said: ProgrammeDecision, caller: Decider, session: Write) -> Response:
    """Approve or reject a proposed programme."""
    await actions.decide_programme(session, caller, id, approve=said.approve)
    return tagged(*await written_row(session, PROGRAMME, id=id))
