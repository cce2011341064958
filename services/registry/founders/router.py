from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.founders import actions, queries
from services.registry.founders.rules import FounderBarred, FounderHasEnded, SharesExceedWhole
from services.registry.founders.schemas import (
    BarredFounders,
    FounderEnding,
    FounderNew,
    FounderOut,
    FounderPage,
    FounderPatch,
    FounderQuery,
)
from services.registry.keys import Keys
from services.registry.kindergartens.rules import PUBLIC_ASSETS_FOR_PROFIT
from services.registry.parameters.published import number_on
from services.registry.permissions import May
from services.registry.refusals import named
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/founders", tags=["founders"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FOUNDERS])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_FOUNDERS])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.READ_BARS])]
ENDS = "founder_ends_before_it_begins"
REFUSED = named(PUBLIC_ASSETS_FOR_PROFIT)


@router.get("", operation_id="list_founders", response_model=FounderPage, responses=exports.responses(FounderPage))
async def list_founders(query: Annotated[FounderQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """Who founds 举办者 and controls 实际控制人 kindergartens, today, before and as of any day."""
    return await exports.answer(request, reader, queries.FOUNDERS, query)


@router.get("/barred", operation_id="list_barred_founders", response_model=BarredFounders)
async def list_barred_founders(_: Keeper, reader: Read) -> Response:
    """Founders and controllers who are barred 从业禁止 today (REG-13), and by when others are to take over."""
    day = today()
    found = await reader.one(queries.BARRED, "founder", as_of=day, months=number_on("founder_change_months", day))
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.get("/{id}", operation_id="get_founder", response_model=FounderOut, responses=problems(NotFound))
async def get_founder(id: UUID, _: Reader, reader: Read) -> Response:
    """One founder or controller."""
    return tagged(*await reader.one(queries.FOUNDER, "founder", id=id))


@router.post(
    "",
    operation_id="record_founder",
    status_code=status.HTTP_201_CREATED,
    response_model=FounderOut,
    responses=problems(NotFound, FounderBarred, SharesExceedWhole, constraints=(ENDS, *REFUSED)),
)
async def record_founder(new: FounderNew, keys: Keys, caller: Registrar, session: Write) -> Response:
    """Enter a founder or beneficial owner with share and document; nobody who is barred (REG-13)."""
    made = await actions.record_founder(session, keys, caller, new)
    body, version = await written_row(session, queries.FOUNDER, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.patch(
    "/{id}",
    operation_id="correct_founder",
    response_model=FounderOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, SharesExceedWhole, constraints=(ENDS, *REFUSED)),
)
async def correct_founder(id: UUID, patch: FounderPatch, version: IfMatch, _: Registrar, session: Write) -> Response:
    """Set right what was entered wrongly."""
    await actions.correct_founder(session, id, patch, version)
    return tagged(*await written_row(session, queries.FOUNDER, id=id))


@router.post(
    "/{id}/endings",
    operation_id="end_founder",
    status_code=status.HTTP_201_CREATED,
    response_model=FounderOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, FounderHasEnded, constraints=(ENDS,)),
)
async def end_founder(id: UUID, ending: FounderEnding, version: IfMatch, _: Registrar, session: Write) -> Response:
    """End a share or control 退出 on a day, by its document."""
    await actions.end_founder(session, id, ending, version)
    body, now = await written_row(session, queries.FOUNDER, id=id)
    return tagged(body, now, status.HTTP_201_CREATED)
