from sqlalchemy import ColumnElement, Date, Text, and_, bindparam, case, func, literal_column, or_, select

from services.registry.kindergartens.models import Kindergarten
from services.registry.licences.models import LicenceAct, LicenceApplication
from services.registry.licences.rules import BESIDE
from services.registry.licences.schemas import (
    LicenceActOut,
    LicenceApplicationOut,
    LicenceApplicationRow,
    LicenceChanges,
    LicenceRow,
)
from services.registry.steps.queries import steps_of
from shared.documents import listed, one
from shared.listing import Listing

_k, _act = Kindergarten.__table__.c, LicenceAct.__table__.c
_day, _soon = bindparam("as_of", type_=Date), bindparam("soon", type_=Date)


def _word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", Text)


LAST_ACT = (
    select(_act.kind)
    .where(_act.kindergarten == _k.id, _act.since <= _day, _act.kind.not_in([_word(each.value) for each in BESIDE]))
    .order_by(_act.since.desc(), _act.id.desc())
    .limit(1)
    .correlate(Kindergarten.__table__)
    .scalar_subquery()
)


# As `rules.standing` says it.
_standing = case(
    (func.coalesce(LAST_ACT, "").in_([_word("suspended"), _word("revoked"), _word("ended")]), LAST_ACT),
    (or_(_k.licence_number.is_(None), _k.licence_expires_on.is_(None)), _word("missing")),
    (_k.licence_expires_on < _day, _word("expired")),
    (_k.licence_expires_on <= _soon, _word("expiring")),
    else_=_word("valid"),
)
_licence = {
    "kindergarten": _k.id,
    "kindergarten_name": _k.name,
    "division": _k.division,
    "number": _k.licence_number,
    "issued_on": _k.licence_issued_on,
    "expires_on": _k.licence_expires_on,
    "days_left": _k.licence_expires_on - _day,
    "standing": _standing,
    "rule": case((_standing.in_([_word("expired"), _word("expiring")]), _word("REG-14"))),
    "severity": case((_standing == _word("expired"), _word("red")), (_standing == _word("expiring"), _word("warn"))),
    "synthetic": _k.synthetic,
}
_licences = [_licence[name].label(name) for name in LicenceRow.model_fields]
_last = func.coalesce(_k.licence_expires_on, literal_column("'0001-01-01'::date", Date))
LICENCES = Listing(
    "licences",
    select(*_licences).select_from(Kindergarten.__table__),
    _k.id,
    {"expires_on": _last, "name": _k.pinyin},
    {
        "division": _k.division.bool_op("^@")(bindparam("division")),
        "standing": _standing == bindparam("standing"),
        "expires_before": _k.licence_expires_on < bindparam("expires_before", type_=Date),
        "synthetic": _k.synthetic == bindparam("synthetic"),
    },
)
_acts = (
    select(*(_act[name] for name in LicenceActOut.model_fields))
    .where(_act.kindergarten == _k.id)
    .order_by(_act.since.desc(), _act.id.desc())
    .correlate(Kindergarten.__table__)
)
LICENCE = one(select(*_licences, listed(_acts).label("acts")).select_from(Kindergarten).where(_k.id == bindparam("id")))

_row = LicenceApplication.__table__.c
_undecided = or_(*(_row.state == _word(each) for each in ("accepted", "examined")))
_overdue = func.coalesce(and_(_undecided, _row.due_on < _day), literal_column("false"))
_special = {"kindergarten_name": _k.name, "overdue": _overdue}
_columns = [
    (_special[name] if name in _special else _row[name]).label(name) for name in LicenceApplicationRow.model_fields
]
_from = LicenceApplication.__table__.join(Kindergarten.__table__, _k.id == _row.kindergarten)
APPLICATIONS = Listing(
    "licence-applications",
    select(*_columns).select_from(_from),
    _row.id,
    {"applied_on": _row.applied_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "overdue": _overdue == bindparam("overdue"),
        "due_before": _row.due_on < bindparam("due_before", type_=Date),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)
_changes = func.jsonb_build_object(*(each for name in LicenceChanges.model_fields for each in (name, None))).op("||")(
    _row.changes
)
_detail = {"steps": steps_of(LicenceApplication.__table__), "changes": _changes}
APPLICATION = one(
    select(
        *_columns,
        *(
            (_detail[name] if name in _detail else _row[name]).label(name)
            for name in LicenceApplicationOut.model_fields
            if name not in LicenceApplicationRow.model_fields and name != "actions"
        ),
    )
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)
