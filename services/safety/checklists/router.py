from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.checklists import actions, queries
from services.safety.checklists.actions import ChecklistIsPublished, NoSuchItem
from services.safety.checklists.schemas import (
    ChecklistNew,
    ChecklistOut,
    ChecklistPage,
    ChecklistQuery,
    PublicationIn,
)
from services.safety.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/checklists", tags=["checklists"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHECKLISTS])]
Maker = Annotated[Actor, Security(authorize, scopes=[May.WRITE_CHECKLISTS])]


@router.get(
    "", operation_id="list_checklists", response_model=ChecklistPage, responses=exports.responses(ChecklistPage)
)
async def list_checklists(
    query: Annotated[ChecklistQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List versions of checklists."""
    return await exports.answer(request, reader, queries.CHECKLISTS, query)


@router.get("/{id}", operation_id="get_checklist", response_model=ChecklistOut, responses=problems(NotFound))
async def get_checklist(id: UUID, _: Reader, reader: Read) -> Response:
    """One version with its points."""
    (body,) = await reader.one(queries.CHECKLIST, "checklist", id=id)
    return Response(body, media_type="application/json")


@router.post(
    "",
    operation_id="make_checklist",
    status_code=status.HTTP_201_CREATED,
    response_model=ChecklistOut,
    responses=problems(NoSuchItem, constraints=("self_check_has_a_period",)),
)
async def make_checklist(new: ChecklistNew, caller: Maker, session: Write) -> Response:
    """Make the next version of a checklist 制定检查表, as a draft."""
    made = await actions.make_checklist(session, caller, new)
    body = await written(session, queries.CHECKLIST, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/{id}/publications",
    operation_id="publish_checklist",
    status_code=status.HTTP_201_CREATED,
    response_model=ChecklistOut,
    responses=problems(NotFound, ChecklistIsPublished, constraints=("one_open_version",)),
)
async def publish_checklist(id: UUID, asked: PublicationIn, _: Maker, session: Write) -> Response:
    """Put a draft into force from a day on 发布; the version before ends on that day."""
    await actions.publish_checklist(session, id, asked)
    body = await written(session, queries.CHECKLIST, id=id)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")
