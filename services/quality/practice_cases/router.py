from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.practice_cases import actions
from services.quality.practice_cases.models import PracticeCase
from services.quality.practice_cases.rules import CASES
from services.quality.practice_cases.schemas import (
    PracticeCaseNew,
    PracticeCaseOut,
    PracticeCasePage,
    PracticeCaseQuery,
    PracticeCaseRow,
    PracticeNote,
)
from services.quality.steps.queries import steps_of
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/practice-cases", tags=["experience"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PRACTICE])]
Author = Annotated[Actor, Security(authorize, scopes=[May.SUBMIT_PRACTICE])]
Editor = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_PRACTICE])]
_row = PracticeCase.__table__
LIBRARY = Listing(
    "practice-cases",
    select(*columns(_row, PracticeCaseRow)),
    _row.c.id,
    {"submitted_on": _row.c.submitted_on},
    {n: _row.c[n] == bindparam(n) for n in ("kindergarten", "topic", "state")},
)
CASE = one(select(*columns(_row, PracticeCaseOut, steps=steps_of(_row))).where(_row.c.id == bindparam("id")))
CREATED: dict[str, Any] = {"status_code": status.HTTP_201_CREATED, "response_model": PracticeCaseOut}


@router.get(
    "",
    operation_id="list_practice_cases",
    response_model=PracticeCasePage,
    responses=exports.responses(PracticeCasePage),
)
async def list_practice_cases(
    query: Annotated[PracticeCaseQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The library of cases 案例库: what was accepted from everywhere, and one's own."""
    return await exports.answer(request, reader, LIBRARY, query)


@router.get("/{id}", operation_id="get_practice_case", response_model=PracticeCaseOut, responses=problems(NotFound))
async def get_practice_case(id: UUID, caller: Reader, reader: Read) -> Response:
    """One case, and what the caller may do."""
    (body,) = await reader.one(CASE, "case", id=id)
    return Response(with_actions(body, CASES, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, CASE, id=id)
    return Response(with_actions(body, CASES, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post("", operation_id="submit_practice_case", **CREATED, responses=problems(NotFound, ChildrenAreNotScored))
async def submit_practice_case(new: PracticeCaseNew, caller: Author, session: Write) -> Response:
    """Submit what a kindergarten learned, for others to read."""
    return await _shown(session, caller, await actions.submit_case(session, caller, new))


@router.post(
    "/{id}/acceptances",
    operation_id="accept_practice_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def accept_practice_case(id: UUID, asked: PracticeNote, caller: Editor, session: Write) -> Response:
    """Take it into the library: every kindergarten reads it from now on."""
    await actions.move_case(session, caller, id, "accept", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/refusals",
    operation_id="decline_practice_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def decline_practice_case(id: UUID, asked: PracticeNote, caller: Editor, session: Write) -> Response:
    """Do not take it in, with the reason."""
    await actions.move_case(session, caller, id, "decline", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_practice_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def withdraw_practice_case(id: UUID, asked: PracticeNote, caller: Author, session: Write) -> Response:
    """Take one's own case back."""
    await actions.move_case(session, caller, id, "withdraw", asked.note)
    return await _shown(session, caller, id)
