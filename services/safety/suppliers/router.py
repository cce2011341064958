from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.safety.answers import JSON
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from services.safety.suppliers import actions, queries
from services.safety.suppliers.schemas import SupplierOut, SupplierPage, SupplierPut, SupplierQuery
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/suppliers", tags=["food"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ROUTINES])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ROUTINES])]
Code = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[\w.-]+$")]


@router.get("", operation_id="list_suppliers", response_model=SupplierPage, responses=exports.responses(SupplierPage))
async def list_suppliers(
    query: Annotated[SupplierQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Food suppliers with the standing of their licences, those that end first in front."""
    return await exports.answer(request, reader, queries.SUPPLIERS, query, **queries.values(query.as_of or today()))


@router.get(
    "/{kindergarten}/{code}", operation_id="get_supplier", response_model=SupplierOut, responses=problems(NotFound)
)
async def get_supplier(kindergarten: UUID, code: Code, _: Reader, reader: Read) -> Response:
    """One supplier's file."""
    asked = {"kindergarten": kindergarten, "code": code}
    return Response(
        (await reader.one(queries.SUPPLIER, "supplier", **asked, **queries.values(today())))[0], media_type=JSON
    )


@router.put(
    "/{kindergarten}/{code}",
    operation_id="put_supplier",
    response_model=SupplierOut,
    responses=problems(NotFound, FileUnknown, constraints=("supply_ends_after_it_begins",)),
)
async def put_supplier(kindergarten: UUID, code: Code, sent: SupplierPut, caller: Recorder, session: Write) -> Response:
    """File a supplier 供应商档案 under the kindergarten's own code, with licence and its last day."""
    await actions.put_supplier(session, caller, kindergarten, code, sent)
    asked = {"kindergarten": kindergarten, "code": code}
    return Response(await written(session, queries.SUPPLIER, **asked, **queries.values(today())), media_type=JSON)
