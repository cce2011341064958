from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.children import actions, queries
from services.registry.children.refusals import ChildNeedsEnrolment
from services.registry.children.schemas import (
    ChildChange,
    ChildDayQuery,
    ChildDocument,
    ChildHistoryQuery,
    ChildMatches,
    ChildNew,
    ChildOut,
    ChildPage,
    ChildQuery,
    ChildStatePage,
)
from services.registry.children.sealing import document_index
from services.registry.classes.queries import CLASS_EXISTS
from services.registry.keys import Keys
from services.registry.permissions import May
from shared import exports, listing
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(tags=["children"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHILDREN])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_CHILDREN])]
Historian = Annotated[Actor, Security(authorize, scopes=[May.READ_CHILDREN, May.READ_HISTORY])]


@router.get("/children", operation_id="list_children", response_model=ChildPage, responses=exports.responses(ChildPage))
async def list_children(
    query: Annotated[ChildQuery, Query()], request: Request, caller: Reader, reader: Read
) -> Response:
    """List children in the caller's scope, each with its kindergarten and class as of a day."""
    asked = queries.narrowed(query, caller)
    return await exports.answer(request, reader, queries.CHILDREN, asked, as_of=query.as_of or today())


@router.get(
    "/classes/{id}/children",
    operation_id="list_class_children",
    response_model=ChildPage,
    responses=exports.responses(ChildPage) | problems(NotFound),
)
async def list_class_children(
    id: UUID, query: Annotated[ChildQuery, Query()], request: Request, caller: Reader, reader: Read
) -> Response:
    """The roster of a class on a day: of its children then, those the caller may see now."""
    await reader.one(CLASS_EXISTS, "class", id=id)
    asked = queries.narrowed(query.model_copy(update={"class_id": id}), caller)
    return await exports.answer(request, reader, queries.CHILDREN, asked, as_of=query.as_of or today())


@router.post("/children/search", operation_id="search_children", response_model=ChildMatches)
async def search_children(document: ChildDocument, keys: Keys, _: Reader, reader: Read) -> Response:
    """Find a child by its document, among those in scope."""
    index = document_index(keys, document.document_type, document.document_number)
    found = await reader.one(queries.BY_DOCUMENT, "child", document=index, as_of=today())
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.get("/children/{id}", operation_id="get_child", response_model=ChildOut, responses=problems(NotFound))
async def get_child(id: UUID, query: Annotated[ChildDayQuery, Query()], _: Reader, reader: Read) -> Response:
    """One child."""
    return tagged(*await reader.one(queries.CHILD, "child", id=id, as_of=query.as_of or today()))


@router.post(
    "/children",
    operation_id="register_child",
    status_code=status.HTTP_201_CREATED,
    response_model=ChildOut,
    responses=problems(ChildNeedsEnrolment, constraints=("child_already_registered",)),
)
async def register_child(new: ChildNew, keys: Keys, caller: Registrar, session: Write) -> Response:
    """Register a child who is in no kindergarten yet. A kindergarten registers by enrolling: `POST /enrolments`."""
    place = actions.Place.at_home(caller, new.residence_division)
    made = await actions.register_child(session, keys, new, place)
    body, version = await written_row(session, queries.CHILD, id=made.id, as_of=today())
    return tagged(body, version, status.HTTP_201_CREATED)


@router.patch(
    "/children/{id}",
    operation_id="change_child",
    response_model=ChildOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=("child_already_registered",)),
)
async def change_child(
    id: UUID, change: ChildChange, version: IfMatch, keys: Keys, _: Registrar, session: Write
) -> Response:
    """Correct a child's record 信息变更. Number, birth date and sex must still agree."""
    await actions.change_child(session, keys, id, version, change)
    return tagged(*await written_row(session, queries.CHILD, id=id, as_of=today()))


@router.get(
    "/children/{id}/history",
    operation_id="list_child_history",
    response_model=ChildStatePage,
    responses=problems(NotFound),
)
async def list_child_history(
    id: UUID, query: Annotated[ChildHistoryQuery, Query()], _: Historian, reader: Read
) -> Response:
    """Every former state of a child's record, without what is sealed: who changed it, when, from what."""
    await reader.one(queries.CHILD, "child", id=id, as_of=today())
    return await listing.page(reader, queries.HISTORY, query, child=id)
