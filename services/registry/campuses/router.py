import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response, Security, status

from services.registry.campuses import actions
from services.registry.campuses.queries import CAMPUS, CAMPUSES
from services.registry.campuses.schemas import Campuses, CampusNew, CampusOut, CampusPatch, CampusQuery
from services.registry.kindergartens.queries import KNOWN
from services.registry.kindergartens.transitions import IS_CLOSED
from services.registry.permissions import May
from services.registry.refusals import named
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/kindergartens/{id}/campuses", tags=["campuses"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_KINDERGARTENS])]


def _shown(found: tuple[Any, ...], code: int = status.HTTP_200_OK) -> Response:
    return tagged(found[0], json.loads(found[0])["version"], code)


@router.get("", operation_id="list_campuses", response_model=Campuses, responses=problems(NotFound))
async def list_campuses(id: UUID, query: Annotated[CampusQuery, Query()], _: Reader, reader: Read) -> Response:
    """The sites 园址 of a kindergarten beside its main address."""
    await reader.one(KNOWN, "kindergarten", id=id)
    found = await reader.one(CAMPUSES, "kindergarten", id=id, as_of=query.as_of)
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.post(
    "",
    operation_id="add_campus",
    status_code=status.HTTP_201_CREATED,
    response_model=CampusOut,
    responses=problems(NotFound, constraints=named(IS_CLOSED)),
)
async def add_campus(id: UUID, _: Registrar, new: CampusNew, session: Write) -> Response:
    """Add a site to a kindergarten."""
    campus = await actions.add_campus(session, id, new)
    return _shown(await written_row(session, CAMPUS, campus=campus), status.HTTP_201_CREATED)


@router.patch(
    "/{campus}",
    operation_id="change_campus",
    response_model=CampusOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale),
)
async def change_campus(
    id: UUID, campus: UUID, _: Registrar, version: IfMatch, patch: CampusPatch, session: Write
) -> Response:
    """Change a site, or end its use; `If-Match` names its version."""
    await actions.change_campus(session, id, campus, patch, version)
    return _shown(await written_row(session, CAMPUS, campus=campus))
