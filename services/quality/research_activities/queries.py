from typing import Any

from sqlalchemy import Date, Text, any_, bindparam, func, literal_column, select

from services.quality.research_activities.models import (
    ResearchActivity,
    ResearchAttendance,
    ResearchKnowledge,
    TeacherQuestion,
)
from services.quality.research_activities.schemas import (
    AttendanceOut,
    Knowledge,
    ResearchActivityOut,
    TeacherQuestionOut,
)
from shared.documents import listed, many, one
from shared.listing import Listing

_row, _seen, _asked = ResearchActivity.__table__.c, ResearchAttendance.__table__.c, TeacherQuestion.__table__.c
_there = (
    select(*(_seen[n] for n in AttendanceOut.model_fields))
    .where(_seen.activity == _row.id)
    .order_by(_seen.kindergarten)
    .correlate(ResearchActivity.__table__)
)
_special: dict[str, Any] = {"on": _row.on_day, "attendances": listed(_there)}
_columns = [(_special[n] if n in _special else _row[n]).label(n) for n in ResearchActivityOut.model_fields]
ACTIVITIES = Listing(
    "research-activities",
    select(*_columns),
    _row.id,
    {"on": _row.on_day},
    {
        "level": _row.level == bindparam("level"),
        "zone": _row.zone == bindparam("zone"),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "plan": _row.plan == bindparam("plan"),
    },
)
ACTIVITY = one(select(*_columns).where(_row.id == bindparam("id")))

_overdue = _asked.answered_on.is_(None) & (_asked.due_on < bindparam("as_of", type_=Date))
_questions = [(_overdue if n == "overdue" else _asked[n]).label(n) for n in TeacherQuestionOut.model_fields]
QUESTIONS = Listing(
    "teacher-questions",
    select(*_questions),
    _asked.id,
    {"asked_on": _asked.asked_on},
    {
        "kindergarten": _asked.kindergarten == bindparam("kindergarten"),
        "answered": _asked.answered_on.is_not(None) == bindparam("answered"),
        "overdue": _overdue == bindparam("overdue"),
    },
)
QUESTION = one(select(*_questions).where(_asked.id == bindparam("id")))
_known = ResearchKnowledge.__table__.c
_word = bindparam("keyword", None, type_=Text)
_shared = (
    select(*(_known[n] for n in Knowledge.model_fields))
    .where(_word.is_(None) | (_word == any_(_known.keywords)))
    .order_by(_known.answered_on.desc(), _known.id)
    .limit(200)
)
KNOWLEDGE = many(_shared)
_days = _asked.answered_on - _asked.asked_on
_in_time = _asked.answered_on <= _asked.due_on
ANSWER_TIMES = one(
    select(
        func.count().label("asked"),
        func.count(_asked.answered_on).label("answered"),
        func.count().filter(_in_time).label("in_time"),
        func.count().filter(_overdue).label("overdue"),
        func.percentile_cont(literal_column("0.5")).within_group(_days).label("median_days"),
        func.max(_days).label("longest_days"),
    ).where(_asked.asked_on > bindparam("as_of", type_=Date) - literal_column("365"))
)
