from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.disclosures import actions, queries
from services.registry.disclosures.schemas import AccessPage, AccessQuery, ChildIdentifiers, DisclosureNew
from services.registry.keys import Keys
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Database, Read
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["disclosures"], route_class=Route)

Identifier = Annotated[Actor, Security(authorize, scopes=[May.IDENTIFY_CHILDREN])]
Auditor = Annotated[Actor, Security(authorize, scopes=[May.READ_ACCESS_LOG])]


@router.post(
    "/children/{id}/identifiers",
    operation_id="show_child_identifiers",
    responses=problems(NotFound),
)
async def show_child_identifiers(
    id: UUID, why: DisclosureNew, keys: Keys, request: Request, response: Response, caller: Identifier
) -> ChildIdentifiers:
    """Show a child's and its guardians' identifiers in clear, for a purpose; the access log keeps every call."""
    response.headers["Cache-Control"] = "no-store"
    database: Database = request.app.state.database
    # Not the request's session: that one would keep the answer beside an idempotency key, in clear.
    async with database.begin(caller) as session:
        return await actions.show_identifiers(session, keys, caller, id, why)


@router.get(
    "/access-log", operation_id="list_accesses", response_model=AccessPage, responses=exports.responses(AccessPage)
)
async def list_accesses(query: Annotated[AccessQuery, Query()], request: Request, _: Auditor, reader: Read) -> Response:
    """Who looked at whose identifiers, when and why."""
    return await exports.answer(request, reader, queries.ACCESSES, query)
