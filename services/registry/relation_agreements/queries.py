from typing import Any

from sqlalchemy import ColumnElement, Date, Text, and_, bindparam, case, func, literal_column, or_, select

from services.registry.kindergartens.models import Kindergarten, KindergartenType
from services.registry.relation_agreements.models import RelationAgreement
from services.registry.relation_agreements.schemas import RelationAgreementOut, RelationAgreementRow
from services.registry.steps.queries import steps_of
from shared.documents import columns, one
from shared.listing import Listing

_row, _k, _t = RelationAgreement.__table__.c, Kindergarten.__table__.c, KindergartenType.__table__.c
_day, _soon = bindparam("as_of", type_=Date), bindparam("soon", type_=Date)


def _word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", Text)


_ends = func.coalesce(_row.ended_on, _row.until)
_held = or_(_row.state == _word("approved"), _row.state == _word("ended"))
_in_force = and_(_held, _row.since <= _day, _ends > _day)
_warning = case(
    (and_(_row.state == _word("approved"), _row.until <= _day), _word("lapsed")),
    (and_(_row.state == _word("approved"), _row.until <= _soon), _word("expiring")),
)
_special: dict[str, Any] = {
    "kindergarten_name": _k.name,
    "fee_amount": _row.fee_amount.cast(Text),
    "fee_percent": _row.fee_percent.cast(Text),
    "in_force": _in_force,
    "warning": _warning,
}
_from = RelationAgreement.__table__.join(Kindergarten.__table__, _k.id == _row.kindergarten)
AGREEMENTS = Listing(
    "relation-agreements",
    select(*columns(RelationAgreement.__table__, RelationAgreementRow, **_special)).select_from(_from),
    _row.id,
    {"until": _row.until},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "group_id": _row.group_id == bindparam("group_id"),
        "partner": _row.partner == bindparam("partner"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "in_force": _in_force == bindparam("in_force"),
        "warning": _warning == bindparam("warning"),
        "foreign_element": _row.foreign_element == bindparam("foreign_element"),
        "expires_before": _row.until < bindparam("expires_before", type_=Date),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)
_type = select(_t.type).where(_t.kindergarten == _row.kindergarten, _t.since <= _day, _t.until > _day).scalar_subquery()
# With what the check of its terms looks at.
AGREEMENT = one(
    select(
        *(
            each
            for each in columns(
                RelationAgreement.__table__,
                RelationAgreementOut,
                **_special,
                steps=steps_of(RelationAgreement.__table__),
                clauses=literal_column("NULL::json"),
            )
        ),
        _type.label("type"),
        _k.for_profit,
    )
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)
