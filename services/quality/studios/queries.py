from typing import Any

from sqlalchemy import Date, bindparam, func, select

from services.quality.steps.queries import steps_of
from services.quality.studios.models import Studio, StudioMember, StudioResult
from services.quality.studios.schemas import StudioMemberOut, StudioOut, StudioResultOut, StudioRow
from shared.documents import listed, one
from shared.listing import Listing

_table = Studio.__table__
_row, _member, _result = _table.c, StudioMember.__table__.c, StudioResult.__table__.c
_members = select(func.count()).where(_member.studio == _row.id).correlate(_table).scalar_subquery()
_review_due = (_row.state == "running") & (_row.until <= bindparam("as_of", type_=Date))
_special: dict[str, Any] = {"members": _members, "review_due": _review_due}
_columns = [(_special[n] if n in _special else _row[n]).label(n) for n in StudioRow.model_fields]
STUDIOS = Listing(
    "studios",
    select(*_columns),
    _row.id,
    {"since": _row.since},
    {
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "review_due": _review_due == bindparam("review_due"),
    },
)
_people = select(*(_member[n] for n in StudioMemberOut.model_fields)).where(_member.studio == _row.id)
_results = select(*((_result.on_day if n == "on" else _result[n]).label(n) for n in StudioResultOut.model_fields))
_left = ("people", "results", "steps", "actions")
STUDIO = one(
    select(
        *_columns,
        *(_row[n].label(n) for n in StudioOut.model_fields if n not in (*StudioRow.model_fields, *_left)),
        listed(_people.order_by(_member.staff).correlate(_table)).label("people"),
        listed(_results.where(_result.studio == _row.id).order_by(_result.id).correlate(_table)).label("results"),
        steps_of(_table).label("steps"),
    ).where(_row.id == bindparam("id"))
)
