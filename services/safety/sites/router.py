from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import answer, seen
from services.safety.permissions import May
from services.safety.sites import actions, queries
from services.safety.sites.rules import MACHINE, ChildrenNotResettled, NobodyToResettle
from services.safety.sites.schemas import (
    SightingIn,
    SiteClosing,
    SiteDisposal,
    SiteOut,
    SitePage,
    SiteQuery,
    SiteRecheck,
    SiteResettlement,
    SiteTransfer,
    SiteVerification,
)
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/sites", tags=["sites"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SITES])]
Reporter = Annotated[Actor, Security(authorize, scopes=[May.REPORT_SITES])]
Verifier = Annotated[Actor, Security(authorize, scopes=[May.VERIFY_SITES])]
Disposer = Annotated[Actor, Security(authorize, scopes=[May.DISPOSE_SITES])]
Closer = Annotated[Actor, Security(authorize, scopes=[May.CLOSE_SITES])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": SiteOut}


@router.get("", operation_id="list_sites", response_model=SitePage, responses=exports.responses(SitePage))
async def list_sites(query: Annotated[SiteQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List suspected and confirmed sites in the caller's scope."""
    return await exports.answer(request, reader, queries.SITES, query)


@router.get("/{id}", operation_id="get_site", response_model=SiteOut, responses=problems(NotFound))
async def get_site(id: UUID, caller: Reader, reader: Read) -> Response:
    """One case and what the caller may do with it."""
    return await seen(reader, caller, queries.SITE, MACHINE, "site", id)


@router.post("", operation_id="record_sighting", **CREATED, responses=problems(NotFound, FileUnknown))
async def record_sighting(new: SightingIn, caller: Reporter, session: Write) -> Response:
    """Record a suspected site 登记线索; at an address with an open case it joins that case."""
    made = await actions.record_sighting(session, caller, new)
    return await answer(session, caller, queries.SITE, MACHINE, made)


@router.post(
    "/{id}/verifications",
    operation_id="verify_site",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def verify_site(id: UUID, asked: SiteVerification, caller: Verifier, session: Write) -> Response:
    """Say after a visit whether it is so 核查."""
    await actions.verify_site(session, caller, id, asked)
    return await answer(session, caller, queries.SITE, MACHINE, id)


@router.post(
    "/{id}/stop-orders", operation_id="order_stop", **CREATED, responses=problems(NotFound, NotInThisState, FileUnknown)
)
async def order_stop(id: UUID, asked: SiteDisposal, caller: Disposer, session: Write) -> Response:
    """Order it to stop 责令停止."""
    await actions.order_stop(session, caller, id, asked)
    return await answer(session, caller, queries.SITE, MACHINE, id)


@router.post(
    "/{id}/diversions", operation_id="divert_site", **CREATED, responses=problems(NotFound, NotInThisState, FileUnknown)
)
async def divert_site(id: UUID, asked: SiteDisposal, caller: Disposer, session: Write) -> Response:
    """Lead it to a licence 引导取证."""
    await actions.divert_site(session, caller, id, asked)
    return await answer(session, caller, queries.SITE, MACHINE, id)


@router.post(
    "/{id}/bans", operation_id="ban_site", **CREATED, responses=problems(NotFound, NotInThisState, FileUnknown)
)
async def ban_site(id: UUID, asked: SiteDisposal, caller: Disposer, session: Write) -> Response:
    """Ban it 取缔."""
    await actions.ban_site(session, caller, id, asked)
    return await answer(session, caller, queries.SITE, MACHINE, id)


@router.post("/{id}/transfers", operation_id="transfer_site", **CREATED, responses=problems(NotFound, NotInThisState))
async def transfer_site(id: UUID, asked: SiteTransfer, caller: Disposer, session: Write) -> Response:
    """Hand it to the competent department 移送."""
    await actions.transfer_site(session, caller, id, asked)
    return await answer(session, caller, queries.SITE, MACHINE, id)


@router.post(
    "/{id}/resettlements",
    operation_id="resettle_children",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NobodyToResettle),
)
async def resettle_children(id: UUID, asked: SiteResettlement, caller: Verifier, session: Write) -> Response:
    """Record children who go elsewhere 安置分流."""
    await actions.resettle_children(session, caller, id, asked)
    return await answer(session, caller, queries.SITE, MACHINE, id)


@router.post(
    "/{id}/closings",
    operation_id="close_site",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, ChildrenNotResettled, FileUnknown),
)
async def close_site(id: UUID, asked: SiteClosing, caller: Closer, session: Write) -> Response:
    """Close the case 销案, when all children are resettled, by another person."""
    await actions.close_site(session, caller, id, asked)
    return await answer(session, caller, queries.SITE, MACHINE, id)


@router.post(
    "/{id}/rechecks",
    operation_id="recheck_site",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown, constraints=("site_open_at_this_address",)),
)
async def recheck_site(id: UUID, asked: SiteRecheck, caller: Verifier, session: Write) -> Response:
    """Visit a closed site again 回访; a rebound opens the case anew."""
    await actions.recheck_site(session, caller, id, asked)
    return await answer(session, caller, queries.SITE, MACHINE, id)
