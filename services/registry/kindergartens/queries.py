from sqlalchemy import Date, Label, Select, bindparam, func, literal_column, select
from sqlalchemy.orm import aliased

from services.registry.classes.models import Class
from services.registry.divisions.models import Division
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.codes import Status
from services.registry.kindergartens.models import Group, Kindergarten, KindergartenStatus, KindergartenType
from shared.db import Query
from shared.documents import many, one
from shared.listing import Listing

_own = Kindergarten.__table__.alias("k")
_row = _own.c
_village, _town = aliased(Division, name="v"), aliased(Division, name="w")
_type, _status = aliased(KindergartenType, name="t"), aliased(KindergartenStatus, name="s")
_parent, _group = aliased(Kindergarten, name="p"), aliased(Group, name="g")
_as_of = bindparam("as_of", type_=Date)
_columns = (
    _row.id,
    _row.name,
    _row.short_name,
    _row.school_code,
    _row.credit_code,
    _row.division,
    _village.name.label("division_name"),
    func.coalesce(_town.code, _row.division).label("town"),
    func.coalesce(_town.name, _village.name).label("town_name"),
    _village.zone.label("zone"),
    _type.type.label("type"),
    _status.status.label("status"),
    _row.founder_code,
    _row.for_profit,
    _row.relation,
    _row.parent,
    _row.group_id,
    _row.licence_number,
    _row.licence_expires_on,
    _row.opened_on,
    _row.closed_on,
    _row.address,
    _row.phone,
    _row.licensed_seats,
    _row.synthetic,
    _row.version,
)
_joined = (
    _own.join(_village, _village.code == _row.division)
    .outerjoin(_town, (_town.code == func.substr(_row.division, 1, 9)) & (_town.code != _village.code))
    .outerjoin(_type, (_type.kindergarten == _row.id) & (_type.since <= _as_of) & (_type.until > _as_of))
    .outerjoin(_status, (_status.kindergarten == _row.id) & (_status.since <= _as_of) & (_status.until > _as_of))
)
_letters = func.lower(func.replace(_row.pinyin, " ", ""))  # syllables run together, then the name itself
_rows = select(*_columns).select_from(_joined)

KINDERGARTENS = Listing(
    "kindergartens",
    _rows,
    _row.id,
    {"name": _row.pinyin, "division": _row.division, "created_at": _row.created_at},
    {
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "zone": _village.zone == bindparam("zone"),
        "type": _type.type == bindparam("type"),
        "status": _status.status == bindparam("status"),
        "open": (func.coalesce(_status.status, "") == Status.OPERATING.value) == bindparam("open"),
        "relation": _row.relation == bindparam("relation"),
        "parent": _row.parent == bindparam("parent"),
        "group": _row.group_id == bindparam("group"),
        "q": func.strpos(_letters, func.lower(func.replace(bindparam("q"), " ", ""))) > 0,
        "school_code": _row.school_code == bindparam("school_code"),
        "town_centre": _row.town_centre == bindparam("town_centre"),
        "village_level": _row.village_level == bindparam("village_level"),
        "licence_expires_before": _row.licence_expires_on < bindparam("licence_expires_before"),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)
BRANCHES = many(_rows.where(_row.parent == bindparam("id")).order_by(_row.pinyin, _row.id))
MEMBERS = many(_rows.where(_row.group_id == bindparam("id")).order_by(_row.pinyin, _row.id))

KNOWN = Query(select(_row.id).where(_row.id == bindparam("id")))


def _timeline(table: type[KindergartenType | KindergartenStatus], column: str) -> Select[tuple[str]]:
    """Every period as [value, since, until]."""
    period = func.json_build_array(getattr(table, column), table.since, table.until)
    return select(func.coalesce(func.json_agg(period), literal_column("'[]'::json"))).where(
        table.kindergarten == _row.id
    )


_one = (
    select(
        *_columns,
        _row.school_type,
        _row.credit_code_note,
        _row.founder,
        _row.host_school,
        _parent.name.label("parent_name"),
        _group.name.label("group_name"),
        _row.licence_issued_on,
        _row.email,
        _row.fee_document,
        _row.principal,
        _row.urban_rural_code,
        _row.latitude,
        _row.longitude,
        _row.town_centre,
        _row.village_level,
        _row.created_at,
        _as_of.label("as_of"),
        _type.since.label("type_since"),
        _status.since.label("status_since"),
        # What decisions depend on; the answer leaves it out.
        func.json_build_object(
            "types",
            _timeline(KindergartenType, "type").scalar_subquery(),
            "statuses",
            _timeline(KindergartenStatus, "status").scalar_subquery(),
            "leaves_last",
            select(func.max(Enrolment.until)).where(Enrolment.kindergarten == _row.id).scalar_subquery(),
        ).label("standing"),
    )
    .select_from(_joined.outerjoin(_parent, _parent.id == _row.parent).outerjoin(_group, _group.id == _row.group_id))
    .where(_row.id == bindparam("id"))
)
KINDERGARTEN = one(_one)

_room = aliased(Class, name="c")
_enrolled = (
    select(func.count())
    .select_from(Enrolment)
    .where(Enrolment.class_id == _room.id, Enrolment.since <= _as_of, Enrolment.until > _as_of)
    .scalar_subquery()
)
_rooms = (
    select(_room.kindergarten, _room.kind, _room.standard_size, _enrolled.label("children"))
    .where(_room.kindergarten == bindparam("id"), _room.since <= _as_of, _room.until > _as_of)
    .subquery("rooms")
)


def _children(kind: str) -> Label[int]:
    return func.coalesce(func.sum(_rooms.c.children).filter(_rooms.c.kind == kind), 0).label(kind)


SUMMARY = one(
    select(
        _row.id,
        _as_of.label("as_of"),
        func.count(_rooms.c.kind).label("classes"),
        func.count().filter(_rooms.c.children > _rooms.c.standard_size).label("oversize_classes"),
        func.coalesce(func.sum(_rooms.c.standard_size), 0).label("seats"),
        func.coalesce(func.sum(_rooms.c.children), 0).label("children"),
        *(_children(kind) for kind in ("nursery", "small", "middle", "large", "mixed")),
    )
    .select_from(_own.outerjoin(_rooms, _rooms.c.kindergarten == _row.id))
    .where(_row.id == bindparam("id"))
    .group_by(_row.id)
)
