import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.offers import offers
from services.quality.permissions import May
from services.quality.universality_reviews import actions, queries
from services.quality.universality_reviews.rules import MACHINE, IndicatorsUnanswered
from services.quality.universality_reviews.schemas import (
    UniversalityEntry,
    UniversalityIndicator,
    UniversalityNote,
    UniversalityReviewNew,
    UniversalityReviewOut,
    UniversalityReviewPage,
    UniversalityReviewQuery,
    UniversalityRow,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState
from shared.schemas import In

router = APIRouter(tags=["universality"], route_class=Route)

Caller = Annotated[Actor, Security(authorize, scopes=[May.READ_UNIVERSALITY])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_UNIVERSALITY])]
Leader = Annotated[Actor, Security(authorize, scopes=[May.CONFIRM_UNIVERSALITY])]


class NoChoice(In):
    """A query without parameters: an unknown one is refused."""


@router.get("/universality-indicators", operation_id="list_universality_indicators")
async def list_universality_indicators(_: Caller, __: Annotated[NoChoice, Query()]) -> list[UniversalityIndicator]:
    """双普 indicators and thresholds (教督〔2020〕1号) as data, each with how sure it is."""
    return [UniversalityIndicator.model_validate(each) for each in actions.INDICATORS]


@router.get(
    "/universality-reviews",
    operation_id="list_universality_reviews",
    response_model=UniversalityReviewPage,
    responses=exports.responses(UniversalityReviewPage),
)
async def list_universality_reviews(
    query: Annotated[UniversalityReviewQuery, Query()], request: Request, _: Caller, reader: Read
) -> Response:
    """List the district's self-checks 双普自查."""
    return await exports.answer(request, reader, queries.REVIEWS, query)


def _whole(row: dict[str, Any], facts: dict[str, Any], caller: Actor) -> dict[str, Any]:
    """The review with every indicator judged; a confirmed one by the figures it was confirmed with."""
    kept = row.pop("facts")
    rows = actions.indicator_rows(row.pop("values"), kept or facts)
    met = [each["met"] for each in rows]
    row |= {"met": met.count(True), "unmet": met.count(False), "unknown": met.count(None)}
    return row | {"passes": all(met), "indicators": rows, "actions": offers(row, MACHINE, caller)}


@router.get(
    "/universality-reviews/{id}",
    operation_id="get_universality_review",
    response_model=UniversalityReviewOut,
    responses=problems(NotFound),
)
async def get_universality_review(id: UUID, caller: Caller, reader: Read) -> Response:
    """One self-check: every indicator with figure, source, threshold, gap, evidence."""
    (body,) = await reader.one(queries.REVIEW, "universality review", id=id)
    row: dict[str, Any] = json.loads(body)
    (facts,) = await reader.one(queries.FACTS, "facts", division=row["division"], year=row["year"])
    whole = _whole(row, json.loads(facts), caller)
    return Response(json.dumps(whole, ensure_ascii=False), media_type="application/json")


@router.get(
    "/universality-reviews/{id}/gaps",
    operation_id="list_universality_gaps",
    response_model=list[UniversalityRow],
    responses=problems(NotFound),
)
async def list_universality_gaps(id: UUID, _: Caller, __: Annotated[NoChoice, Query()], reader: Read) -> Response:
    """差距清单: the indicators that do not pass or of which nothing is known."""
    (body,) = await reader.one(queries.REVIEW, "universality review", id=id)
    row: dict[str, Any] = json.loads(body)
    (facts,) = await reader.one(queries.FACTS, "facts", division=row["division"], year=row["year"])
    rows = actions.indicator_rows(row["values"], row["facts"] or json.loads(facts))
    left = [each for each in rows if each["met"] is not True]
    return Response(json.dumps(left, ensure_ascii=False), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    row = json.loads(await written(session, queries.REVIEW, id=id))
    facts = json.loads(await written(session, queries.FACTS, division=row["division"], year=row["year"]))
    body = json.dumps(_whole(row, facts, caller), ensure_ascii=False)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/universality-reviews",
    operation_id="open_universality_review",
    status_code=status.HTTP_201_CREATED,
    response_model=UniversalityReviewOut,
    responses=problems(NotFound, constraints=("one_review_a_year",)),
)
async def open_universality_review(new: UniversalityReviewNew, caller: Keeper, session: Write) -> Response:
    """Begin the self-check of a year; what the system knows stands there at once."""
    return await _shown(session, caller, await actions.open_review(session, caller, new))


@router.post(
    "/universality-reviews/{id}/values",
    operation_id="enter_universality_value",
    status_code=status.HTTP_201_CREATED,
    response_model=UniversalityReviewOut,
    responses=problems(NotFound, NotInThisState),
)
async def enter_universality_value(id: UUID, asked: UniversalityEntry, caller: Keeper, session: Write) -> Response:
    """Enter a figure or a statement with its evidence, and who closes the gap by when."""
    await actions.enter(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/universality-reviews/{id}/confirmations",
    operation_id="confirm_universality_review",
    status_code=status.HTTP_201_CREATED,
    response_model=UniversalityReviewOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, IndicatorsUnanswered),
)
async def confirm_universality_review(id: UUID, asked: UniversalityNote, caller: Leader, session: Write) -> Response:
    """Confirm it, passed or not: its figures are kept as they are now."""
    await actions.confirm(session, caller, id, asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/universality-reviews/{id}/reopenings",
    operation_id="reopen_universality_review",
    status_code=status.HTTP_201_CREATED,
    response_model=UniversalityReviewOut,
    responses=problems(NotFound, NotInThisState),
)
async def reopen_universality_review(id: UUID, asked: UniversalityNote, caller: Leader, session: Write) -> Response:
    """Give it back for another round; the steps keep what was confirmed before."""
    await actions.reopen(session, caller, id, asked.note)
    return await _shown(session, caller, id)
