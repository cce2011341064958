"""What anybody may report and ask without an account: few times an hour, with a receipt, and nothing personal back."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, status
from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import select, update

from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from services.safety.sites import actions, queries
from services.safety.sites.codes import SiteState
from services.safety.sites.models import Sighting
from services.safety.sites.rules import address_key, name_key
from services.safety.sites.schemas import LicenceAnswer, LicenceQuery, PublicReport, ReportReceipt
from shared.auth import Actor
from shared.days import today
from shared.db import Read, Write
from shared.errors import DomainError, InvalidInput, NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/public", tags=["public"], route_class=Route)
LONGEST_NAME_PART = 4


class TooManyReports(DomainError):
    status = HTTPStatus.TOO_MANY_REQUESTS
    zh = "举报过于频繁,请稍后再试,或拨打区教委电话。"
    en = "Too many reports: try again later, or telephone the education committee."

    def headers(self) -> dict[str, str]:
        return {"Retry-After": "3600"}


async def stranger(request: Request) -> Actor:
    """Anybody: reads and writes what these routes let through, in the district this installation serves."""
    actor = Actor("public", "", (), float("inf"), (request.app.state.settings.district,))
    request.state.actor = actor
    return actor


Stranger = Annotated[Actor, Depends(stranger)]


def _origin(request: Request) -> str:
    forwarded = request.headers.get("x-forwarded-for", "")
    if request.app.state.settings.trust_proxy and forwarded:
        return forwarded.split(",")[-1].strip()
    return request.client.host if request.client else "unknown"


def _limit(request: Request) -> None:
    """Counted in memory: a flood costs no row. Raises TooManyReports."""
    state = request.app.state
    if not hasattr(state, "report_limiter"):
        state.report_limiter = MovingWindowRateLimiter(MemoryStorage())
    each = RateLimitItemPerHour(number(PARAMETERS, "public_reports_each", today()))
    whole = RateLimitItemPerHour(number(PARAMETERS, "public_reports_all", today()))
    if not (state.report_limiter.hit(each, "report", _origin(request)) and state.report_limiter.hit(whole, "all")):
        raise TooManyReports


@router.post(
    "/site-reports",
    operation_id="report_suspected_site",
    status_code=status.HTTP_201_CREATED,
    responses=problems(TooManyReports),
)
async def report_site(new: PublicReport, request: Request, caller: Stranger, session: Write) -> ReportReceipt:
    """Report a suspected unlicensed site 群众举报. The receipt number is the only way back to it."""
    _limit(request)
    if new.website:
        raise InvalidInput(reason_zh="请留空。", reason_en="leave it empty.", pointer="/website")
    if not new.town.startswith(request.app.state.settings.district):
        raise InvalidInput(reason_zh="不在本区。", reason_en="it is not in this district.", pointer="/town")
    slip = actions.receipt(today())
    values = {"kind": new.kind, "division": new.town, "address": new.address, "name": new.name, "online": False}
    values |= {"children": 0, "synthetic": False}
    await actions.see(session, caller, values, "public", new.described, today(), number=slip)
    found = (await session.scalars(select(Sighting).where(Sighting.receipt == slip))).one()
    if new.contact:
        sealed = request.app.state.keys.encrypt(new.contact, UUID(str(found.id)).bytes)
        await session.execute(update(Sighting).where(Sighting.id == found.id).values(contact=sealed))
    return _slip(slip, found.reported_at, "reported")


def _slip(slip: str, at: datetime, state: str) -> ReportReceipt:
    known: Any = {each.value: each for each in SiteState}[state]
    return ReportReceipt(receipt=slip, received_at=at, state=known, state_zh=known.zh)


@router.get("/site-reports/{receipt}", operation_id="get_site_report", responses=problems(NotFound))
async def get_report(receipt: str, _: Stranger, reader: Read) -> ReportReceipt:
    """How far a report is, by its receipt number."""
    return _slip(*await reader.one(queries.RECEIPT, "report", receipt=receipt.upper()))


@router.get("/licences", operation_id="ask_licence")
async def ask_licence(query: Annotated[LicenceQuery, Query()], _: Stranger, reader: Read) -> LicenceAnswer:
    """Is a kindergarten of this name licensed, or is this address one of a confirmed unlicensed site? 是否有证."""
    asked = name_key(query.q)
    (licensed,) = await reader.row(queries.LICENSED) or (None,)
    (unlicensed,) = await reader.row(queries.UNLICENSED) or (None,)
    names = [name for name in licensed or [] if asked == name_key(name)]
    if not names and len(asked) >= LONGEST_NAME_PART:
        names = [name for name in licensed or [] if asked in name_key(name)]
    here = {key for each in unlicensed or [] for key in (each.split("|", 1)[0], name_key(each.split("|", 1)[1]))}
    return LicenceAnswer(
        asked=query.q, licensed=bool(names), names=names[:10], unlicensed_here=address_key(query.q) in here - {""}
    )
