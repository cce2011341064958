"""What the network reports are made of, each one SELECT for a day."""

from sqlalchemy import Date, Text, and_, bindparam, case, cast, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from services.registry.children.models import Child
from services.registry.classes.models import Class
from services.registry.construction.models import ConstructionProject
from services.registry.divisions.models import Division, Population
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import Campus, Kindergarten, KindergartenStatus, KindergartenType
from services.registry.network.models import DivisionPlace, PlaceTag
from shared.documents import listed, many, one

_as_of = bindparam("as_of", type_=Date)
_division = bindparam("division", type_=Text)
_k, _v = Kindergarten.__table__, Division.__table__.alias("v")
_c, _e, _s = Class.__table__.c, Enrolment.__table__.c, Campus.__table__.c
_type, _status = aliased(KindergartenType, name="t"), aliased(KindergartenStatus, name="s")
_p, _tag = DivisionPlace.__table__.c, PlaceTag.__table__.c

_rooms = (
    select(
        _c.kindergarten,
        func.sum(case((_c.kind != "nursery", _c.standard_size), else_=0)).label("seats"),
        func.sum(case((_c.kind == "nursery", _c.standard_size), else_=0)).label("nursery_seats"),
    )
    .where(_c.since <= _as_of, _c.until > _as_of)
    .group_by(_c.kindergarten)
    .subquery("rooms")
)
_pupils = (
    select(
        _e.kindergarten,
        func.count().filter(_c.kind != "nursery").label("children"),
        func.count().filter(_c.kind == "nursery").label("nursery_children"),
    )
    .select_from(Enrolment.__table__.join(Class.__table__, _c.id == _e.class_id))
    .where(_e.since <= _as_of, _e.until > _as_of)
    .group_by(_e.kindergarten)
    .subquery("pupils")
)
_campuses = listed(
    select(_s.id, _s.name, _s.address, _s.latitude, _s.longitude)
    .where(_s.kindergarten == _k.c.id, _s.since <= _as_of, _s.until > _as_of)
    .order_by(_s.name, _s.id)
    .correlate(_k)
)
_marked = _tag.kindergarten == _k.c.id
_tags = func.array(
    select(_tag.tag)
    .where(or_(_marked, and_(_tag.kindergarten.is_(None), _k.c.division.bool_op("^@")(_tag.division))))
    .where(_tag.since <= _as_of, _tag.until > _as_of)
    .distinct()
    .order_by(_tag.tag)
    .correlate(_k)
    .scalar_subquery()
)
# Every kindergarten that operates on the day, with its seats by the standard size of its classes (3 to 6).
OPERATING = many(
    select(
        *(_k.c[name] for name in ("id", "name", "division", "relation", "parent", "address", "latitude", "longitude")),
        *(_k.c[name] for name in ("town_centre", "village_level", "licensed_seats", "urban_rural_code", "synthetic")),
        func.substr(_k.c.division, 1, 9).label("town"),
        _v.c.zone,
        _type.type,
        func.coalesce(_rooms.c.seats, 0).label("seats"),
        func.coalesce(_pupils.c.children, 0).label("children"),
        func.coalesce(_rooms.c.nursery_seats, 0).label("nursery_seats"),
        func.coalesce(_pupils.c.nursery_children, 0).label("nursery_children"),
        _campuses.label("campuses"),
        _tags.label("tags"),
    )
    .select_from(
        _k.join(_v, _v.c.code == _k.c.division)
        .join(_status, (_status.kindergarten == _k.c.id) & (_status.since <= _as_of) & (_status.until > _as_of))
        .outerjoin(_type, (_type.kindergarten == _k.c.id) & (_type.since <= _as_of) & (_type.until > _as_of))
        .outerjoin(_rooms, _rooms.c.kindergarten == _k.c.id)
        .outerjoin(_pupils, _pupils.c.kindergarten == _k.c.id)
    )
    .where(_status.status == "operating", _k.c.division.bool_op("^@")(_division))
    .order_by(_k.c.pinyin, _k.c.id)
)
_d, _pop = Division.__table__, Population.__table__.c
_latest = (
    select(func.max(_pop.counted_on))
    .where(_pop.division == _d.c.code, _pop.basis == bindparam("basis", type_=Text), _pop.counted_on <= _as_of)
    .correlate(_d)
    .scalar_subquery()
)
_people = (
    select(func.sum(_pop.children))
    .where(_pop.division == _d.c.code, _pop.basis == bindparam("basis", type_=Text), _pop.counted_on == _latest)
    .where(_pop.age.between(3, 5))
    .correlate(_d)
    .scalar_subquery()
)
# The divisions of the place, with what an officer entered about where they lie before what the register came with.
DIVISIONS = many(
    select(
        *(_d.c[name] for name in ("code", "name", "usual_name", "level", "kind", "parent", "zone", "zone_source")),
        func.coalesce(_p.latitude, _d.c.latitude).label("latitude"),
        func.coalesce(_p.longitude, _d.c.longitude).label("longitude"),
        _p.outline,
        _p.area_km2,
        func.coalesce(_p.source, _d.c.source).label("place_source"),
        _people.label("people"),
        case((_people.is_not(None), _latest)).label("people_counted_on"),
    )
    .select_from(_d.outerjoin(DivisionPlace.__table__, _p.division == _d.c.code))
    .where(_d.c.until > _as_of, _d.c.code.bool_op("^@")(_division))
    .order_by(_d.c.code)
)
PLACE = one(
    select(
        *(_p[name] for name in ("division", "latitude", "longitude", "outline", "source", "version")),
        cast(_p.area_km2, Text).label("area_km2"),
    ).where(_p.division == _division),
    literal_column("whole_row.version"),
)
_name = (
    select(_k.c.name).where(_k.c.id == _tag.kindergarten).correlate(PlaceTag.__table__).scalar_subquery(),
    select(_d.c.name).where(_d.c.code == _tag.division).correlate(PlaceTag.__table__).scalar_subquery(),
)
TAGGED = many(
    select(
        _tag.tag,
        _tag.division,
        _tag.kindergarten,
        func.coalesce(*_name).label("name"),
        _tag.since,
        func.nullif(_tag.until, cast("9999-12-31", Date)).label("until"),
        _tag.document,
    )
    .where(_tag.tag == bindparam("tag", type_=Text), _tag.since <= _as_of, _tag.until > _as_of)
    .order_by(_tag.division, _tag.kindergarten)
)
_child, _project = Child.__table__.c, ConstructionProject.__table__.c
_within = (
    select(_tag.division)
    .where(_tag.tag == bindparam("tag", type_=Text), _tag.kindergarten.is_(None))
    .where(_tag.since <= _as_of, _tag.until > _as_of)
)
_marked_here = _within.where(_child.residence_division.bool_op("^@")(_tag.division)).correlate(Child.__table__).exists()
_planned_here = (
    _within.where(_project.division.bool_op("^@")(_tag.division)).correlate(ConstructionProject.__table__).exists()
)
# Children of age registered as living in a marked division, and seats being built there.
DEMAND = one(
    select(
        select(func.count())
        .select_from(Child)
        .where(_child.birth_date.between(bindparam("born_from", type_=Date), bindparam("born_by", type_=Date)))
        .where(_marked_here)
        .scalar_subquery()
        .label("registered_children"),
        select(func.coalesce(func.sum(_project.planned_seats), 0))
        .where(_project.state == "underway", _planned_here)
        .scalar_subquery()
        .label("planned_seats"),
    )
)
