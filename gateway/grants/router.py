from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import bindparam, func, select

from gateway.grants import actions
from gateway.grants.errors import BeyondYourScope, HolderIsUnclear, RoleDoesNotFit, RolesAreSeparated
from gateway.grants.models import Grant
from gateway.grants.schemas import RoleGrant, RoleGrantIn, RoleGrantPage, RoleGrantQuery
from gateway.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.tables import FOREVER

router = APIRouter(prefix="/grants", tags=["grants"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ACCOUNTS])]
Granter = Annotated[Actor, Security(authorize, scopes=[May.GRANT_ROLES])]

_row = Grant.__table__.c
_until = func.nullif(_row.ends_on, FOREVER).label("ends_on")
GRANTS = Listing(
    "grants",
    select(*(_until if name == "ends_on" else _row[name] for name in RoleGrant.model_fields)),
    _row.id,
    {"granted_at": _row.granted_at},
    {name: _row[name] == bindparam(name) for name in ("account", "client", "role")},
)


@router.get(
    "", operation_id="list_role_grants", response_model=RoleGrantPage, responses=exports.responses(RoleGrantPage)
)
async def list_grants(query: Annotated[RoleGrantQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """Who holds which role where, and who held it."""
    return await exports.answer(request, reader, GRANTS, query)


@router.post(
    "",
    operation_id="grant_role",
    status_code=201,
    responses=problems(
        NotFound,
        HolderIsUnclear,
        BeyondYourScope,
        RoleDoesNotFit,
        RolesAreSeparated,
        constraints=(
            "account_holds_this_grant",
            "client_holds_this_grant",
            "nobody_grants_to_themselves",
            "grant_ends_after_it_starts",
        ),
    ),
)
async def grant_role(new: RoleGrantIn, request: Request, actor: Granter, session: Write) -> RoleGrant:
    """Give a role within a scope. It counts from the holder's next token on."""
    made = await actions.grant_role(session, actor, new, request.app.state.settings.district)
    return RoleGrant(
        **{name: getattr(made, name) for name in RoleGrant.model_fields if name != "ends_on"},
        ends_on=None if made.ends_on == FOREVER else made.ends_on,
    )


@router.delete(
    "/{grant_id}", operation_id="revoke_role_grant", status_code=204, responses=problems(NotFound, BeyondYourScope)
)
async def revoke_grant(grant_id: UUID, request: Request, actor: Granter, session: Write) -> None:
    """Take a role back; repeating it changes nothing. Tokens issued before carry it until they expire."""
    await actions.revoke_grant(session, actor, grant_id, request.app.state.settings.district)
