from datetime import date

from sqlalchemy import Date, Text, bindparam, cast, column, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.parameters.codes import ParameterName, ParameterState
from services.finance.parameters.models import Parameter
from services.finance.parameters.rules import Dated, spellings
from services.finance.parameters.schemas import ParameterOut
from shared.documents import many, one
from shared.listing import Listing
from shared.tables import FOREVER

_row = Parameter.__table__.c
_shown = {"value": cast(_row.value, Text).label("value"), "until": func.nullif(_row.until, FOREVER).label("until")}
_columns = select(*(_shown.get(name, _row[name]) for name in ParameterOut.model_fields))
_day = bindparam("as_of", type_=Date)
PARAMETERS = Listing(
    "parameters",
    _columns,
    _row.id,
    {"key": _row.key, "since": _row.since},
    {
        "name": _row.name == bindparam("name"),
        "key": _row.key.bool_op("^@")(bindparam("key")),
        "scenario": _row.scenario == bindparam("scenario"),
        "state": _row.state == bindparam("state"),
        "as_of": (_row.since <= _day) & (_row.until > _day),
    },
)
IN_FORCE = many(
    _columns.where(_row.state == ParameterState.APPROVED.value, _row.since <= _day, _row.until > _day).order_by(
        _row.name, _row.key
    )
)
PARAMETER = one(_columns.where(_row.id == bindparam("id")), column("version"))


async def number_on(session: AsyncSession, name: ParameterName, key: str, on: date) -> Dated | None:
    """The approved number in force that day, the most exact key first."""
    asked = spellings(key)
    found = await session.execute(
        select(_row.name, _row.key, _row.value, _row.since, _row.until, _row.document)
        .where(_row.name == name.value, _row.state == ParameterState.APPROVED.value, _row.key.in_(asked))
        .where(_row.since <= on, _row.until > on)
        .order_by(func.array_position(asked, _row.key), _row.since.desc())
        .limit(1)
    )
    row = found.one_or_none()
    return Dated(*row) if row else None


async def numbers_on(session: AsyncSession, on: date) -> list[Dated]:
    """Every approved number in force that day."""
    found = await session.execute(
        select(_row.name, _row.key, _row.value, _row.since, _row.until, _row.document)
        .where(_row.state == ParameterState.APPROVED.value)
        .where(_row.since <= on, _row.until > on)
    )
    return [Dated(*row) for row in found]
