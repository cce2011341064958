from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.book_campaigns import actions, queries
from services.quality.book_campaigns.actions import SomethingIsChecked
from services.quality.book_campaigns.schemas import (
    BookCampaignNew,
    BookCampaignOut,
    BookCampaignPage,
    BookCampaignQuery,
    BookMissingPage,
    BookMissingQuery,
    BookSpotCheckNew,
    BookSpotCheckOut,
    BookSpotCheckPage,
    BookSpotCheckQuery,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["books"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BOOKS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.RUN_BOOK_CAMPAIGNS])]


@router.get(
    "/book-campaigns",
    operation_id="list_book_campaigns",
    response_model=BookCampaignPage,
    responses=exports.responses(BookCampaignPage),
)
async def list_book_campaigns(
    query: Annotated[BookCampaignQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List campaigns to remove unfit books 图书清理专项."""
    return await exports.answer(request, reader, queries.CAMPAIGNS, query)


@router.get(
    "/book-campaigns/{id}",
    operation_id="get_book_campaign",
    response_model=BookCampaignOut,
    responses=problems(NotFound),
)
async def get_book_campaign(id: UUID, _: Reader, reader: Read) -> Response:
    """One campaign with its report: who reported, what was checked again, how much was removed."""
    (body,) = await reader.one(queries.CAMPAIGN, "campaign", id=id)
    return Response(body, media_type="application/json")


@router.post(
    "/book-campaigns",
    operation_id="begin_book_campaign",
    status_code=status.HTTP_201_CREATED,
    response_model=BookCampaignOut,
    responses=problems(constraints=("campaign_ends_after_it_begins",)),
)
async def begin_book_campaign(new: BookCampaignNew, caller: Officer, session: Write) -> Response:
    """Begin a campaign in which every kindergarten looks through its books."""
    body = await written(session, queries.CAMPAIGN, id=await actions.begin_campaign(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/book-campaign-missing",
    operation_id="list_missing_book_reports",
    response_model=BookMissingPage,
    responses=exports.responses(BookMissingPage),
)
async def list_missing_book_reports(
    query: Annotated[BookMissingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Kindergartens that have not reported in a campaign."""
    return await exports.answer(request, reader, queries.MISSING, query)


@router.get(
    "/book-spot-checks",
    operation_id="list_book_spot_checks",
    response_model=BookSpotCheckPage,
    responses=exports.responses(BookSpotCheckPage),
)
async def list_book_spot_checks(
    query: Annotated[BookSpotCheckQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List spot checks; `flagged=true` leaves those that found a book in use without a review (QUA-06)."""
    return await exports.answer(request, reader, queries.SPOT_CHECKS, query)


@router.post(
    "/book-spot-checks",
    operation_id="record_book_spot_check",
    status_code=status.HTTP_201_CREATED,
    response_model=BookSpotCheckOut,
    responses=problems(NotFound, SomethingIsChecked),
)
async def record_book_spot_check(new: BookSpotCheckNew, caller: Officer, session: Write) -> Response:
    """Record a spot check 抽查: titles looked at, and books in use that are in no catalogue."""
    body = await written(session, queries.SPOT_CHECK, id=await actions.spot_check(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")
