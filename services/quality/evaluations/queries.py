from sqlalchemy import Text as SqlText
from sqlalchemy import bindparam, case, null, select

from services.quality.evaluations.models import (
    Evaluation,
    EvaluationLevel,
    EvaluationObservation,
    EvaluationScore,
)
from services.quality.evaluations.schemas import (
    EvaluationLevelOut,
    EvaluationObservationOut,
    EvaluationOut,
    EvaluationRow,
    EvaluationScoreOut,
)
from services.quality.frameworks.models import FrameworkItem
from services.quality.kindergartens.models import Kindergarten
from services.quality.steps.queries import steps_of
from shared.documents import listed, many, one
from shared.listing import Listing

_row, _place = Evaluation.__table__.c, Kindergarten.__table__
_published = _row.published_on.is_not(None)
_grade = case((_published, _row.grade), else_=null())
_special = {"kindergarten_name": _place.c.name, "grade": _grade}
_columns = [(_special[name] if name in _special else _row[name]).label(name) for name in EvaluationRow.model_fields]
_from = Evaluation.__table__.join(_place, _place.c.id == _row.kindergarten)
EVALUATIONS = Listing(
    "evaluations",
    select(*_columns).select_from(_from),
    _row.id,
    {"year": _row.year, "kindergarten_name": _place.c.pinyin},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "year": _row.year == bindparam("year"),
        "state": _row.state == bindparam("state"),
        "grade": _published & (_row.grade == bindparam("grade")),
    },
)
_seen, _score = EvaluationObservation.__table__.c, EvaluationScore.__table__.c
_level, _item = EvaluationLevel.__table__.c, FrameworkItem.__table__.c
_observations = (
    select(*((_seen.on_day if n == "on" else _seen[n]).label(n) for n in EvaluationObservationOut.model_fields))
    .where(_seen.evaluation == _row.id)
    .order_by(_seen.id)
)
_scores = (
    select(*(_score[n] for n in EvaluationScoreOut.model_fields))
    .where(_score.evaluation == _row.id)
    .order_by(_score.item, _score.evaluator)
)
_levels = (
    select(*((_item.text if n == "text" else _level[n]).label(n) for n in EvaluationLevelOut.model_fields))
    .select_from(EvaluationLevel.__table__)
    .join(FrameworkItem, (_item.framework == _row.framework) & (_item.code == _level.item))
    .where(_level.evaluation == _row.id)
    .order_by(_item.place)
)
_detail = {
    "grade": _row.grade,
    "kindergarten_name": _place.c.name,
    "points": _row.points.cast(SqlText),
    "observations": listed(_observations.correlate(Evaluation.__table__)),
    "scores": listed(_scores.correlate(Evaluation.__table__)),
    "levels": listed(_levels.correlate(Evaluation.__table__)),
    "steps": steps_of(Evaluation.__table__),
}
EVALUATION = one(
    select(
        *(
            (_detail[name] if name in _detail else _row[name]).label(name)
            for name in EvaluationOut.model_fields
            if name != "actions"
        )
    )
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)
FRAMEWORK = many(
    select(_item.code, _item.text, _item.parent, _item.weight.cast(SqlText))
    .join(Evaluation.__table__, _row.framework == _item.framework)
    .where(_row.id == bindparam("id"))
    .order_by(_item.place)
)
