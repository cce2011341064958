from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from services.registry.classes.models import Class
from services.registry.divisions.models import Division
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import (
    Campus,
    Group,
    Kindergarten,
    KindergartenStatus,
    KindergartenType,
)
from services.registry.licences.queries import LAST_ACT
from services.registry.posts.codes import PostRole
from services.registry.posts.models import Post
from services.registry.publications.models import Publication, PublicationDuty
from services.registry.publications.schemas import (
    PublicationDutyRow,
    PublicationRow,
    PublicKindergartenRow,
    PublishedRecord,
)
from services.registry.qualifications.codes import QualificationKind
from services.registry.qualifications.models import Qualification
from services.registry.recognitions.models import Recognition
from services.registry.relation_agreements.models import RelationAgreement
from services.registry.staff.models import Person
from shared.db import Query
from shared.documents import columns, listed, many, one
from shared.listing import Listing

_k = Kindergarten.__table__.c
_as_of = bindparam("as_of", type_=Date)


def _word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", Text)


def _holds(table: Any) -> ColumnElement[bool]:
    return and_(table.since <= _as_of, table.until > _as_of)


def _of(rows: Any) -> ColumnElement[Any]:
    """The first value of rows about the kindergarten, as a column beside it."""
    found: ColumnElement[Any] = rows.limit(1).correlate(Kindergarten.__table__).scalar_subquery()
    return found


_village, _town, _parent = aliased(Division, name="v"), aliased(Division, name="w"), aliased(Kindergarten, name="p")
_sites = (
    select(*(getattr(Campus, name) for name in ("name", "address")))
    .where(Campus.kindergarten == _k.id, _holds(Campus))
    .order_by(Campus.since, Campus.id)
    .correlate(Kindergarten.__table__)
)
_agreement = RelationAgreement
_relations = (
    select(*(getattr(_agreement, name) for name in ("kind", "until")), _agreement.partner_name.label("partner"))
    .where(
        _agreement.kindergarten == _k.id,
        _agreement.state == _word("approved"),
        _agreement.since <= _as_of,
        _agreement.until > _as_of,
    )
    .order_by(_agreement.since, _agreement.id)
    .correlate(Kindergarten.__table__)
)
_principal = (
    select(Person.name)
    .join(Post, Post.person == Person.id)
    .where(
        Post.id == _k.principal,
        Post.kindergarten == _k.id,
        Post.role == _word(PostRole.PRINCIPAL.value),
        _holds(Post),
    )
)
_recognition = select(
    func.json_build_object(
        "since",
        Recognition.since,
        "until",
        Recognition.until,
        "agreed_fee",
        Recognition.agreed_fee.cast(Text),
        "document",
        Recognition.document,
    )
).where(
    Recognition.kindergarten == _k.id,
    or_(Recognition.state == _word("granted"), Recognition.state == _word("leaving")),
    Recognition.since <= _as_of,
    Recognition.until > _as_of,
)
_room = aliased(Class, name="c")
_enrolled = (
    select(func.count())
    .select_from(Enrolment)
    .where(Enrolment.class_id == _room.id, _holds(Enrolment))
    .correlate(_room)
    .scalar_subquery()
)
_rooms = (
    select(_room.kind, _room.standard_size, _enrolled.label("children"))
    .where(_room.kindergarten == _k.id, _holds(_room))
    .correlate(Kindergarten.__table__)
    .subquery("rooms")
)
_classes: Select[Any] = (
    select(
        _rooms.c.kind,
        func.count().label("classes"),
        func.sum(_rooms.c.standard_size).label("places"),
        func.sum(_rooms.c.children).label("children"),
    )
    .group_by(_rooms.c.kind)
    .order_by(_rooms.c.kind)
)
_certificate = (
    select(Qualification.id)
    .where(
        Qualification.person == Post.person,
        or_(
            *(
                Qualification.kind == _word(each.value)
                for each in (QualificationKind.KINDERGARTEN_TEACHER, QualificationKind.OTHER_TEACHER)
            )
        ),
        Qualification.issued_on <= _as_of,
        or_(Qualification.expires_on.is_(None), Qualification.expires_on >= _as_of),
        or_(Qualification.revoked_on.is_(None), Qualification.revoked_on > _as_of),
    )
    .correlate(Post)
    .exists()
)


def _people(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count(Post.person.distinct())).where(Post.kindergarten == _k.id, _holds(Post), *conditions)
    return counted.correlate(Kindergarten.__table__).scalar_subquery()


_teaching = Post.role == _word(PostRole.TEACHER.value)
_figures = func.json_build_object(
    "classes",
    listed(_classes),
    "staff",
    _people(),
    "teachers",
    _people(_teaching),
    "certified_teachers",
    _people(_teaching, _certificate),
)
_types, _statuses = KindergartenType, KindergartenStatus
_special: dict[str, Any] = {
    "type": _of(select(_types.type).where(_types.kindergarten == _k.id, _holds(_types))),
    "status": _of(select(_statuses.status).where(_statuses.kindergarten == _k.id, _holds(_statuses))),
    "belongs_to": func.coalesce(_parent.name, _k.host_school),
    "group": Group.name,
    "licence_stopped": case((or_(*(_word(each) == LAST_ACT for each in ("suspended", "revoked", "ended"))), LAST_ACT)),
    "division_name": _village.name,
    "town_name": func.coalesce(_town.name, _village.name),
    "sites": listed(_sites),
    "relations": listed(_relations),
    "principal_name": _of(_principal),
    "recognition": _of(_recognition),
}
# What may be published of a kindergarten on a day: the fields of `PublishedRecord` and no other.
CONTENT = one(
    select(*columns(Kindergarten.__table__, PublishedRecord, **_special), _figures.label("figures"))
    .select_from(
        Kindergarten.__table__.join(_village, _village.code == _k.division)
        .outerjoin(_town, (_town.code == func.substr(_k.division, 1, 9)) & (_town.code != _village.code))
        .outerjoin(_parent, _parent.id == _k.parent)
        .outerjoin(Group, Group.id == _k.group_id)
    )
    .where(_k.id == bindparam("id"))
)

_row = Publication.__table__.c
LAST = (
    select(Publication).where(Publication.kindergarten == bindparam("id")).order_by(Publication.number.desc()).limit(1)
)
LAST_NUMBER = Query(
    select(_row.number, _row.record.cast(Text))
    .where(_row.kindergarten == bindparam("id"))
    .order_by(_row.number.desc())
    .limit(1)
)
_named: dict[str, Any] = {"kindergarten_name": _row.record["name"].astext}
_rows = select(*columns(Publication.__table__, PublicationRow, **_named))
PUBLICATIONS = Listing(
    "publications",
    _rows,
    _row.id,
    {"published_on": _row.published_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "since": _row.published_on >= bindparam("since", type_=Date),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)

_duty = PublicationDuty.__table__.c
_overdue = func.coalesce(_duty.met_on, _as_of) > _duty.due_on
_told: dict[str, Any] = {
    "kindergarten_name": _k.name,
    "overdue": _overdue,
    "rule": case((_overdue, _word("REG-24"))),
}
DUTIES = Listing(
    "publication-duties",
    select(*columns(PublicationDuty.__table__, PublicationDutyRow, **_told)).select_from(
        PublicationDuty.__table__.join(Kindergarten.__table__, _k.id == _duty.kindergarten)
    ),
    _duty.id,
    {"due_on": _duty.due_on},
    {
        "kindergarten": _duty.kindergarten == bindparam("kindergarten"),
        "division": _duty.division.bool_op("^@")(bindparam("division")),
        "met": _duty.met_on.is_not(None) == bindparam("met"),
        "overdue": _overdue == bindparam("overdue"),
        "due_before": _duty.due_on < bindparam("due_before", type_=Date),
        "synthetic": _duty.synthetic == bindparam("synthetic"),
    },
)

# The public pages: the latest version of each kindergarten, and nothing that is not in it.
_later = Publication.__table__.alias("later").c
_latest = ~select(_later.id).where(_later.kindergarten == _row.kindergarten, _later.number > _row.number).exists()
_type, _status = _row.record["type"].astext, _row.record["status"].astext
_inclusive = func.coalesce(or_(_type == _word("public"), _type == _word("inclusive_private")), literal_column("false"))
_letters = func.lower(func.replace(_row.pinyin, " ", ""))
_shown: dict[str, Any] = {
    name: _row.record[name].astext
    for name in ("name", "division", "town_name", "address", "phone", "licence_number", "licence_expires_on")
} | {"type": _type, "status": _status, "inclusive": _inclusive}
PUBLIC = Listing(
    "public-kindergartens",
    select(*columns(Publication.__table__, PublicKindergartenRow, **_shown)).where(_latest),
    _row.id,
    {"name": _row.pinyin},
    {
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "type": _type == bindparam("type"),
        "status": _status == bindparam("status"),
        "inclusive": _inclusive == bindparam("inclusive"),
        "q": func.strpos(_letters, func.lower(func.replace(bindparam("q"), " ", ""))) > 0,
    },
)
_number = bindparam("number", type_=Integer)
_count = select(func.count()).where(_later.kindergarten == _row.kindergarten).scalar_subquery()
_version = (_row.number, _row.published_on, _row.hash, _row.record, _row.figures)
PAGE = one(
    select(_row.kindergarten, *_version, _count.label("versions"))
    .where(_row.kindergarten == bindparam("id"), or_(_number.is_(None), _row.number == _number))
    .order_by(_row.number.desc())
    .limit(1)
)
VERSIONS = many(select(*_version).where(_row.kindergarten == bindparam("id")).order_by(_row.number.desc()))
PUBLISHED = many(_rows.where(_row.id == any_(bindparam("ids", type_=ARRAY(Uuid)))).order_by(_row.id))
