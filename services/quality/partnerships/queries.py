from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Select, Text, bindparam, case, func, literal_column, or_, select

from services.quality.evaluations.models import Evaluation
from services.quality.kindergartens.models import Kindergarten
from services.quality.partnerships.models import Partnership, PartnershipActivity, StaffExchange
from services.quality.partnerships.schemas import (
    EffectPoint,
    PartnershipActivityOut,
    PartnershipOut,
    PartnershipRow,
    StaffExchangeOut,
)
from services.quality.steps.queries import steps_of
from shared.documents import columns, one
from shared.listing import Listing

STATEMENT: Final = "仅为帮扶前后公布结果的对照,不说明因果。"
_row, _place = Partnership.__table__, Kindergarten.__table__
_done, _away, _graded = PartnershipActivity.__table__, StaffExchange.__table__, Evaluation.__table__.c
_today, _on = bindparam("today", type_=Date), bindparam("as_of", type_=Date)
_overdue = (_row.c.state == "agreed") & (_row.c.until > _today) & (_row.c.review_due_on < _today)


def _number(table: Any) -> Any:
    return select(func.count()).where(table.c.partnership == _row.c.id).correlate(_row).scalar_subquery()


_special: dict[str, Any] = {
    # The helped kindergarten's name is its helper's to know, whose scope does not reach the kindergarten itself.
    "kindergarten_name": func.coalesce(_place.c.name, ""),
    "overdue": _overdue,
    "activities": _number(_done),
    "exchanges": _number(_away),
}
_from = _row.outerjoin(_place, _place.c.id == _row.c.kindergarten)
_day = bindparam("in_force_on", type_=Date)
PARTNERSHIPS = Listing(
    "partnerships",
    select(*columns(_row, PartnershipRow, **_special)).select_from(_from),
    _row.c.id,
    {"since": _row.c.since},
    {
        **{n: _row.c[n] == bindparam(n) for n in ("kindergarten", "partner", "kind", "partner_kind")},
        "in_force_on": (_row.c.since <= _day)
        & (_row.c.until > _day)
        & or_(_row.c.ended_on.is_(None), _row.c.ended_on > _day),
        "overdue": _overdue == bindparam("overdue"),
    },
)
PARTNERSHIP = one(
    select(*columns(_row, PartnershipOut, **_special, steps=steps_of(_row)))
    .select_from(_from)
    .where(_row.c.id == bindparam("id"))
)


def _evaluated(*conditions: ColumnElement[bool]) -> Select[Any]:
    shown = {
        "evaluation": _graded.id,
        "framework": _graded.framework_code,
        "edition": _graded.framework_edition,
        "points": _graded.points.cast(Text),
    }
    return (
        select(*((shown[n] if n in shown else _graded[n]).label(n) for n in EffectPoint.model_fields))
        .where(_graded.kindergarten == _row.c.kindergarten, _graded.published_on <= _on, *conditions)
        .order_by(_graded.published_on.desc(), _graded.id.desc())
        .limit(1)
        .correlate(_row)
    )


_before = _evaluated(_graded.published_on < _row.c.since).lateral("before")
_after = _evaluated(_graded.published_on >= _row.c.since).lateral("after")
_comparable = func.coalesce(
    (_before.c.framework == _after.c.framework) & (_before.c.edition == _after.c.edition), literal_column("false")
)


def _shown(point: Any) -> ColumnElement[Any]:
    return case((point.c.evaluation.is_not(None), func.row_to_json(literal_column(point.name))))


def _decimal(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column.cast(_graded.points.type)


EFFECT = one(
    select(
        _row.c.id.label("partnership"),
        _row.c.kindergarten,
        _row.c.since,
        _on.label("as_of"),
        _shown(_before).label("before"),
        _shown(_after).label("after"),
        _comparable.label("comparable"),
        case((_comparable, (_decimal(_after.c.points) - _decimal(_before.c.points)).cast(Text))).label("difference"),
        literal_column(f"'{STATEMENT}'").label("statement_zh"),
    )
    .select_from(_row.outerjoin(_before, literal_column("true")).outerjoin(_after, literal_column("true")))
    .where(_row.c.id == bindparam("id"))
)
_activity = select(*columns(_done, PartnershipActivityOut, on=_done.c.on_day))
ACTIVITIES = Listing(
    "partnership-activities",
    _activity,
    _done.c.id,
    {"on": _done.c.on_day},
    {n: _done.c[n] == bindparam(n) for n in ("partnership", "kindergarten", "form")},
)
ACTIVITY = one(_activity.where(_done.c.id == bindparam("id")))
_exchange = select(*columns(_away, StaffExchangeOut))
_then = bindparam("away_on", type_=Date)
EXCHANGES = Listing(
    "staff-exchanges",
    _exchange,
    _away.c.id,
    {"since": _away.c.since},
    {
        **{n: _away.c[n] == bindparam(n) for n in ("partnership", "kindergarten", "person")},
        "away_on": (_away.c.since <= _then) & (_away.c.until > _then),
    },
)
EXCHANGE = one(_exchange.where(_away.c.id == bindparam("id")))
