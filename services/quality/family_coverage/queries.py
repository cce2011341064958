"""Coverage of families, counted from what is on record. No decisions."""

from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, Text, bindparam, cast, func, literal_column, or_, select

from services.quality.class_copies.models import ClassCopy
from services.quality.family_activities.models import FamilyActivity, GuidanceConfirmation, GuidanceNotice
from services.quality.family_coverage.schemas import FamilyCoverageRow, FamilyFigures
from services.quality.kindergartens.models import Kindergarten
from services.quality.parent_courses.codes import AgeStage
from services.quality.parent_courses.models import ParentCourse, ParentSession
from services.quality.parents_committees.models import ParentsCommittee
from services.quality.transition_coverage.queries import percent
from shared.documents import among, one
from shared.listing import Listing

_place, _group = Kindergarten.__table__, ClassCopy.__table__.c
_course, _held = ParentCourse.__table__.c, ParentSession.__table__.c
_office, _done = ParentsCommittee.__table__.c, FamilyActivity.__table__.c
_sent, _read = GuidanceNotice.__table__.c, GuidanceConfirmation.__table__.c
_on, _year = bindparam("as_of", type_=Date), bindparam("school_year", type_=Integer)
_first, _next = bindparam("first_day", type_=Date), bindparam("next_year", type_=Date)
_operating = _place.c.status == "operating"
_stage = (
    select(_place.c.id, _place.c.name, _place.c.pinyin, _place.c.division, _group.kind.label("stage"))
    .join(ClassCopy.__table__, _group.kindergarten == _place.c.id)
    .where(_operating, _group.since <= _on, _group.until > _on, among(_group.kind, AgeStage))
    .distinct()
    .subquery("stage")
)
_own = or_(_course.kindergarten.is_(None), _course.kindergarten == _stage.c.id)
_asked = (
    (_course.stage == _stage.c.stage)
    & _own
    & (_course.since <= _on)
    & or_(_course.until.is_(None), _course.until > _on)
)
_session = (
    (_held.kindergarten == _stage.c.id)
    & (_held.stage == _stage.c.stage)
    & (_held.school_year == _year)
    & (_held.state == "held")
)
_ahead = (
    select(_held.id).where(_held.course == _course.id, _session, _held.ahead).correlate_except(ParentSession.__table__)
)
_late = select(_held.id).where(_held.course == _course.id, _session).correlate_except(ParentSession.__table__)


def _of_stage(rows: Select[Any]) -> Any:
    return rows.correlate(_stage).scalar_subquery()


_courses = _of_stage(select(func.count()).select_from(ParentCourse.__table__).where(_asked))
_in_time = _of_stage(select(func.count()).select_from(ParentCourse.__table__).where(_asked, _ahead.exists()))
_too_late = _of_stage(
    select(func.count()).select_from(ParentCourse.__table__).where(_asked, _late.exists(), ~_ahead.exists())
)
_invited = _of_stage(select(func.coalesce(func.sum(_held.invited), 0)).where(_session))
_came = _of_stage(select(func.coalesce(func.sum(_held.attended), 0)).where(_session))
_covered = (_courses > 0) & (_in_time == _courses)
_row: dict[str, Any] = {
    "kindergarten": _stage.c.id,
    "kindergarten_name": _stage.c.name,
    "division": _stage.c.division,
    "stage": _stage.c.stage,
    "courses": _courses,
    "held_ahead": _in_time,
    "held_late": _too_late,
    "attendance_percent": percent(_came, _invited),
    "covered": _covered,
}
COVERAGE = Listing(
    "family-coverage",
    select(*(_row[n].label(n) for n in FamilyCoverageRow.model_fields)).select_from(_stage),
    func.concat(_stage.c.id, _stage.c.stage).cast(Text),
    {"kindergarten_name": _stage.c.pinyin},
    {
        "kindergarten": _stage.c.id == bindparam("kindergarten"),
        "stage": _stage.c.stage == bindparam("stage"),
        "covered": _covered == bindparam("covered"),
    },
)
_each = (
    select(_covered.label("covered"), _invited.label("invited"), _came.label("came"))
    .select_from(_stage)
    .offset(literal_column("0"))
    .subquery("each_of_them")
)
_all, _yes = func.count(), func.count().filter(_each.c.covered)


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.coalesce(func.sum(column), 0), Integer)


def _count(*conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(_place).where(_operating, *conditions).scalar_subquery()


def _of_place(rows: Select[Any]) -> ColumnElement[bool]:
    return rows.correlate(_place).exists()


_committee = _of_place(
    select(_office.id).where(
        _office.kindergarten == _place.c.id, _office.class_id.is_(None), _office.since <= _on, _office.until > _on
    )
)
_in_year = (_done.kind == "community") & (_done.on_day >= _first) & (_done.on_day < _next)
_notices = select(func.coalesce(func.sum(func.cardinality(_sent.children)), 0)).where(_sent.school_year == _year)
_confirmed = (
    select(func.count())
    .select_from(GuidanceConfirmation.__table__.join(GuidanceNotice.__table__, _sent.id == _read.notice))
    .where(_sent.school_year == _year)
)
_figures: dict[str, ColumnElement[Any]] = {
    "school_year": _year,
    "stages": _all,
    "stages_covered": _yes,
    "stages_percent": percent(_yes, _all),
    "attendance_percent": percent(_sum(_each.c.came), _sum(_each.c.invited)),
    "kindergartens": _count(),
    "with_committee": _count(_committee),
    "committee_percent": percent(_count(_committee), _count()),
    "community_activities": select(func.count()).where(_in_year).scalar_subquery(),
    "with_community": _count(_of_place(select(_done.id).where(_done.kindergarten == _place.c.id, _in_year))),
    "guidance_sent": _notices.scalar_subquery(),
    "guidance_confirmed": _confirmed.scalar_subquery(),
}
FIGURES = one(select(*(_figures[n].label(n) for n in FamilyFigures.model_fields)).select_from(_each))
