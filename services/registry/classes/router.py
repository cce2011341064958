from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.classes import actions, queries
from services.registry.classes.refusals import (
    ClassHasChildren,
    ClassIsContinued,
    HardLimitIsTheDistricts,
    KindergartenNotOpen,
    LimitBelowChildren,
)
from services.registry.classes.schemas import (
    ClassChange,
    ClassDayQuery,
    ClassEnding,
    ClassNew,
    ClassOut,
    ClassPage,
    ClassQuery,
)
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/classes", tags=["classes"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CLASSES])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_CLASSES])]


def counted(query: ClassQuery | ClassDayQuery) -> dict[str, object]:
    """The day children are counted on, and how many above the standard the district tolerates then."""
    day = query.as_of or today()
    tolerated = [each for each in PARAMETERS if each.name == "oversize_tolerance" and each.since <= day]
    return {"as_of": day, "tolerance": int(in_force(tolerated, "oversize_tolerance", day).number) if tolerated else 0}


@router.get("", operation_id="list_classes", response_model=ClassPage, responses=exports.responses(ClassPage))
async def list_classes(
    query: Annotated[ClassQuery, Query()], request: Request, caller: Reader, reader: Read
) -> Response:
    """List classes in the caller's scope, with their children counted on a day."""
    asked = queries.narrowed(query, caller)
    return await exports.answer(request, reader, queries.CLASSES, asked, **counted(query))


@router.get("/{id}", operation_id="get_class", response_model=ClassOut, responses=problems(NotFound))
async def get_class(id: UUID, query: Annotated[ClassDayQuery, Query()], _: Reader, reader: Read) -> Response:
    """One class."""
    return tagged(*await reader.one(queries.CLASS, "class", id=id, **counted(query)))


@router.post(
    "",
    operation_id="form_class",
    status_code=status.HTTP_201_CREATED,
    response_model=ClassOut,
    responses=problems(NotFound, KindergartenNotOpen, constraints=("class_name_taken",)),
)
async def form_class(new: ClassNew, _: Registrar, session: Write) -> Response:
    """Form a class 设班. Standard size and hard limit are those in force for its kind on its first day."""
    made = await actions.form_class(session, new)
    body, version = await written_row(session, queries.CLASS, id=made, **counted(ClassDayQuery()))
    return tagged(body, version, status.HTTP_201_CREATED)


@router.patch(
    "/{id}",
    operation_id="change_class",
    response_model=ClassOut,
    responses=problems(
        NotFound,
        VersionNeeded,
        VersionIsStale,
        LimitBelowChildren,
        HardLimitIsTheDistricts,
        constraints=("class_name_taken",),
    ),
)
async def change_class(id: UUID, change: ClassChange, version: IfMatch, caller: Registrar, session: Write) -> Response:
    """Change a class. Its hard limit never falls below the children it has on any day."""
    await actions.change_class(session, caller, id, version, change)
    return tagged(*await written_row(session, queries.CLASS, id=id, **counted(ClassDayQuery())))


@router.post(
    "/{id}/end",
    operation_id="end_class",
    response_model=ClassOut,
    responses=problems(NotFound, ClassHasChildren),
)
async def end_class(id: UUID, ending: ClassEnding, _: Registrar, session: Write) -> Response:
    """End an empty class 撤班 before its school year is over."""
    await actions.end_class(session, id, ending)
    return tagged(*await written_row(session, queries.CLASS, id=id, **counted(ClassDayQuery())))


@router.delete(
    "/{id}",
    operation_id="remove_class",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound, ClassHasChildren, ClassIsContinued),
)
async def remove_class(id: UUID, _: Registrar, session: Write) -> None:
    """Remove a class that was formed by mistake and never had a child."""
    await actions.remove_class(session, id)
