from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.indicator_snapshots import queries
from services.registry.indicator_snapshots.actions import DayNotReached, explain_difference, freeze_indicator
from services.registry.indicator_snapshots.schemas import (
    IndicatorDifference,
    IndicatorSnapshot,
    IndicatorSnapshotIn,
    IndicatorSnapshotPage,
    IndicatorSnapshotQuery,
)
from services.registry.indicators.asking import IndicatorNeedsAnArea, PlaceNeeded, asked
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/indicator-snapshots", tags=["indicator-snapshots"], route_class=Route)

Analyst = Annotated[Actor, Security(authorize, scopes=[May.READ_INDICATORS])]
Freezer = Annotated[Actor, Security(authorize, scopes=[May.FREEZE_INDICATORS])]


@router.get(
    "",
    operation_id="list_indicator_snapshots",
    response_model=IndicatorSnapshotPage,
    responses=exports.responses(IndicatorSnapshotPage),
)
async def list_indicator_snapshots(
    query: Annotated[IndicatorSnapshotQuery, Query()], request: Request, _: Analyst, reader: Read
) -> Response:
    """List frozen figures: those in the caller's scope, and the published ones of everybody."""
    return await exports.answer(request, reader, queries.SNAPSHOTS, query)


@router.post(
    "",
    operation_id="freeze_indicator",
    status_code=201,
    response_model=IndicatorSnapshot,
    responses=problems(NotFound, PlaceNeeded, IndicatorNeedsAnArea, DayNotReached),
)
async def freeze(new: IndicatorSnapshotIn, actor: Freezer, reader: Read, session: Write) -> Response:
    """Freeze a figure with its numerator, denominator and the rows behind it; it is never computed again."""
    ask = await asked(reader, new.indicator, new, new, as_of=new.as_of)
    made = await freeze_indicator(session, ask, new.as_of, actor=actor.id, published=new.published, note=new.note)
    found = await written_row(session, queries.SNAPSHOT, id=made)
    return Response(found[0], 201, {"Location": f"/v1/indicator-snapshots/{made}"}, media_type="application/json")


@router.get(
    "/{id}", operation_id="get_indicator_snapshot", response_model=IndicatorSnapshot, responses=problems(NotFound)
)
async def get_indicator_snapshot(id: UUID, _: Analyst, reader: Read) -> Response:
    """Read a frozen figure."""
    found = await reader.one(queries.SNAPSHOT, "snapshot", id=id)
    return Response(found[0], media_type="application/json")


@router.get("/{id}/difference", operation_id="explain_indicator_snapshot", responses=problems(NotFound))
async def explain_indicator_snapshot(id: UUID, _: Analyst, reader: Read) -> IndicatorDifference:
    """Count a frozen figure again and say which rows differ and why."""
    return await explain_difference(reader, id)
