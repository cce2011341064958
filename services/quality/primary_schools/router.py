from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security
from sqlalchemy import Date, bindparam, func, or_, select

from services.quality.permissions import May
from services.quality.primary_schools import actions
from services.quality.primary_schools.models import PrimarySchool
from services.quality.primary_schools.schemas import (
    SCHOOL,
    PrimarySchoolOut,
    PrimarySchoolPage,
    PrimarySchoolPut,
    PrimarySchoolQuery,
)
from services.quality.transition_pairs.models import TransitionPair
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/primary-schools", tags=["transition to school"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRANSITION])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_TRANSITION])]
School = Annotated[str, Path(pattern=SCHOOL)]
_row, _pair, _on = PrimarySchool.__table__.c, TransitionPair.__table__.c, bindparam("as_of", type_=Date)
_paired = (
    select(func.count(func.distinct(_pair.kindergarten)))
    .where(_pair.school == _row.code, _pair.since <= _on, or_(_pair.until.is_(None), _pair.until > _on))
    .correlate(PrimarySchool.__table__)
    .scalar_subquery()
)
_columns = [(_paired if n == "kindergartens" else _row[n]).label(n) for n in PrimarySchoolOut.model_fields]
SCHOOLS = Listing(
    "primary-schools",
    select(*_columns),
    _row.code,
    {"name": _row.pinyin},
    {
        "division": _row.division.op("^@")(bindparam("division")),
        "paired": (_paired > 0) == bindparam("paired"),
        "zero_start": _row.zero_start == bindparam("zero_start"),
    },
)
ONE = one(select(*_columns).where(_row.code == bindparam("code")))


@router.get(
    "",
    operation_id="list_primary_schools",
    response_model=PrimarySchoolPage,
    responses=exports.responses(PrimarySchoolPage),
)
async def list_primary_schools(
    query: Annotated[PrimarySchoolQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List primary schools; `paired=false` leaves those no kindergarten works with."""
    return await exports.answer(request, reader, SCHOOLS, query, as_of=today())


@router.get("/{code}", operation_id="get_primary_school", response_model=PrimarySchoolOut, responses=problems(NotFound))
async def get_primary_school(code: School, _: Reader, reader: Read) -> Response:
    """One primary school."""
    (body,) = await reader.one(ONE, "primary school", code=code, as_of=today())
    return Response(body, media_type="application/json")


@router.put("/{code}", operation_id="put_primary_school", response_model=PrimarySchoolOut, responses=problems(NotFound))
async def put_primary_school(code: School, put: PrimarySchoolPut, caller: Officer, session: Write) -> Response:
    """Register a primary school by its national code, or correct its record."""
    await actions.put_school(session, caller, code, put)
    return Response(await written(session, ONE, code=code, as_of=today()), media_type="application/json")
