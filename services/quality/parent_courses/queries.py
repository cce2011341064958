from sqlalchemy import Date, Numeric, Text, bindparam, case, cast, func, or_, select

from services.quality.parent_courses.models import ParentCourse, ParentSession
from services.quality.parent_courses.schemas import ParentCourseOut, ParentSessionOut, ParentSessionRow
from services.quality.steps.queries import steps_of
from shared.documents import columns, one
from shared.listing import Listing

_course, _row = ParentCourse.__table__, ParentSession.__table__
_on = bindparam("as_of", type_=Date)
_courses = select(*columns(_course, ParentCourseOut))
COURSES = Listing(
    "parent-courses",
    _courses,
    _course.c.id,
    {"title": _course.c.title},
    {
        "stage": _course.c.stage == bindparam("stage"),
        "topic": _course.c.topic == bindparam("topic"),
        "kindergarten": _course.c.kindergarten == bindparam("kindergarten"),
        "as_of": (_course.c.since <= _on) & or_(_course.c.until.is_(None), _course.c.until > _on),
    },
)
COURSE = one(_courses.where(_course.c.id == bindparam("id")))

_rate = case((_row.c.state == "held", func.round(cast(100 * _row.c.attended, Numeric) / _row.c.invited, 2).cast(Text)))
_special = {
    "title": _course.c.title,
    "topic": _course.c.topic,
    "on": _row.c.on_day,
    "attendance_percent": _rate,
}
_from = _row.join(_course, _course.c.id == _row.c.course)
SESSIONS = Listing(
    "parent-sessions",
    select(*columns(_row, ParentSessionRow, **_special)).select_from(_from),
    _row.c.id,
    {"on": _row.c.on_day},
    {n: _row.c[n] == bindparam(n) for n in ("kindergarten", "course", "stage", "school_year", "state", "ahead")},
)
SESSION = one(
    select(*columns(_row, ParentSessionOut, **_special, steps=steps_of(_row)))
    .select_from(_from)
    .where(_row.c.id == bindparam("id"))
)
