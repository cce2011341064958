from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import Date, Text, bindparam, case, func, select

from services.quality.class_copies.models import ClassCopy
from services.quality.permissions import May
from services.quality.timetables import actions
from services.quality.timetables.actions import StretchesOverlap
from services.quality.timetables.codes import Season
from services.quality.timetables.models import Timetable
from services.quality.timetables.schemas import (
    TimetableCoveragePage,
    TimetableCoverageQuery,
    TimetableCoverageRow,
    TimetableOut,
    TimetablePage,
    TimetablePut,
    TimetableQuery,
    TimetableRow,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/timetables", tags=["daily life"], route_class=Route)
coverage = APIRouter(prefix="/timetable-coverage", tags=["daily life"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DAILY_LIFE])]
Principal = Annotated[Actor, Security(authorize, scopes=[May.FILE_DAILY_LIFE])]
_row = Timetable.__table__.c
TIMETABLES = Listing(
    "timetables",
    select(*(_row[n] for n in TimetableRow.model_fields)),
    func.concat(_row.class_id, _row.season).cast(Text),
    {"class_name": _row.class_name},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "season": _row.season == bindparam("season"),
        "sound": (func.cardinality(_row.findings) == 0) == bindparam("sound"),
    },
)
_group, _on = ClassCopy.__table__, bindparam("as_of", type_=Date)
_filed = _row.class_id.is_not(None)
COVERAGE = Listing(
    "timetable-coverage",
    select(
        *columns(
            _group,
            TimetableCoverageRow,
            class_id=_group.c.id,
            class_name=_group.c.name,
            class_kind=_group.c.kind,
            filed=_filed,
            sound=case((_filed, func.cardinality(_row.findings) == 0)),
        )
    )
    .select_from(
        _group.outerjoin(
            Timetable.__table__,
            (_row.class_id == _group.c.id) & (_row.season == bindparam("season", type_=Text)),
        )
    )
    .where(_group.c.since <= _on, _group.c.until > _on),
    _group.c.id,
    {"class_name": _group.c.name},
    {"kindergarten": _group.c.kindergarten == bindparam("kindergarten"), "filed": _filed == bindparam("filed")},
)
TIMETABLE = one(
    select(*(_row[n] for n in TimetableOut.model_fields)).where(
        _row.class_id == bindparam("class_id"), _row.season == bindparam("season")
    )
)


@router.get(
    "", operation_id="list_timetables", response_model=TimetablePage, responses=exports.responses(TimetablePage)
)
async def list_timetables(
    query: Annotated[TimetableQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the days of classes; `sound=false` leaves those that fall short (QUA-08)."""
    return await exports.answer(request, reader, TIMETABLES, query)


@coverage.get(
    "",
    operation_id="list_timetable_coverage",
    response_model=TimetableCoveragePage,
    responses=exports.responses(TimetableCoveragePage),
)
async def list_timetable_coverage(
    query: Annotated[TimetableCoverageQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Class by class, whether the day of a season is filed; `filed=false` is the work list."""
    day = query.as_of or today()
    return await exports.answer(request, reader, COVERAGE, query, as_of=day, season=query.season.value)


@router.get(
    "/{class_id}/{season}", operation_id="get_timetable", response_model=TimetableOut, responses=problems(NotFound)
)
async def get_timetable(class_id: UUID, season: Season, _: Reader, reader: Read) -> Response:
    """The day of one class in a season."""
    (body,) = await reader.one(TIMETABLE, "timetable", class_id=class_id, season=season.value)
    return Response(body, media_type="application/json")


@router.put(
    "/{class_id}/{season}",
    operation_id="file_timetable",
    response_model=TimetableOut,
    responses=problems(NotFound, StretchesOverlap),
)
async def file_timetable(
    class_id: UUID, season: Season, put: TimetablePut, caller: Principal, session: Write
) -> Response:
    """File the day of a class 作息备案; what falls short is kept with it and shown."""
    await actions.file_timetable(session, caller, class_id, season, put)
    body = await written(session, TIMETABLE, class_id=class_id, season=season.value)
    return Response(body, media_type="application/json")
