from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.registry.indicators import queries
from services.registry.indicators.actions import effect_of_type_change
from services.registry.indicators.asking import (
    Asked,
    IndicatorNeedsAnArea,
    PlaceNeeded,
    TooManyPoints,
    asked,
    series,
)
from services.registry.indicators.codes import Part
from services.registry.indicators.schemas import (
    Indicator,
    IndicatorDayQuery,
    IndicatorInputPage,
    IndicatorPage,
    IndicatorQuery,
    IndicatorValuePage,
    LineageQuery,
    SeriesQuery,
    TypeChangeEffect,
    ValueQuery,
    WhatIf,
)
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/indicators", tags=["indicators"], route_class=Route)

Analyst = Annotated[Actor, Security(authorize, scopes=[May.READ_INDICATORS])]
Indicated = Annotated[str, Path(max_length=100, pattern=r"^[a-z][a-z0-9_]*$", description="Code of the indicator.")]
REFUSALS = problems(NotFound, PlaceNeeded, IndicatorNeedsAnArea)


@router.get(
    "", operation_id="list_indicators", response_model=IndicatorPage, responses=exports.responses(IndicatorPage)
)
async def list_indicators(
    query: Annotated[IndicatorQuery, Query()], request: Request, _: Analyst, reader: Read
) -> Response:
    """List the definitions of indicators, every version of them."""
    return await exports.answer(request, reader, queries.INDICATORS, query)


@router.get("/{code}", operation_id="get_indicator", response_model=Indicator, responses=problems(NotFound))
async def get_indicator(
    code: Indicated, query: Annotated[IndicatorDayQuery, Query()], _: Analyst, reader: Read
) -> Response:
    """Read the definition in force on a day, or one version of it."""
    found = await reader.one(
        queries.INDICATOR, "indicator", code=code, version=query.version, as_of=query.as_of or today()
    )
    return Response(found[0], media_type="application/json")


@router.get(
    "/{code}/values",
    operation_id="list_indicator_values",
    response_model=IndicatorValuePage,
    responses=REFUSALS | exports.responses(IndicatorValuePage),
)
async def list_indicator_values(
    code: Indicated, query: Annotated[ValueQuery, Query()], request: Request, _: Analyst, reader: Read
) -> Response:
    """Compute an indicator of a place on a day, whole or divided by town, zone, kindergarten, type or class kind."""
    day = query.as_of or today()
    ask = await asked(reader, code, query, query, as_of=day, version=query.version, by=query.by)
    return await exports.answer(request, reader, _values(ask), query, **ask.binds(day))


@router.get(
    "/{code}/series",
    operation_id="list_indicator_series",
    response_model=IndicatorValuePage,
    responses=problems(NotFound, PlaceNeeded, IndicatorNeedsAnArea, TooManyPoints)
    | exports.responses(IndicatorValuePage),
)
async def list_indicator_series(
    code: Indicated, query: Annotated[SeriesQuery, Query()], request: Request, _: Analyst, reader: Read
) -> Response:
    """Compute an indicator on many days at once, all by the definition in force on the last of them."""
    until = query.until or today()
    days = series(query.since, until, query.step)
    ask = await asked(reader, code, query, query, as_of=until, version=query.version, by=query.by)
    return await exports.answer(request, reader, _values(ask), query, **ask.binds(*days))


def _values(ask: Asked) -> Listing:
    return queries.values(ask.formula, ask.by, **ask.narrowed)


@router.get(
    "/{code}/lineage",
    operation_id="list_indicator_inputs",
    response_model=IndicatorInputPage,
    responses=REFUSALS | exports.responses(IndicatorInputPage),
)
async def list_indicator_inputs(
    code: Indicated, query: Annotated[LineageQuery, Query()], request: Request, _: Analyst, reader: Read
) -> Response:
    """List the rows behind the numerator or the denominator; their amounts add up to it exactly."""
    day = query.as_of or today()
    ask = await asked(reader, code, query, query, as_of=day, version=query.version)
    side = ask.formula.numerator if query.part is Part.NUMERATOR else ask.formula.denominator
    if side is None:
        raise NotFound(what="denominator")
    listing = queries.lineage(side, **ask.narrowed)
    return await exports.answer(request, reader, listing, query, **ask.binds(day))


@router.post("/what-if", operation_id="preview_type_change", responses=problems(NotFound))
async def preview_type_change(new: WhatIf, _: Analyst, reader: Read) -> TypeChangeEffect:
    """Compute what the plan's targets would become if a kindergarten changed its type; nothing is stored."""
    return await effect_of_type_change(reader, new.kindergarten, new.type, new.day or today())
