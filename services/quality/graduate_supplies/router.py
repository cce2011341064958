from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response, Security
from sqlalchemy import Numeric, Text, bindparam, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.graduate_supplies.models import GraduateSupply
from services.quality.graduate_supplies.schemas import (
    GraduateSupplyOut,
    GraduateSupplyPage,
    GraduateSupplyPut,
    GraduateSupplyQuery,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.ids import new_id
from shared.listing import Listing

router = APIRouter(prefix="/graduate-supplies", tags=["talents"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRAINING])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_TALENTS])]
_row = GraduateSupply.__table__.c
_percent = func.round(cast(100 * _row.placed, Numeric) / func.nullif(_row.graduates, 0), 2).cast(Text)
_special: dict[str, Any] = {"placed_percent": _percent}
_columns = [(_special[n] if n in _special else _row[n]).label(n) for n in GraduateSupplyOut.model_fields]
SUPPLIES = Listing(
    "graduate-supplies",
    select(*_columns),
    _row.id,
    {"year": _row.year},
    {
        "school": _row.school == bindparam("school"),
        "major": _row.major == bindparam("major"),
        "year": _row.year == bindparam("year"),
        "nursery": _row.nursery == bindparam("nursery"),
    },
)
_named = (_row.school == bindparam("school"), _row.major == bindparam("major"), _row.year == bindparam("year"))
SUPPLY = one(select(*_columns).where(*_named))
Words = Annotated[str, Path(min_length=1, max_length=100)]


@router.get(
    "",
    operation_id="list_graduate_supplies",
    response_model=GraduateSupplyPage,
    responses=exports.responses(GraduateSupplyPage),
)
async def list_graduate_supplies(
    query: Annotated[GraduateSupplyQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """人才供给 year by year: schools such as 京北职业技术学院, majors, intake, graduates, placed in the district."""
    return await exports.answer(request, reader, SUPPLIES, query)


@router.put(
    "/{school}/{major}/{year}",
    operation_id="put_graduate_supply",
    response_model=GraduateSupplyOut,
    responses=problems(NotFound, constraints=("placed_are_graduates",)),
)
async def put_graduate_supply(
    school: Words,
    major: Words,
    year: Annotated[int, Path(ge=2000, le=2100)],
    put: GraduateSupplyPut,
    caller: Keeper,
    session: Write,
) -> Response:
    """Enter the figures of a school, major and year, or put them right."""
    await _enter(session, caller, {"school": school, "major": major, "year": year}, put)
    body = await written(session, SUPPLY, school=school, major=major, year=year)
    return Response(body, media_type="application/json")


async def _enter(session: AsyncSession, actor: Actor, key: dict[str, Any], put: GraduateSupplyPut) -> None:
    if not actor.divisions:
        raise NotFound(what="division")
    found = await session.scalar(select(GraduateSupply).filter_by(**key).with_for_update())
    if found is None:
        found = GraduateSupply(id=new_id(), division=min(actor.divisions, key=len), **key)
        session.add(found)
    for name, value in put.model_dump().items():
        setattr(found, name, value)
    found.recorded_by = actor.id
    await session.flush()
