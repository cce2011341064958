from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security
from sqlalchemy import bindparam, select

from gateway.accounts.codes import AccountStatus
from gateway.clients import actions
from gateway.clients.models import ApiClient
from gateway.clients.schemas import (
    CLIENT_ID,
    ApiClientIn,
    ApiClientOut,
    ApiClientPage,
    ApiClientQuery,
    ApiClientSecret,
)
from gateway.grants.errors import BeyondYourScope
from gateway.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/clients", tags=["clients"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CLIENTS])]
Administrator = Annotated[Actor, Security(authorize, scopes=[May.WRITE_CLIENTS])]
ClientId = Annotated[str, Path(pattern=CLIENT_ID)]

_row = ApiClient.__table__.c
CLIENTS = Listing(
    "clients",
    select(*(_row[name] for name in ApiClientOut.model_fields)),
    _row.id,
    {"id": _row.id},
    {"status": _row.status == bindparam("status")},
)


@router.get("", operation_id="list_clients", response_model=ApiClientPage, responses=exports.responses(ApiClientPage))
async def list_clients(
    query: Annotated[ApiClientQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The machines that may call the API."""
    return await exports.answer(request, reader, CLIENTS, query)


@router.post(
    "",
    operation_id="register_client",
    status_code=201,
    responses=problems(BeyondYourScope, constraints=("client_id_is_taken",)),
)
async def register_client(
    new: ApiClientIn, request: Request, response: Response, actor: Administrator
) -> ApiClientSecret:
    """Register a machine and learn its secret, once. It cannot be repeated with an Idempotency-Key."""
    state = request.app.state
    async with state.database.begin(actor) as session:
        secret = await actions.register_client(session, actor, new, state.settings.district)
    response.headers["Cache-Control"] = "no-store"
    return ApiClientSecret(client_id=new.id, client_secret=secret)


@router.post(
    "/{client_id}/secrets",
    operation_id="replace_client_secret",
    status_code=201,
    responses=problems(NotFound, BeyondYourScope),
)
async def replace_client_secret(
    client_id: ClientId, request: Request, response: Response, actor: Administrator
) -> ApiClientSecret:
    """Replace the secret; the old one ends at once. It cannot be repeated with an Idempotency-Key."""
    state = request.app.state
    async with state.database.begin(actor) as session:
        secret = await actions.replace_secret(session, actor, client_id, state.settings.district)
    response.headers["Cache-Control"] = "no-store"
    return ApiClientSecret(client_id=client_id, client_secret=secret)


@router.post("/{client_id}/locks", operation_id="lock_client", responses=problems(NotFound, BeyondYourScope))
async def lock_client(client_id: ClientId, request: Request, actor: Administrator, session: Write) -> ApiClientOut:
    """Lock the machine out."""
    district = request.app.state.settings.district
    return ApiClientOut.model_validate(
        await actions.set_status(session, actor, client_id, AccountStatus.LOCKED, district)
    )


@router.delete("/{client_id}/locks", operation_id="unlock_client", responses=problems(NotFound, BeyondYourScope))
async def unlock_client(client_id: ClientId, request: Request, actor: Administrator, session: Write) -> ApiClientOut:
    """Let the machine in again."""
    district = request.app.state.settings.district
    return ApiClientOut.model_validate(
        await actions.set_status(session, actor, client_id, AccountStatus.ACTIVE, district)
    )
