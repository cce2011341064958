from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.ages.rules import school_year
from services.registry.permissions import May
from services.registry.unplaced_children import actions, queries
from services.registry.unplaced_children.schemas import (
    ChildFollowUpList,
    ChildFollowUpNew,
    ChildFollowUpOut,
    UnplacedChildPage,
    UnplacedChildQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["unplaced-children"], route_class=Route)

Officer = Annotated[Actor, Security(authorize, scopes=[May.FOLLOW_UP_CHILDREN, May.READ_CHILDREN])]


@router.get(
    "/unplaced-children",
    operation_id="list_unplaced_children",
    response_model=UnplacedChildPage,
    responses=exports.responses(UnplacedChildPage),
)
async def list_unplaced_children(
    query: Annotated[UnplacedChildQuery, Query()], request: Request, _: Officer, reader: Read
) -> Response:
    """Registered children of three to five 未入园适龄幼儿 who are in no kindergarten and hold no offer of a place.

    Each with its last follow-up. Children nobody has registered are not known here.
    """
    year = query.school_year or school_year(today())
    asked = query.model_copy(update={"school_year": None})
    return await exports.answer(request, reader, queries.UNPLACED, asked, **queries.days(year, today()))


@router.get(
    "/children/{id}/follow-ups",
    operation_id="list_child_follow_ups",
    response_model=ChildFollowUpList,
    responses=problems(NotFound),
)
async def list_child_follow_ups(id: UUID, _: Officer, reader: Read) -> Response:
    """What was found out about a child in no kindergarten, the latest first."""
    await reader.one(queries.KNOWN, "child", id=id)
    found = await reader.one(queries.FOLLOW_UPS, "child", child=id)
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.post(
    "/children/{id}/follow-ups",
    operation_id="follow_up_child",
    status_code=status.HTTP_201_CREATED,
    response_model=ChildFollowUpOut,
    responses=problems(NotFound),
)
async def follow_up_child(id: UUID, new: ChildFollowUpNew, caller: Officer, session: Write) -> Response:
    """Record what was found out about a child in no kindergarten 跟踪登记. Records are added, never changed."""
    made = await actions.follow_up(session, caller, id, new)
    found = await written_row(session, queries.FOLLOW_UP, id=made)
    return Response(found[0], status.HTTP_201_CREATED, media_type="application/json")
