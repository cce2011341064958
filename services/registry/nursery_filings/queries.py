from datetime import date

from sqlalchemy import ColumnElement, Date, Integer, Text, and_, bindparam, case, func, literal_column, select, true

from services.registry.admissions.models import AdmissionPlace, AdmissionRound
from services.registry.children.models import Child
from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus, KindergartenType
from services.registry.nursery_filings.models import NurseryFiling
from services.registry.nursery_filings.schemas import NurseryFilingOut, NurseryFilingRow
from services.registry.posts.models import Post
from services.registry.service_facts.queries import WEIGHING
from services.registry.steps.queries import steps_of
from shared.db import Query
from shared.documents import among, columns, one
from shared.listing import Listing

_it = NurseryFiling.__table__
_row, _k = _it.c, Kindergarten.__table__.c
_day, _soon = bindparam("as_of", type_=Date), bindparam("soon", type_=Date)
_filed = _row.state == literal_column("'filed'")
_later = _it.alias("later").c
_followed = (
    select(_later.id)
    .where(_later.kindergarten == _row.kindergarten, among(_later.state, ("filed",)), _later.since >= _row.until)
    .exists()
)
_in_force = func.coalesce(
    (_row.since <= _day) & (_day < func.coalesce(_row.ended_on, _row.until)) & among(_row.state, ("filed", "ended")),
    literal_column("false"),
)
_warning = case(
    (and_(_filed, ~_followed, _row.until <= _day), literal_column("'lapsed'", Text)),
    (and_(_filed, ~_followed, _row.until <= _soon), literal_column("'expiring'", Text)),
    else_=literal_column("NULL", Text),
)
_special = {
    "kindergarten_name": _k.name,
    "places": _row.classes * _row.children_per_class,
    "monthly_fee": _row.monthly_fee.cast(Text),
    "in_force": _in_force,
    "warning": _warning,
}
_from = _it.join(Kindergarten.__table__, _k.id == _row.kindergarten)
FILINGS = Listing(
    "nursery-filings",
    select(*columns(_it, NurseryFilingRow, **_special)).select_from(_from),
    _row.id,
    {"applied_on": _row.applied_on, "name": _k.pinyin},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "number": _row.number == bindparam("number"),
        "in_force": _in_force == bindparam("in_force"),
        "warning": _warning == bindparam("warning"),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)
# The checks of today are the reader's to add; those of the examination are kept.
_detail = _special | {"steps": steps_of(_it), "examined_checks": _row.checks, "checks": literal_column("'[]'::json")}
FILING = one(select(*columns(_it, NurseryFilingOut, **_detail)).select_from(_from).where(_row.id == bindparam("id")))


_enrolled = (
    select(func.count())
    .select_from(Enrolment)
    .join(Class, Class.id == Enrolment.class_id)
    .where(
        Enrolment.kindergarten == _k.id,
        Enrolment.since <= _day,
        Enrolment.until > _day,
        Class.kind != literal_column("'nursery'"),
    )
)
_places = (
    select(func.count())
    .select_from(AdmissionPlace)
    .join(AdmissionRound, AdmissionRound.id == AdmissionPlace.round)
    .where(AdmissionPlace.kindergarten == _k.id, AdmissionRound.state == literal_column("'allocated'"))
)
_carers = (
    select(func.count(func.distinct(Post.person)))
    .select_from(Post)
    .where(
        Post.kindergarten == _k.id,
        Post.since <= _day,
        Post.until > _day,
        Post.full_time,
        Post.employment != literal_column("'outsourced'"),
        among(Post.__table__.c.role, ("teacher", "childcare")),
    )
)
_rooms = _enrolled.with_only_columns(func.count(func.distinct(Class.id)), maintain_column_froms=True)
# What the register knows of a kindergarten on a day, in the order of `conditions.Facts`.
FACTS = Query(
    select(
        KindergartenType.type,
        KindergartenStatus.status,
        _k.licence_number,
        _k.licence_expires_on,
        _k.licensed_seats,
        _enrolled.scalar_subquery(),
        _places.where(AdmissionPlace.state == literal_column("'offered'")).scalar_subquery(),
        _places.where(AdmissionPlace.state == literal_column("'waiting'")).scalar_subquery(),
        _carers.scalar_subquery(),
        _rooms.scalar_subquery(),
        *WEIGHING,
    )
    .select_from(Kindergarten)
    .outerjoin(
        KindergartenType,
        (KindergartenType.kindergarten == _k.id) & (KindergartenType.since <= _day) & (KindergartenType.until > _day),
    )
    .outerjoin(
        KindergartenStatus,
        (KindergartenStatus.kindergarten == _k.id)
        & (KindergartenStatus.since <= _day)
        & (KindergartenStatus.until > _day),
    )
    .where(_k.id == bindparam("id"))
)

# Nursery classes of a day. Of more classes than are filed, those that began last are not covered.
_class, _in, _child = Class.__table__.c, Enrolment.__table__.c, Child.__table__.c


def _months(on: ColumnElement[date]) -> ColumnElement[int]:
    """月龄 in completed months."""
    age = func.age(on, _child.birth_date)
    return (func.extract("year", age) * 12 + func.extract("month", age)).cast(Integer)


_too_young = _months(_in.since) < bindparam("months_from", type_=Integer)
# The school year asks the age on 31 August: who turns three on the first day of the class is two for that year.
_too_old = _months(_class.since - 1) >= bindparam("months_until", type_=Integer)
_there = (
    select(
        func.count().label("children"),
        func.min(_months(_day)).label("youngest_months"),
        func.max(_months(_day)).label("oldest_months"),
        func.count().filter(_too_young | _too_old).label("out_of_age"),
    )
    .select_from(Enrolment.__table__.outerjoin(Child.__table__, _child.id == _in.child))
    .where(_in.class_id == _class.id, _in.since <= _day, _in.until > _day)
    .lateral("there")
)
_place = func.row_number().over(partition_by=_class.kindergarten, order_by=(_class.since, _class.id))
_ran = (
    select(
        _class.id.label("class_id"),
        _class.name.label("class_name"),
        _class.kindergarten,
        _k.name.label("kindergarten_name"),
        _k.pinyin.label("pinyin"),
        _class.division,
        _class.since,
        _class.until,
        *_there.c,
        _row.id.label("filing"),
        _row.number,
        _row.monthly_fee.cast(Text).label("monthly_fee"),
        _row.service,
        case(
            (_row.id.is_(None), literal_column("'no_filing'", Text)),
            (_place > _row.classes, literal_column("'beyond_filing'", Text)),
            (_there.c.children > _row.children_per_class, literal_column("'oversize'", Text)),
            else_=literal_column("NULL", Text),
        ).label("fault"),
        _class.synthetic,
    )
    .select_from(
        Class.__table__.join(Kindergarten.__table__, _k.id == _class.kindergarten)
        .outerjoin(_it, (_row.kindergarten == _class.kindergarten) & _in_force)
        .join(_there, true())
    )
    .where(_class.kind == literal_column("'nursery'"), _class.since <= _day, _class.until > _day)
    .subquery("ran")
)
_shown = _ran.c
_covered = func.coalesce(among(_shown.fault, ("oversize",)), literal_column("true"))
CLASSES = Listing(
    "nursery-classes",
    select(*(each for each in _shown if each.key != "pinyin")),
    _shown.class_id,
    {"name": _shown.pinyin},
    {
        "kindergarten": _shown.kindergarten == bindparam("kindergarten"),
        "division": _shown.division.bool_op("^@")(bindparam("division")),
        "fault": _shown.fault == bindparam("fault"),
        "filed": _covered == bindparam("filed"),
        "synthetic": _shown.synthetic == bindparam("synthetic"),
    },
)
