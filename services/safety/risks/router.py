import asyncio
import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, Security
from pydantic_core import from_json, to_json

from services.safety.answers import JSON
from services.safety.permissions import May
from services.safety.risks import queries
from services.safety.risks.schemas import RiskOut, RiskQuery, SupervisionAreas
from services.safety.risks.scoring import areas, ranked
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/risks", tags=["risks"], route_class=Route)
supervision = APIRouter(prefix="/supervision-areas", tags=["risks"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RISKS])]


@router.get("", operation_id="list_risks", response_model=list[RiskOut])
async def list_risks(query: Annotated[RiskQuery, Query()], _: Reader, reader: Read) -> Response:
    """Kindergartens in the order they should be inspected in, each with the reasons of its score."""
    on = query.as_of or today()
    (rows,) = await reader.one(queries.COUNTS, "risks", on=on, division=query.division)
    found = await asyncio.to_thread(lambda: to_json(ranked(from_json(rows), on)))
    return Response(found, media_type=JSON)


@supervision.get("/{kindergarten}", operation_id="get_supervision_areas", responses=problems(NotFound))
async def get_areas(kindergarten: UUID, _: Reader, reader: Read) -> SupervisionAreas:
    """The seven areas of daily supervision as safety knows them: last check, red and yellow flags with their rows."""
    (last,) = await reader.one(queries.LAST_CHECKS, "kindergarten", kindergarten=kindergarten)
    if not (found := json.loads(last)):
        raise NotFound(what="kindergarten")
    (hazards,) = await reader.one(queries.OPEN_HAZARDS, "hazards", kindergarten=kindergarten)
    on = today()
    return SupervisionAreas(kindergarten=kindergarten, as_of=on, areas=areas(json.loads(hazards), found[0], on))
