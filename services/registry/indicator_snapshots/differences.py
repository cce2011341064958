"""Which rows make a frozen figure differ from the same figure now, and why, as far as was recorded since."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.indicator_snapshots.codes import Change, Reason
from services.registry.indicator_snapshots.models import IndicatorSnapshotInput
from services.registry.indicator_snapshots.queries import counted
from services.registry.indicators.codes import Part
from services.registry.indicators.counting import one_by_one, rows
from services.registry.indicators.definitions import Formula, Side
from services.registry.kindergartens.models import Kindergarten
from shared.db import Query
from shared.platform.tables import RowHistory

SHOWN = 500
_n = IndicatorSnapshotInput.__table__.c
_e, _c, _k = Enrolment.__table__.c, Class.__table__.c, Kindergarten.__table__.alias("k").c
_frozen_at = bindparam("frozen_at", type_=DateTime(timezone=True))
_CHILDREN = ("children_enrolled", "children_entered")
_CLASSES = ("classes", "seats")


def _changed_since(table: str, **row: Any) -> ColumnElement[bool]:
    """Whether a row of that table was changed or withdrawn since the freeze."""
    same = [getattr(RowHistory, name) == value for name, value in row.items()]
    return exists().where(RowHistory.table_name == table, RowHistory.recorded_until > _frozen_at, *same)


def _types_changed(kindergarten: ColumnElement[Any]) -> tuple[ColumnElement[bool], str]:
    return _changed_since("kindergarten_types", kindergarten=kindergarten), Reason.TYPE_CHANGED.value


def _children(id: ColumnElement[Any]) -> tuple[FromClause, Any, Any, list[tuple[Any, str]]]:
    return (
        Enrolment.__table__,
        _e.id == cast(id, Uuid),
        _e.kindergarten,
        [
            (_e.created_at > _frozen_at, Reason.RECORDED_LATER.value),
            (_e.id.is_(None), Reason.REMOVED.value),
            (_changed_since("enrolments", row_id=id), Reason.CORRECTED.value),
            _types_changed(_e.kindergarten),
            (_changed_since("classes", row_id=cast(_e.class_id, Text)), Reason.CLASS_CHANGED.value),
            (_changed_since("children", row_id=cast(_e.child, Text)), Reason.BIRTH_CORRECTED.value),
        ],
    )


def _classes(id: ColumnElement[Any]) -> tuple[FromClause, Any, Any, list[tuple[Any, str]]]:
    return (
        Class.__table__,
        _c.id == cast(id, Uuid),
        _c.kindergarten,
        [
            (_c.created_at > _frozen_at, Reason.RECORDED_LATER.value),
            (_c.id.is_(None), Reason.REMOVED.value),
            (_changed_since("classes", row_id=id), Reason.CORRECTED.value),
            _types_changed(_c.kindergarten),
        ],
    )


def _kindergartens(id: ColumnElement[Any]) -> tuple[FromClause, Any, Any, list[tuple[Any, str]]]:
    own = Kindergarten.__table__.alias("own").c
    statuses = _changed_since("kindergarten_statuses", kindergarten=own.id)
    return (
        own.id.table,
        own.id == cast(id, Uuid),
        own.id,
        [
            (own.created_at > _frozen_at, Reason.RECORDED_LATER.value),
            (own.id.is_(None), Reason.REMOVED.value),
            (or_(statuses, _changed_since("kindergartens", row_id=id)), Reason.CORRECTED.value),
            _types_changed(own.id),
        ],
    )


def _live(side: Side, part: str, *, zone: bool, kindergarten: bool) -> Any:
    row = rows(side, one_by_one(side, zone=zone, kindergarten=kindergarten)).subquery(f"live_{part}").c
    return select(literal(part).label("part"), row.id, row.amount)


def _explained(changed: Any, sides: dict[str, Side]) -> Any:
    """Each changed row with its kindergarten and reason, by what kind of thing its side counts."""
    found = []
    for part, side in sides.items():
        own = [changed.c.part == part]
        known: Any = [changed.c.part, changed.c.id, changed.c.frozen_amount, changed.c.live_amount]
        if side.count == "population":
            said = [cast(null(), Uuid).label("kindergarten"), literal(Reason.RECOUNTED.value).label("reason")]
            found.append(select(*known, *said).where(*own))
            continue
        looked = _children if side.count in _CHILDREN else _classes if side.count in _CLASSES else _kindergartens
        table, same, kindergarten, reasons = looked(changed.c.id)
        reason = case(*reasons, else_=Reason.OTHER.value)
        said = [kindergarten.label("kindergarten"), reason.label("reason")]
        found.append(select(*known, *said).select_from(changed.outerjoin(table, same)).where(*own))
    return union_all(*found)


@lru_cache(maxsize=512)
def difference(formula: Formula, *, zone: bool, kindergarten: bool) -> Query:
    """The figure now and the rows that differ from the frozen ones (bind parameters `id` and `frozen_at` of it).

    Columns: numerator, denominator, inputs_digest, how many rows changed on either side, and the first of them as JSON.
    """
    sides = dict(zip((part.value for part in Part), formula.sides, strict=False))
    live = union_all(
        *(_live(side, part, zone=zone, kindergarten=kindergarten) for part, side in sides.items())
    ).subquery("live")
    each = func.jsonb_each_text(_n.rows).table_valued("key", "value").lateral("each")
    kept = (
        select(_n.part, each.c.key.label("id"), cast(each.c.value, Integer).label("amount"))
        .select_from(IndicatorSnapshotInput)
        .join(each, literal_column("true"))
        .where(_n.snapshot == bindparam("id", type_=Uuid))
        .subquery("kept")
    )
    joined = live.outerjoin(kept, and_(kept.c.part == live.c.part, kept.c.id == live.c.id), full=True)
    changed = (
        select(
            func.coalesce(live.c.part, kept.c.part).label("part"),
            func.coalesce(live.c.id, kept.c.id, type_=Text).label("id"),
            kept.c.amount.label("frozen_amount"),
            live.c.amount.label("live_amount"),
        )
        .select_from(joined)
        .where(live.c.amount.is_distinct_from(kept.c.amount))
        .cte("changed")
    )
    explained = _explained(changed, sides).subquery("explained")
    x = explained.c
    change = case(
        (x.frozen_amount.is_(None), Change.ENTERED.value),
        (x.live_amount.is_(None), Change.LEFT.value),
        else_=Change.RECOUNTED.value,
    )
    item = (
        select(
            x.part,
            change.label("change"),
            x.reason,
            x.id,
            x.kindergarten,
            _k.name.label("kindergarten_name"),
            x.frozen_amount,
            x.live_amount,
        )
        .select_from(explained.outerjoin(_k.id.table, _k.id == x.kindergarten))
        .order_by(x.part.desc(), x.id)
        .limit(SHOWN)
        .subquery("item")
    )
    listed = func.coalesce(func.json_agg(literal_column("item")).cast(Text), literal_column("'[]'"))
    now = counted(formula, zone=zone, kindergarten=kindergarten).subquery("now").c
    return Query(
        select(
            now.numerator,
            now.denominator,
            now.inputs_digest,
            *(
                select(func.count()).select_from(changed).where(changed.c.part == part.value).scalar_subquery()
                for part in Part
            ),
            select(listed).select_from(item).scalar_subquery(),
        )
    )
