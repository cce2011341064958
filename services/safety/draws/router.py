from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, case, literal, null, select

from services.safety.draws import actions, rules
from services.safety.draws.actions import DrawnAlready, NothingToDraw
from services.safety.draws.models import Draw
from services.safety.draws.schemas import DrawingIn, DrawNew, DrawOut, DrawPage, DrawQuery, DrawRow
from services.safety.inspections.actions import NoInspectionChecklist
from services.safety.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import AnotherPersonNeeded

router = APIRouter(prefix="/draws", tags=["inspections"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_INSPECTIONS])]
Preparer = Annotated[Actor, Security(authorize, scopes=[May.PLAN_INSPECTIONS])]
Drawer = Annotated[Actor, Security(authorize, scopes=[May.DRAW_INSPECTIONS])]
_draw = Draw.__table__
_row = _draw.c
_shown = case((_row.drawn_at.is_not(None), _row.secret), else_=null())
_special = {
    "secret": _shown,
    "seed": _shown + "|" + _row.public_number,
    "method": literal(rules.__doc__ or ""),
}
DRAW = one(select(*columns(_draw, DrawOut, **_special)).where(_row.id == bindparam("id")))
DRAWS = Listing("draws", select(*columns(_draw, DrawRow)), _row.id, {"prepared_at": _row.prepared_at})


@router.get("", operation_id="list_draws", response_model=DrawPage, responses=exports.responses(DrawPage))
async def list_draws(query: Annotated[DrawQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List random draws."""
    return await exports.answer(request, reader, DRAWS, query)


@router.get("/{id}", operation_id="get_draw", response_model=DrawOut, responses=problems(NotFound))
async def get_draw(id: UUID, _: Reader, reader: Read) -> Response:
    """One draw with all that is needed to repeat it."""
    return Response((await reader.one(DRAW, "draw", id=id))[0], media_type="application/json")


@router.post(
    "",
    operation_id="prepare_draw",
    status_code=status.HTTP_201_CREATED,
    response_model=DrawOut,
    responses=problems(NothingToDraw, NoInspectionChecklist),
)
async def prepare_draw(new: DrawNew, caller: Preparer, session: Write) -> Response:
    """Prepare a random draw 双随机: lists and conflicts are fixed, the hash of a secret is published."""
    made = await actions.prepare_draw(session, caller, new)
    body = await written(session, DRAW, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/{id}/drawings",
    operation_id="draw_inspections",
    status_code=status.HTTP_201_CREATED,
    response_model=DrawOut,
    responses=problems(NotFound, DrawnAlready, AnotherPersonNeeded),
)
async def draw_inspections(id: UUID, asked: DrawingIn, caller: Drawer, session: Write) -> Response:
    """Draw with a public number 抽取, by another person; the inspections are opened."""
    await actions.draw_inspections(session, caller, id, asked)
    body = await written(session, DRAW, id=id)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")
