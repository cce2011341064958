from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_places import actions, queries
from services.registry.admission_places.schemas import (
    AdmissionPlaceAcceptance,
    AdmissionPlaceOut,
    AdmissionPlacePage,
    AdmissionPlaceQuery,
)
from services.registry.admission_rounds.answers import answer as round_answer
from services.registry.admission_rounds.schemas import AdmissionRoundOut
from services.registry.admissions.refusals import (
    AnotherChild,
    ClassIsNotOfferedOne,
    IdentityNeeded,
    OfferHasLapsed,
    OffersOpen,
)
from services.registry.classes.refusals import KindergartenNotOpen
from services.registry.enrolments.refusals import LIMITS, OVERLAPS
from services.registry.keys import Keys
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(tags=["admission-places"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PLACES])]
Admitter = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_PLACES, May.WRITE_ENROLMENTS, May.WRITE_CHILDREN])]
Decliner = Annotated[Actor, Security(authorize, scopes=[May.DECLINE_PLACES])]
Counter = Annotated[Actor, Security(authorize, scopes=[May.WRITE_APPLICATIONS, May.READ_PLACES])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.RUN_ADMISSION_ROUNDS])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": AdmissionPlaceOut}


async def _answer(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    text, version = await written_row(session, queries.PLACE, id=id)
    return tagged(queries.completed(text, caller), version, status.HTTP_201_CREATED)


@router.get(
    "/admission-places",
    operation_id="list_admission_places",
    response_model=AdmissionPlacePage,
    responses=exports.responses(AdmissionPlacePage),
)
async def list_admission_places(
    query: Annotated[AdmissionPlaceQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List places offered, and turns on waiting lists, of the kindergartens and the children in the caller's scope."""
    return await exports.answer(request, reader, queries.PLACES, query)


@router.get(
    "/admission-places/{id}",
    operation_id="get_admission_place",
    response_model=AdmissionPlaceOut,
    responses=problems(NotFound),
)
async def get_admission_place(id: UUID, caller: Reader, reader: Read) -> Response:
    """One place, with what the caller may do with it now."""
    text, version = await reader.one(queries.PLACE, "place", id=id)
    return tagged(queries.completed(text, caller), version)


@router.post(
    "/admission-places/{id}/acceptances",
    operation_id="accept_admission_place",
    **CREATED,
    responses=problems(
        NotFound,
        NotInThisState,
        OfferHasLapsed,
        ClassIsNotOfferedOne,
        AnotherChild,
        IdentityNeeded,
        KindergartenNotOpen,
        constraints=(*OVERLAPS, *LIMITS),
    ),
)
async def accept_admission_place(
    id: UUID, sent: AdmissionPlaceAcceptance, keys: Keys, caller: Admitter, session: Write
) -> Response:
    """Accept a place 确认入园: the child is enrolled in a class of what was offered, in the same transaction."""
    await actions.accept_place(session, keys, caller, id, sent)
    return await _answer(session, caller, id)


@router.post(
    "/admission-places/{id}/declines",
    operation_id="decline_admission_place",
    **CREATED,
    responses=problems(NotFound, NotInThisState, OfferHasLapsed),
)
async def decline_admission_place(id: UUID, caller: Decliner, session: Write) -> Response:
    """Give up an offer 放弃: the place goes down its list, turns for dearer places stay."""
    await actions.decline_place(session, caller, id)
    return await _answer(session, caller, id)


@router.post(
    "/admission-places/{id}/departures",
    operation_id="leave_admission_waiting_list",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def leave_admission_waiting_list(id: UUID, caller: Counter, session: Write) -> Response:
    """Wait no longer for this place 退出候补; an offer that is held, and other turns, stay."""
    await actions.leave_waiting_list(session, caller, id)
    return await _answer(session, caller, id)


@router.post(
    "/admission-rounds/{id}/endings",
    operation_id="end_admission_round",
    status_code=status.HTTP_201_CREATED,
    response_model=AdmissionRoundOut,
    responses=problems(NotFound, NotInThisState, OffersOpen),
)
async def end_admission_round(id: UUID, caller: Planner, session: Write) -> Response:
    """End a round once every offer is answered: whoever still waits, waits no more."""
    await actions.end_round(session, caller, id)
    return await round_answer(session, caller, id, status.HTTP_201_CREATED)
