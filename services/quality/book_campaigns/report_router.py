from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.book_campaigns import actions, queries
from services.quality.book_campaigns.actions import CampaignHasNotBegun
from services.quality.book_campaigns.rules import MACHINE
from services.quality.book_campaigns.schemas import (
    BookReportContent,
    BookReportNew,
    BookReportNote,
    BookReportOut,
    BookReportPage,
    BookReportQuery,
)
from services.quality.offers import with_actions
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/book-reports", tags=["books"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BOOKS])]
Reporter = Annotated[Actor, Security(authorize, scopes=[May.REPORT_BOOKS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.RUN_BOOK_CAMPAIGNS])]


@router.get(
    "", operation_id="list_book_reports", response_model=BookReportPage, responses=exports.responses(BookReportPage)
)
async def list_book_reports(
    query: Annotated[BookReportQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what kindergartens reported in campaigns."""
    return await exports.answer(request, reader, queries.REPORTS, query)


@router.get("/{id}", operation_id="get_book_report", response_model=BookReportOut, responses=problems(NotFound))
async def get_book_report(id: UUID, caller: Reader, reader: Read) -> Response:
    """One report, its second look, and what the caller may do."""
    (body,) = await reader.one(queries.REPORT, "report", id=id)
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, queries.REPORT, id=id)
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="report_book_removal",
    status_code=status.HTTP_201_CREATED,
    response_model=BookReportOut,
    responses=problems(NotFound, CampaignHasNotBegun, constraints=("reported_in_this_campaign",)),
)
async def report_book_removal(new: BookReportNew, caller: Reporter, session: Write) -> Response:
    """Report what a kindergarten checked and removed in a campaign."""
    return await _shown(session, caller, await actions.report(session, caller, new))


@router.post(
    "/{id}/reports",
    operation_id="report_book_removal_again",
    status_code=status.HTTP_201_CREATED,
    response_model=BookReportOut,
    responses=problems(NotFound, NotInThisState),
)
async def report_book_removal_again(id: UUID, asked: BookReportContent, caller: Reporter, session: Write) -> Response:
    """Report again after the second look failed."""
    await actions.report_again(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/passes",
    operation_id="pass_book_report",
    status_code=status.HTTP_201_CREATED,
    response_model=BookReportOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def pass_book_report(id: UUID, asked: BookReportNote, caller: Officer, session: Write) -> Response:
    """The second look 复查 found nothing."""
    await actions.recheck(session, caller, id, "pass", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/failures",
    operation_id="fail_book_report",
    status_code=status.HTTP_201_CREATED,
    response_model=BookReportOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def fail_book_report(id: UUID, asked: BookReportNote, caller: Officer, session: Write) -> Response:
    """The second look found books that should be gone: the kindergarten reports again."""
    await actions.recheck(session, caller, id, "fail", asked.note)
    return await _shown(session, caller, id)
