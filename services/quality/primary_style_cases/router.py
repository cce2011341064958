from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.primary_style_cases import actions
from services.quality.primary_style_cases.models import PrimaryStyleCase
from services.quality.primary_style_cases.rules import MACHINE
from services.quality.primary_style_cases.schemas import (
    StyleCaseConfirmation,
    StyleCaseNew,
    StyleCaseNote,
    StyleCaseOrder,
    StyleCaseOut,
    StyleCasePage,
    StyleCaseQuery,
    StyleCaseReferral,
    StyleCaseRow,
)
from services.quality.steps.queries import steps_of
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/primary-style-cases", tags=["daily life"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_STYLE_CASES])]
Receiver = Annotated[Actor, Security(authorize, scopes=[May.RECEIVE_STYLE_COMPLAINTS])]
Checker = Annotated[Actor, Security(authorize, scopes=[May.CHECK_DAILY_LIFE])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ORDER_DAILY_LIFE])]
Principal = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_STYLE_CASES])]
_row, _place = PrimaryStyleCase.__table__, Kindergarten.__table__
_overdue = (_row.c.state == "ordered") & (_row.c.due_on < bindparam("as_of", type_=Date))
_special = {"kindergarten_name": _place.c.name, "overdue": _overdue, "check": _row.c.check_id}
_from = _row.join(_place, _place.c.id == _row.c.kindergarten)
CASES = Listing(
    "primary-style-cases",
    select(*columns(_row, StyleCaseRow, **_special)).select_from(_from),
    _row.c.id,
    {"received_on": _row.c.received_on},
    {
        "kindergarten": _row.c.kindergarten == bindparam("kindergarten"),
        "source": _row.c.source == bindparam("source"),
        "state": _row.c.state == bindparam("state"),
        "open": _row.c.ended_on.is_(None) == bindparam("open"),
        "overdue": _overdue == bindparam("overdue"),
    },
)
CASE = one(
    select(*columns(_row, StyleCaseOut, **_special, steps=steps_of(_row)))
    .select_from(_from)
    .where(_row.c.id == bindparam("id"))
)
CREATED: dict[str, Any] = {"status_code": status.HTTP_201_CREATED, "response_model": StyleCaseOut}


@router.get(
    "",
    operation_id="list_primary_style_cases",
    response_model=StyleCasePage,
    responses=exports.responses(StyleCasePage),
)
async def list_primary_style_cases(
    query: Annotated[StyleCaseQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List cases of 小学化; `open=true` is the work list, `overdue=true` what was not put right in time."""
    return await exports.answer(request, reader, CASES, query, as_of=today())


@router.get("/{id}", operation_id="get_primary_style_case", response_model=StyleCaseOut, responses=problems(NotFound))
async def get_primary_style_case(id: UUID, caller: Reader, reader: Read) -> Response:
    """One case, its way, and what the caller may do."""
    (body,) = await reader.one(CASE, "case", id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, CASE, id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post("", operation_id="receive_primary_style_complaint", **CREATED, responses=problems(NotFound))
async def receive_primary_style_complaint(new: StyleCaseNew, caller: Receiver, session: Write) -> Response:
    """Enter a complaint 投诉: it becomes a case."""
    return await _shown(session, caller, await actions.receive(session, caller, new))


@router.post(
    "/{id}/confirmations",
    operation_id="confirm_primary_style_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def confirm_primary_style_case(
    id: UUID, asked: StyleCaseConfirmation, caller: Checker, session: Write
) -> Response:
    """Say which items of the negative list are so."""
    await actions.confirm(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/dismissals",
    operation_id="dismiss_primary_style_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def dismiss_primary_style_case(id: UUID, asked: StyleCaseNote, caller: Checker, session: Write) -> Response:
    """Nothing was found, with what was looked at."""
    await actions.end(session, caller, id, "dismiss", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/orders",
    operation_id="order_primary_style_remedy",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def order_primary_style_remedy(id: UUID, asked: StyleCaseOrder, caller: Officer, session: Write) -> Response:
    """Order it put right 责令限期改正 by a day (学前教育法第七十九条)."""
    await actions.order(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/answers",
    operation_id="answer_primary_style_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def answer_primary_style_case(id: UUID, asked: StyleCaseNote, caller: Principal, session: Write) -> Response:
    """The kindergarten says what it put right."""
    await actions.answer(session, caller, id, asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/closures",
    operation_id="close_primary_style_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def close_primary_style_case(id: UUID, asked: StyleCaseNote, caller: Checker, session: Write) -> Response:
    """Looked at again and put right 复查销案."""
    await actions.end(session, caller, id, "close", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/reopenings",
    operation_id="reopen_primary_style_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def reopen_primary_style_case(id: UUID, asked: StyleCaseOrder, caller: Checker, session: Write) -> Response:
    """Looked at again and not put right: ordered again by another day."""
    await actions.reopen(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/referrals",
    operation_id="refer_primary_style_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def refer_primary_style_case(id: UUID, asked: StyleCaseReferral, caller: Officer, session: Write) -> Response:
    """Refer it to the organ that decides on a penalty 移送执法."""
    await actions.end(session, caller, id, "refer", asked.note, asked.organ)
    return await _shown(session, caller, id)
