from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.history.queries import HISTORY
from services.registry.history.schemas import HistoryPage, HistoryQuery
from services.registry.kindergartens.queries import KNOWN
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/kindergartens/{id}/history", tags=["kindergarten history"], route_class=Route)

Historian = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS, May.READ_HISTORY])]


@router.get(
    "",
    operation_id="list_kindergarten_history",
    response_model=HistoryPage,
    responses={**exports.responses(HistoryPage), **problems(NotFound)},
)
async def list_kindergarten_history(
    id: UUID, query: Annotated[HistoryQuery, Query()], request: Request, _: Historian, reader: Read
) -> Response:
    """Who changed what and when about a kindergarten, its types, statuses and sites."""
    await reader.one(KNOWN, "kindergarten", id=id)
    return await exports.answer(request, reader, HISTORY, query, kindergarten=id)
