from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.kindergartens.rules import STATUS_NOT_REACHABLE
from services.registry.kindergartens.transitions import NEEDS_A_TYPE
from services.registry.licences import acts, queries
from services.registry.licences.answers import ACTED, answer_licence, read_licence
from services.registry.licences.rules import LicenceActedOnAlready, LicenceNotStanding
from services.registry.licences.schemas import LicenceActNew, LicenceCorrection, LicenceOut, LicencePage, LicenceQuery
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.permissions import May
from services.registry.refusals import named
from services.registry.types.router import LAW
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/licences", tags=["licences"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_LICENCES])]
Authority = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_LICENCES])]
REFUSED = problems(
    NotFound, LicenceNotStanding, LicenceActedOnAlready, constraints=named(STATUS_NOT_REACHABLE, NEEDS_A_TYPE)
)


@router.get("", operation_id="list_licences", response_model=LicencePage, responses=exports.responses(LicencePage))
async def list_licences(query: Annotated[LicenceQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the licences 办学许可证, the first to expire first; `standing` finds what expires soon or has (REG-14)."""
    day = query.as_of or today()
    soon = day + timedelta(int(in_force(PARAMETERS, "licence_warning_days", day).number))
    return await exports.answer(request, reader, queries.LICENCES, query, as_of=day, soon=soon)


@router.get("/{id}", operation_id="get_licence", response_model=LicenceOut, responses=problems(NotFound))
async def get_licence(id: UUID, _: Reader, reader: Read) -> Response:
    """The licence of a kindergarten with every act on it, and what the caller may do."""
    return await read_licence(reader, id)


@router.post("/{id}/suspensions", operation_id="suspend_licence", **ACTED, responses=REFUSED)
async def suspend_licence(id: UUID, caller: Authority, new: LicenceActNew, session: Write) -> Response:
    """Suspend 暂停; the kindergarten's status follows."""
    await acts.act_officially(session, caller, id, "suspend", new)
    return await answer_licence(session, caller, id)


@router.post("/{id}/resumptions", operation_id="resume_licence", **ACTED, responses=REFUSED)
async def resume_licence(id: UUID, caller: Authority, new: LicenceActNew, session: Write) -> Response:
    """Let a suspended kindergarten operate again 恢复."""
    await acts.act_officially(session, caller, id, "resume", new)
    return await answer_licence(session, caller, id)


@router.post("/{id}/revocations", operation_id="revoke_licence", **ACTED, responses=REFUSED)
async def revoke_licence(id: UUID, caller: Authority, new: LicenceActNew, session: Write) -> Response:
    """Revoke 吊销: operation stops, the children are settled, and closing follows as a change of status."""
    await acts.act_officially(session, caller, id, "revoke", new)
    return await answer_licence(session, caller, id)


@router.post(
    "/{id}/corrections",
    operation_id="correct_licence",
    **ACTED,
    responses=problems(NotFound, LicenceNotStanding, constraints=("licence_expires_before_issue", *LAW)),
)
async def correct_licence(id: UUID, caller: Authority, new: LicenceCorrection, session: Write) -> Response:
    """Set right 更正 what is recorded wrongly of a licence, or enter one held before the system 补录."""
    await acts.correct_licence(session, caller, id, new)
    return await answer_licence(session, caller, id)
