from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.admission_rounds import actions, queries
from services.registry.admission_rounds.answers import answer, read
from services.registry.admission_rounds.priorities import published
from services.registry.admission_rounds.schemas import (
    AdmissionFreeSeatsList,
    AdmissionPriorityVersion,
    AdmissionRoundChange,
    AdmissionRoundNew,
    AdmissionRoundOut,
    AdmissionRoundPage,
    AdmissionRoundQuery,
    AdmissionSeatsIn,
    AdmissionSeatsPage,
    AdmissionSeatsQuery,
    AdmissionSeatsRow,
)
from services.registry.admissions.codes import SeatKind
from services.registry.admissions.refusals import (
    KindergartenOutsideRound,
    RoundHasNoSeats,
    SeatsExceedClasses,
    SeatsExceedLicence,
)
from services.registry.classes.refusals import KindergartenNotOpen
from services.registry.keys import Keys
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route
from shared.machine import NotInThisState
from shared.schemas import In

router = APIRouter(prefix="/admission-rounds", tags=["admission-rounds"], route_class=Route)
priorities = APIRouter(prefix="/admission-priorities", tags=["admission-rounds"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ADMISSION_ROUNDS])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.RUN_ADMISSION_ROUNDS])]
Counter = Annotated[Actor, Security(authorize, scopes=[May.RUN_ADMISSION_ROUNDS, May.READ_CHILDREN])]


class NoParameters(In):
    """A query without parameters: an unknown one is refused."""


@priorities.get("", operation_id="list_admission_priorities")
async def list_admission_priorities(
    _: Annotated[NoParameters, Query()], _caller: Reader
) -> list[AdmissionPriorityVersion]:
    """The dated priorities of admission 录取排序规则, each with its authority. A draw decides what they leave level."""
    return published()


@router.get(
    "",
    operation_id="list_admission_rounds",
    response_model=AdmissionRoundPage,
    responses=exports.responses(AdmissionRoundPage),
)
async def list_admission_rounds(
    query: Annotated[AdmissionRoundQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List intake rounds 招生轮次: all that are published, and those being prepared in the caller's scope."""
    return await exports.answer(request, reader, queries.ROUNDS, query)


@router.get("/{id}", operation_id="get_admission_round", response_model=AdmissionRoundOut, responses=problems(NotFound))
async def get_admission_round(id: UUID, _: Reader, reader: Read) -> Response:
    """One round, with what the caller may do with it now."""
    return await read(reader, id)


@router.post(
    "",
    operation_id="plan_admission_round",
    status_code=status.HTTP_201_CREATED,
    response_model=AdmissionRoundOut,
    responses=problems(NotFound, constraints=("round_already_planned", "round_closes_before_it_opens")),
)
async def plan_admission_round(new: AdmissionRoundNew, caller: Planner, session: Write) -> Response:
    """Plan a round of a school year. It takes the priorities in force on its first day."""
    made = await actions.plan_round(session, caller, new)
    return await answer(session, caller, made, status.HTTP_201_CREATED)


@router.patch(
    "/{id}",
    operation_id="change_admission_round",
    response_model=AdmissionRoundOut,
    responses=problems(
        NotFound, NotInThisState, VersionNeeded, VersionIsStale, constraints=("round_closes_before_it_opens",)
    ),
)
async def change_admission_round(
    id: UUID, change: AdmissionRoundChange, version: IfMatch, caller: Planner, session: Write
) -> Response:
    """Change a round that is still being prepared."""
    await actions.change_round(session, caller, id, version, change)
    return await answer(session, caller, id)


@router.get(
    "/{id}/free-seats",
    operation_id="list_free_seats",
    response_model=AdmissionFreeSeatsList,
    responses=problems(NotFound),
)
async def list_free_seats(id: UUID, _: Counter, reader: Read) -> Response:
    """What the classes of the school year have room for once children have moved up, and what has been set."""
    found = await reader.one(queries.ROUND, "admission round", id=id)
    asked = queries.asked(found[0])
    rows = await reader.one(queries.FREE_LIST, "admission round", **asked)
    return Response(f'{{"items":{rows[0]}}}', media_type="application/json")


@router.get(
    "/{id}/seats",
    operation_id="list_admission_seats",
    response_model=AdmissionSeatsPage,
    responses=exports.responses(AdmissionSeatsPage) | problems(NotFound),
)
async def list_admission_seats(
    id: UUID, query: Annotated[AdmissionSeatsQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """What each kindergarten offers in a round 招生计划, whether in the caller's scope or not."""
    await reader.one(queries.ROUND, "admission round", id=id)
    return await exports.answer(request, reader, queries.SEATS, query, round=id)


@router.put(
    "/{id}/seats/{kindergarten}/{kind}",
    operation_id="set_admission_seats",
    response_model=AdmissionSeatsRow,
    responses=problems(
        NotFound,
        NotInThisState,
        KindergartenNotOpen,
        KindergartenOutsideRound,
        SeatsExceedClasses,
        SeatsExceedLicence,
    ),
)
async def set_admission_seats(
    id: UUID, kindergarten: UUID, kind: SeatKind, sent: AdmissionSeatsIn, caller: Counter, session: Write
) -> Response:
    """Set how many a kindergarten admits to one kind of class, and its catchment 服务片区."""
    await actions.set_seats(session, caller, id, kindergarten, kind, sent)
    asked = {"round": id, "kindergarten": kindergarten, "kind": kind.value}
    return tagged(*await written_row(session, queries.OFFERED, **asked))


@router.post(
    "/{id}/openings",
    operation_id="open_admission_round",
    status_code=status.HTTP_201_CREATED,
    response_model=AdmissionRoundOut,
    responses=problems(NotFound, NotInThisState, RoundHasNoSeats),
)
async def open_admission_round(id: UUID, keys: Keys, caller: Planner, session: Write) -> Response:
    """Publish the round: from now on nothing of it changes. The seed of the draw is drawn, sealed and committed to.

    `seed_commitment` is the SHA-256 of the seed; the allocation reveals the seed itself.
    """
    await actions.open_round(session, keys, caller, id)
    return await answer(session, caller, id, status.HTTP_201_CREATED)
