from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.permissions import May
from services.quality.transition_pairs import actions, queries
from services.quality.transition_pairs.actions import BothSidesTakePart, PairDidNotStand, PairHasEnded
from services.quality.transition_pairs.schemas import (
    TransitionActivityNew,
    TransitionActivityOut,
    TransitionActivityPage,
    TransitionActivityQuery,
    TransitionPairEnd,
    TransitionPairNew,
    TransitionPairOut,
    TransitionPairPage,
    TransitionPairQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["transition to school"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRANSITION])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_TRANSITION])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_TRANSITION])]


@router.get(
    "/transition-pairs",
    operation_id="list_transition_pairs",
    response_model=TransitionPairPage,
    responses=exports.responses(TransitionPairPage),
)
async def list_transition_pairs(
    query: Annotated[TransitionPairQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List pairs of kindergarten and school 园校结对; with `as_of` those that stand on that day."""
    return await exports.answer(request, reader, queries.PAIRS, query)


@router.get(
    "/transition-pairs/{id}",
    operation_id="get_transition_pair",
    response_model=TransitionPairOut,
    responses=problems(NotFound),
)
async def get_transition_pair(id: UUID, _: Reader, reader: Read) -> Response:
    """One pair."""
    (body,) = await reader.one(queries.PAIR, "pair", id=id)
    return Response(body, media_type="application/json")


@router.post(
    "/transition-pairs",
    operation_id="pair_kindergarten_with_school",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionPairOut,
    responses=problems(NotFound, constraints=("pair_stands_already",)),
)
async def pair_kindergarten_with_school(new: TransitionPairNew, caller: Officer, session: Write) -> Response:
    """Pair a kindergarten with a primary school from a day on."""
    body = await written(session, queries.PAIR, id=await actions.pair(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/transition-pairs/{id}/ends",
    operation_id="end_transition_pair",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionPairOut,
    responses=problems(NotFound, PairHasEnded, constraints=("pair_ends_after_it_begins",)),
)
async def end_transition_pair(id: UUID, asked: TransitionPairEnd, _: Officer, session: Write) -> Response:
    """End a pair on a day, with the reason; what the two did stays on record."""
    await actions.end_pair(session, id, asked)
    body = await written(session, queries.PAIR, id=id)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/transition-activities",
    operation_id="list_transition_activities",
    response_model=TransitionActivityPage,
    responses=exports.responses(TransitionActivityPage),
)
async def list_transition_activities(
    query: Annotated[TransitionActivityQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List joint activities of kindergartens and schools."""
    return await exports.answer(request, reader, queries.ACTIVITIES, query)


@router.post(
    "/transition-activities",
    operation_id="record_transition_activity",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionActivityOut,
    responses=problems(NotFound, PairDidNotStand, BothSidesTakePart, ChildrenAreNotScored),
)
async def record_transition_activity(new: TransitionActivityNew, caller: Keeper, session: Write) -> Response:
    """Record a joint activity (联合教研, 教师互访, 参观, 回园, 家园校共育) with its attendance."""
    body = await written(session, queries.ACTIVITY, id=await actions.record_activity(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")
