from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.children.sealing import document_index
from services.registry.keys import Keys
from services.registry.permissions import May
from services.registry.staff import actions, queries
from services.registry.staff.schemas import (
    StaffChange,
    StaffDayQuery,
    StaffDocument,
    StaffMatches,
    StaffMember,
    StaffNew,
    StaffPage,
    StaffQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/staff", tags=["staff"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_STAFF])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_STAFF])]


@router.get("", operation_id="list_staff", response_model=StaffPage, responses=exports.responses(StaffPage))
async def list_staff(query: Annotated[StaffQuery, Query()], request: Request, caller: Reader, reader: Read) -> Response:
    """List staff 教职工 in the caller's scope, each with the posts held on a day."""
    asked = queries.narrowed(query, caller)
    return await exports.answer(request, reader, queries.STAFF, asked, as_of=query.as_of or today())


@router.post("/search", operation_id="search_staff", response_model=StaffMatches)
async def search_staff(document: StaffDocument, keys: Keys, _: Reader, reader: Read) -> Response:
    """Find a person by its document, among those in scope."""
    index = document_index(keys, document.document_type, document.document_number)
    found = await reader.one(queries.BY_DOCUMENT, "person", document=index, as_of=today())
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.get("/{id}", operation_id="get_staff_member", response_model=StaffMember, responses=problems(NotFound))
async def get_staff_member(id: UUID, query: Annotated[StaffDayQuery, Query()], _: Reader, reader: Read) -> Response:
    """One person, with the posts held on a day."""
    return tagged(*await reader.one(queries.MEMBER, "person", id=id, as_of=query.as_of or today()))


@router.post(
    "",
    operation_id="register_staff_member",
    status_code=status.HTTP_201_CREATED,
    response_model=StaffMember,
    responses=problems(NotFound, constraints=("person_already_registered",)),
)
async def register_staff_member(new: StaffNew, keys: Keys, caller: Registrar, session: Write) -> Response:
    """Register a person, once in the district. Who is registered already is appointed by document and name."""
    made = await actions.register_person(session, keys, caller, new)
    body, version = await written_row(session, queries.MEMBER, id=made.id, as_of=today())
    return tagged(body, version, status.HTTP_201_CREATED)


@router.patch(
    "/{id}",
    operation_id="change_staff_member",
    response_model=StaffMember,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=("person_already_registered",)),
)
async def change_staff_member(
    id: UUID, change: StaffChange, version: IfMatch, keys: Keys, _: Registrar, session: Write
) -> Response:
    """Correct a person's record. Number, birth date and sex must still agree."""
    await actions.change_person(session, keys, id, version, change)
    return tagged(*await written_row(session, queries.MEMBER, id=id, as_of=today()))
