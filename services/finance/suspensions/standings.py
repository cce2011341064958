"""Who would be paid nothing from this day on, before any run says so: the annual inspection in force on a day."""

from sqlalchemy import ARRAY, Date, Text, bindparam, func, literal_column, or_, select, true

from services.finance.kindergartens.models import Kindergarten
from services.finance.parameters.models import Parameter
from services.finance.programmes.models import Programme
from services.finance.standings.models import Inspection
from services.finance.suspensions.schemas import SubsidyStanding
from shared.listing import Listing

_place, _inspection = Kindergarten.__table__.c, Inspection.__table__.c
_number, _programme = Parameter.__table__.c, Programme.__table__.c
_as_of = bindparam("as_of", type_=Date)
_told = (
    select(*(_inspection[name] for name in ("year", "revision", "result", "vetoed", "reasons", "document", "told_at")))
    .add_columns(_inspection.effective_from.label("since"))
    .where(_inspection.kindergarten == _place.id, _inspection.effective_from <= _as_of)
    .order_by(_inspection.year.desc(), _inspection.revision.desc())
    .limit(1)
    .correlate(Kindergarten.__table__)
    .lateral("told")
)
_asks = (
    select(_number.value)
    .where(
        _number.name == "eligibility",
        _number.key == _programme.code.concat(literal_column("'/inspection'", Text)),
        _number.state == "approved",
        _number.since <= _as_of,
        _number.until > _as_of,
    )
    .order_by(_number.since.desc())
    .limit(1)
    .correlate(Programme.__table__)
    .scalar_subquery()
)
_programmes = (
    select(func.array_agg(_programme.code))
    .where(
        _programme.state == "approved",
        _programme.since <= _as_of,
        _programme.until > _as_of,
        func.array_position(_programme.types, _place.type).is_not(None),
        _asks == 1,
    )
    .correlate(Kindergarten.__table__)
    .scalar_subquery()
)
_failed = func.coalesce(or_(_told.c.vetoed, _told.c.result == "failed"), literal_column("false"))
_empty = literal_column("'{}'::text[]", ARRAY(Text))
_stopped = func.coalesce(_programmes, _empty)
_columns = {
    "kindergarten": _place.id,
    "kindergarten_name": _place.name,
    "division": _place.division,
    "suspended": _failed,
    "programmes": func.coalesce(select(_stopped).where(_failed).scalar_subquery(), _empty),
}
STANDINGS = Listing(
    "subsidy-standings",
    select(
        *((_columns[name] if name in _columns else _told.c[name]).label(name) for name in SubsidyStanding.model_fields)
    ).select_from(Kindergarten.__table__.outerjoin(_told, true())),
    _place.id,
    {"kindergarten_name": _place.pinyin},
    {
        "kindergarten": _place.id == bindparam("kindergarten"),
        "suspended": _failed == bindparam("suspended"),
        "as_of": true(),
    },
)
