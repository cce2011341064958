from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality import data
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.permissions import May
from services.quality.training import actions, queries
from services.quality.training.actions import (
    NotAttended,
    PostNotAddressed,
    StageNotAddressed,
    TrainingNotYetHeld,
)
from services.quality.training.rules import cycle
from services.quality.training.schemas import (
    CertificateCheck,
    MandatoryTopic,
    TrainingAttendance,
    TrainingCoverage,
    TrainingCoverageQuery,
    TrainingEnrolment,
    TrainingHoursPage,
    TrainingHoursQuery,
    TrainingNew,
    TrainingOut,
    TrainingPage,
    TrainingPlaceOut,
    TrainingQuery,
    TrainingRating,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.schemas import In

router = APIRouter(tags=["training"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRAINING])]
Provider = Annotated[Actor, Security(authorize, scopes=[May.OFFER_TRAINING])]
Enroller = Annotated[Actor, Security(authorize, scopes=[May.ENROL_TRAINING])]
Anyone = Annotated[Actor, Security(authorize, scopes=[May.CHECK_CERTIFICATES])]


class NoTopic(In):
    """A query without parameters: an unknown one is refused."""


@router.get(
    "/trainings",
    operation_id="list_trainings",
    response_model=TrainingPage,
    responses=exports.responses(TrainingPage),
)
async def list_trainings(
    query: Annotated[TrainingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List trainings: the district's for everybody, a kindergarten's own for itself."""
    return await exports.answer(request, reader, queries.TRAININGS, query)


@router.post(
    "/trainings",
    operation_id="offer_training",
    status_code=status.HTTP_201_CREATED,
    response_model=TrainingOut,
    responses=problems(NotFound),
)
async def offer_training(new: TrainingNew, caller: Provider, session: Write) -> Response:
    """Offer a training of city, district or kindergarten."""
    made = await actions.offer_training(session, caller, new)
    body = await written(session, queries.TRAINING, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


async def _shown(session: AsyncSession, id: UUID, staff: UUID) -> Response:
    return Response(await written(session, queries.PLACE, training=id, staff=staff), media_type="application/json")


@router.put(
    "/trainings/{id}/places/{staff}",
    operation_id="enrol_in_training",
    response_model=TrainingPlaceOut,
    responses=problems(NotFound, PostNotAddressed, StageNotAddressed, constraints=("training_is_full",)),
)
async def enrol_in_training(id: UUID, staff: UUID, put: TrainingEnrolment, _: Enroller, session: Write) -> Response:
    """Enrol a member of staff; there are only as many places as there are."""
    await actions.enrol(session, id, staff, put)
    return await _shown(session, id, staff)


@router.put(
    "/trainings/{id}/places/{staff}/attendance",
    operation_id="record_training_attendance",
    response_model=TrainingPlaceOut,
    responses=problems(NotFound, TrainingNotYetHeld),
)
async def record_training_attendance(
    id: UUID, staff: UUID, put: TrainingAttendance, _: Provider, session: Write
) -> Response:
    """Record who was there: hours are credited and a certificate is made."""
    await actions.record_attendance(session, id, staff, attended=put.attended)
    return await _shown(session, id, staff)


@router.put(
    "/trainings/{id}/places/{staff}/rating",
    operation_id="rate_training",
    response_model=TrainingPlaceOut,
    responses=problems(NotFound, NotAttended),
)
async def rate_training(id: UUID, staff: UUID, put: TrainingRating, _: Enroller, session: Write) -> Response:
    """Rate the training, once one was there."""
    await actions.rate_training(session, id, staff, put.rating)
    return await _shown(session, id, staff)


@router.get(
    "/training-hours",
    operation_id="list_training_hours",
    response_model=TrainingHoursPage,
    responses=exports.responses(TrainingHoursPage),
)
async def list_training_hours(
    query: Annotated[TrainingHoursQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Hours of the staff in the cycle of five years, by topic, against the pace (QUA-07)."""
    day = query.as_of or today()
    years, start = number(PARAMETERS, "training_years", day), number(PARAMETERS, "training_cycle_start", day)
    begin, end = cycle(day, start, years)
    hours = number(PARAMETERS, "training_hours", day)
    return await exports.answer(request, reader, queries.HOURS, query, begin=begin, end=end, as_of=day, hours=hours)


@router.get("/training-coverage", operation_id="list_training_coverage", response_model=list[TrainingCoverage])
async def list_training_coverage(_: Reader, query: Annotated[TrainingCoverageQuery, Query()], reader: Read) -> Response:
    """全员培训覆盖 by post: teachers, carers, health, kitchen, guards: who was at a training this year."""
    year = query.year or today().year
    days = {"first": date(year, 1, 1), "last": date(year, 12, 31), "as_of": today()}
    found = await reader.row(queries.COVERAGE, kindergarten=query.kindergarten, **days)
    return Response(found[0] if found else "[]", media_type="application/json")


@router.get("/training-topics", operation_id="list_mandatory_topics")
async def list_mandatory_topics(_: Reader, __: Annotated[NoTopic, Query()]) -> list[MandatoryTopic]:
    """Topics everyone on the staff is trained in, with the hours of the cycle."""
    return [MandatoryTopic.model_validate(row) for row in data.rows("training_topics")]


@router.get("/training-certificates/{certificate}", operation_id="check_training_certificate")
async def check_training_certificate(
    certificate: Annotated[str, Path(max_length=40)], _: Anyone, session: Write
) -> CertificateCheck:
    """Whether a certificate is ours and what it is for; it does not say whose it is."""
    return await actions.check_certificate(session, certificate)
