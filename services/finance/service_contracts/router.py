from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, Text, bindparam, cast, column, literal, select

from services.finance.offers import offering
from services.finance.parameters.codes import ParameterName, ParameterState
from services.finance.parameters.models import Parameter
from services.finance.permissions import May
from services.finance.service_contracts import actions
from services.finance.service_contracts.models import CONTRACT_ONCE, ServiceContract
from services.finance.service_contracts.refusals import OnlyPublicKindergartens
from services.finance.service_contracts.rules import MACHINE
from services.finance.service_contracts.schemas import (
    ServiceContractDecision,
    ServiceContractDetail,
    ServiceContractNew,
    ServiceContractOut,
    ServiceContractPage,
    ServiceContractQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/service-contracts", tags=["service contracts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SERVICE_CONTRACTS])]
Filer = Annotated[Actor, Security(authorize, scopes=[May.FILE_PAYROLL])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_PAYROLL])]
_row, _number = ServiceContract.__table__.c, Parameter.__table__.c
_allowed = (
    select(_number.value > 0)
    .where(_number.name == ParameterName.ALERT_NUMBER.value, _number.state == ParameterState.APPROVED.value)
    .where(_number.key == literal("svc_01/") + _row.kind, _number.since <= _row.since, _number.until > _row.since)
    .order_by(_number.since.desc())
    .limit(1)
    .scalar_subquery()
)
_shown = {"amount": cast(_row.amount, Text), "in_catalogue": _allowed}
_columns = select(*columns(ServiceContract.__table__, ServiceContractOut, **_shown))
_day = bindparam("as_of", type_=Date)
CONTRACTS = Listing(
    "service-contracts",
    _columns,
    _row.id,
    {"since": _row.since},
    {name: _row[name] == bindparam(name) for name in ("kindergarten", "kind", "state")}
    | {"as_of": (_row.since <= _day) & (_row.until > _day)},
)
CONTRACT = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "",
    operation_id="list_service_contracts",
    response_model=ServiceContractPage,
    responses=exports.responses(ServiceContractPage),
)
async def list_contracts(
    query: Annotated[ServiceContractQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the contracts for purchased services 购买服务: supplier, term, amount, workers."""
    return await exports.answer(request, reader, CONTRACTS, query)


@router.get(
    "/{id}", operation_id="get_service_contract", response_model=ServiceContractDetail, responses=problems(NotFound)
)
async def get_contract(id: UUID, caller: Reader, reader: Read) -> Response:
    """One contract."""
    return offering(MACHINE, await reader.one(CONTRACT, "service contract", id=id), caller)


@router.post(
    "",
    operation_id="file_service_contract",
    status_code=status.HTTP_201_CREATED,
    response_model=ServiceContractDetail,
    responses=problems(NotFound, OnlyPublicKindergartens, constraints=(CONTRACT_ONCE,)),
)
async def file_contract(new: ServiceContractNew, caller: Filer, session: Write) -> Response:
    """File a contract 申报购买服务合同 (三(四)1-f). Its workers' pay and insurance are proven in the payroll sheets."""
    made = await actions.file_contract(session, caller, new)
    return offering(MACHINE, await written_row(session, CONTRACT, id=made), caller, status.HTTP_201_CREATED)


@router.post(
    "/{id}/decisions",
    operation_id="decide_service_contract",
    response_model=ServiceContractDetail,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def decide_contract(id: UUID, said: ServiceContractDecision, caller: Officer, session: Write) -> Response:
    """Accept or return a contract."""
    await actions.decide_contract(session, caller, id, accept=said.accept, remark=said.remark)
    return offering(MACHINE, await written_row(session, CONTRACT, id=id), caller)
