from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response, Security, status

from services.registry.kindergartens.queries import KNOWN
from services.registry.kindergartens.rules import STATUS_NOT_REACHABLE
from services.registry.kindergartens.transitions import (
    HAS_CHILDREN,
    NEEDS_A_TYPE,
    NOT_A_BEGINNING,
    STATUS_UNCHANGED,
)
from services.registry.permissions import May
from services.registry.refusals import named
from services.registry.statuses import actions
from services.registry.statuses.queries import STATUSES
from services.registry.statuses.schemas import StatusChange, StatusCorrection, StatusHistory
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded
from shared.idempotency import Route

router = APIRouter(prefix="/kindergartens/{id}/statuses", tags=["kindergarten statuses"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_KINDERGARTENS])]
ORDER = named(STATUS_NOT_REACHABLE, NOT_A_BEGINNING, HAS_CHILDREN, NEEDS_A_TYPE)
OVERLAP = "kindergarten_has_one_status_a_day"


def _items(found: tuple[str, ...]) -> Response:
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.get("", operation_id="list_kindergarten_statuses", response_model=StatusHistory, responses=problems(NotFound))
async def list_kindergarten_statuses(id: UUID, _: Reader, reader: Read) -> Response:
    """Every status the kindergarten has had, has and will have, from 拟设 to 终止."""
    await reader.one(KNOWN, "kindergarten", id=id)
    return _items(await reader.one(STATUSES, "kindergarten", id=id))


@router.post(
    "",
    operation_id="change_kindergarten_status",
    status_code=status.HTTP_201_CREATED,
    response_model=StatusHistory,
    responses=problems(NotFound, constraints=(*ORDER, *named(STATUS_UNCHANGED), OVERLAP)),
)
async def change_kindergarten_status(id: UUID, _: Registrar, new: StatusChange, session: Write) -> Response:
    """Change the status from a day on. A kindergarten closes once nobody is enrolled any more (学前教育法 art. 31)."""
    await actions.change_status(session, id, new)
    answer = _items(await written_row(session, STATUSES, id=id))
    answer.status_code = status.HTTP_201_CREATED
    return answer


@router.patch(
    "/{period}",
    operation_id="correct_kindergarten_status",
    response_model=StatusHistory,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=(*ORDER, OVERLAP)),
)
async def correct_kindergarten_status(
    id: UUID, period: UUID, _: Registrar, version: IfMatch, change: StatusCorrection, session: Write
) -> Response:
    """Set right a period that was recorded wrongly; `If-Match` names the version of the period."""
    await actions.correct_status(session, id, period, change, version)
    return _items(await written_row(session, STATUSES, id=id))
