from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.handovers import actions
from services.quality.handovers.models import Handover
from services.quality.handovers.rules import MACHINE, ConsentHasRunOut
from services.quality.handovers.schemas import (
    HandoverContentIn,
    HandoverContentOut,
    HandoverNew,
    HandoverNote,
    HandoverOut,
    HandoverPage,
    HandoverPurpose,
    HandoverQuery,
    HandoverReceipt,
    HandoverRow,
)
from services.quality.keys import Keys
from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.steps.queries import steps_of
from services.quality.transition_plans.actions import ClassIsNotTheLastYear
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Database, Read, Write
from shared.documents import one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import NotInThisState

router = APIRouter(prefix="/handovers", tags=["transition to school"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_HANDOVERS])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_HANDOVERS])]
_row = Handover.__table__.c
HANDOVERS = Listing(
    "handovers",
    select(*(_row[n] for n in HandoverRow.model_fields)),
    _row.id,
    {"consented_on": _row.consented_on},
    {n: _row[n] == bindparam(n) for n in ("kindergarten", "child", "school", "state")},
)
_whole = [_row[n] for n in HandoverOut.model_fields if n not in ("steps", "actions")]
HANDOVER = one(select(*_whole, steps_of(Handover.__table__).label("steps")).where(_row.id == bindparam("id")))


@router.get("", operation_id="list_handovers", response_model=HandoverPage, responses=exports.responses(HandoverPage))
async def list_handovers(
    query: Annotated[HandoverQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List consents to hand information over and what became of them; what was written is in no list."""
    return await exports.answer(request, reader, HANDOVERS, query)


@router.get("/{id}", operation_id="get_handover", response_model=HandoverOut, responses=problems(NotFound))
async def get_handover(id: UUID, caller: Reader, reader: Read) -> Response:
    """One consent, its way, and what the caller may do."""
    (body,) = await reader.one(HANDOVER, "handover", id=id)
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, HANDOVER, id=id)
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="record_handover_consent",
    status_code=status.HTTP_201_CREATED,
    response_model=HandoverOut,
    responses=problems(
        NotFound,
        ClassIsNotTheLastYear,
        ChildrenAreNotScored,
        constraints=("consent_stands_already", "consent_ends_after_it_was_given"),
    ),
)
async def record_handover_consent(new: HandoverNew, caller: Keeper, session: Write) -> Response:
    """Record a guardian's consent: without it nothing can be written or handed over."""
    return await _shown(session, caller, await actions.record_consent(session, new))


@router.post(
    "/{id}/contents",
    operation_id="prepare_handover",
    status_code=status.HTTP_201_CREATED,
    response_model=HandoverOut,
    responses=problems(NotFound, NotInThisState, ConsentHasRunOut, ChildrenAreNotScored),
)
async def prepare_handover(id: UUID, asked: HandoverContentIn, keys: Keys, caller: Keeper, session: Write) -> Response:
    """Write what is handed over, in words. It is kept sealed."""
    await actions.prepare(session, keys, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/readings",
    operation_id="read_handover",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, NotInThisState, ConsentHasRunOut),
)
async def read_handover(
    id: UUID, asked: HandoverPurpose, keys: Keys, request: Request, response: Response, caller: Keeper
) -> HandoverContentOut:
    """Read what was written, for a purpose; every reading is logged."""
    response.headers["Cache-Control"] = "no-store"
    database: Database = request.app.state.database
    # Not the request's session: that one would keep the answer beside an idempotency key, in clear.
    async with database.begin(caller) as session:
        found = await actions.read_content(session, keys, caller, id, asked.purpose)
    return HandoverContentOut(handover=id, **found)


@router.post(
    "/{id}/sendings",
    operation_id="send_handover",
    status_code=status.HTTP_201_CREATED,
    response_model=HandoverOut,
    responses=problems(NotFound, NotInThisState, ConsentHasRunOut),
)
async def send_handover(id: UUID, caller: Keeper, session: Write) -> Response:
    """Hand it over to the school the guardian named."""
    await actions.send(session, caller, id)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/receipts",
    operation_id="confirm_handover",
    status_code=status.HTTP_201_CREATED,
    response_model=HandoverOut,
    responses=problems(NotFound, NotInThisState),
)
async def confirm_handover(id: UUID, asked: HandoverReceipt, caller: Keeper, session: Write) -> Response:
    """Record that the school signed for it."""
    await actions.receive(session, caller, id, asked.receipt)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_handover_consent",
    status_code=status.HTTP_201_CREATED,
    response_model=HandoverOut,
    responses=problems(NotFound, NotInThisState),
)
async def withdraw_handover_consent(id: UUID, asked: HandoverNote, caller: Keeper, session: Write) -> Response:
    """Record that the guardian withdrew the consent: what was written is erased at once."""
    await actions.withdraw(session, caller, id, asked.note)
    return await _shown(session, caller, id)
