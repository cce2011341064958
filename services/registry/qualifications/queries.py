from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Interval,
    Uuid,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on

from services.registry.kindergartens.models import Kindergarten
from services.registry.posts.models import Post
from services.registry.qualifications.models import BackgroundCheck, Qualification
from services.registry.staff.models import Person
from shared.documents import many, one
from shared.listing import Listing

_row, _person = Qualification.__table__.c, Person.__table__.alias("s")
_check = BackgroundCheck.__table__.c
_columns = select(
    _row.id,
    _row.person,
    _person.c.name.label("person_name"),
    _row.kind,
    _row.number,
    _row.issuer,
    _row.issued_on,
    _row.expires_on,
    _row.revoked_on,
    _row.evidence,
    _row.synthetic,
    _row.version,
).select_from(Qualification.__table__.outerjoin(_person, _person.c.id == _row.person))
_valid = bindparam("valid_on", type_=Date)
QUALIFICATIONS = Listing(
    "qualifications",
    _columns,
    _row.id,
    {"issued_on": _row.issued_on},
    {
        "person": _row.person == bindparam("person"),
        "kind": _row.kind == bindparam("kind"),
        "valid_on": (_row.issued_on <= _valid)
        & (func.coalesce(_row.expires_on, _valid) >= _valid)
        & (func.coalesce(_row.revoked_on, _valid + 1) > _valid),
    },
)
QUALIFICATION = one(_columns.where(_row.id == bindparam("id")), column("version"))
_checks = select(
    _check.id,
    _check.person,
    _check.checked_on,
    _check.channel,
    _check.result,
    _check.reference,
    _check.synthetic,
    _check.created_at,
)
CHECKS = many(_checks.where(_check.person == bindparam("person")).order_by(_check.checked_on.desc(), _check.id.desc()))
CHECK = one(_checks.where(_check.id == bindparam("id")))

# What runs out: of each person and kind the latest, if it is still to be renewed on the day.
_day = bindparam("as_of", type_=Date)
_year = cast(func.concat(bindparam("check_months", type_=Integer), literal_column("' months'")), Interval)
_proofs = select(
    _row.id, _row.person, _row.kind, func.coalesce(_row.expires_on, literal("9999-12-31", Date)).label("expires_on")
).where(_row.issued_on <= _day, func.coalesce(_row.revoked_on, _day + 1) > _day)
_asked = select(
    _check.id,
    _check.person,
    literal_column("'background_check'").label("kind"),
    cast(_check.checked_on + _year, Date).label("expires_on"),
).where(_check.checked_on <= _day)
_known = union_all(_proofs, _asked).subquery("known")
_latest = (
    select(_known)
    .ext(distinct_on(_known.c.person, _known.c.kind))
    .order_by(_known.c.person, _known.c.kind, _known.c.expires_on.desc(), _known.c.id.desc())
    .subquery("latest")
)
_post, _kindergarten = Post.__table__.alias("p"), Kindergarten.__table__.alias("g")
WARNINGS = {"first": "1", "second": "2", "third": "3"}  # bind parameters by the key of their parameter
_left: ColumnElement[int] = _latest.c.expires_on - _day
_first, _second, _third = (bindparam(name, type_=Integer) for name in WARNINGS)
_warning = case((_left < 0, 0), (_left <= _third, _third), (_left <= _second, _second), else_=_first)
_place = func.md5(func.concat(_latest.c.id, _post.c.id)).label("place")
EXPIRIES = Listing(
    "staff-expiries",
    select(
        _latest.c.id,
        _latest.c.kind,
        _latest.c.person,
        _person.c.name.label("person_name"),
        _post.c.id.label("post"),
        _post.c.role,
        _post.c.kindergarten,
        _kindergarten.c.name.label("kindergarten_name"),
        _post.c.division,
        _latest.c.expires_on,
        _left.label("days_left"),
        _warning.label("warning"),
    )
    .select_from(
        _latest.join(_person, _person.c.id == _latest.c.person)
        .join(_post, (_post.c.person == _person.c.id) & (_post.c.since <= _day) & (_post.c.until > _day))
        .join(_kindergarten, _kindergarten.c.id == _post.c.kindergarten)
    )
    .where(_left <= _first),
    cast(_place, Uuid),
    {"expires_on": _latest.c.expires_on},
    {
        "kindergarten": _post.c.kindergarten == bindparam("kindergarten"),
        "division": _post.c.division.bool_op("^@")(bindparam("division")),
        "kind": _latest.c.kind == bindparam("kind"),
        "warning": _warning == bindparam("warning", type_=Integer),
    },
)
