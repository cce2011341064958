from typing import Any

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, select

from services.safety.steps.models import Step
from services.safety.steps.schemas import StepOut
from shared.documents import listed

_row = Step.__table__.c
_columns = [(_row["on_day"] if name == "on" else _row[name]).label(name) for name in StepOut.model_fields]


def steps_of(case: FromClause, subject: ColumnElement[Any]) -> ScalarSelect[Any]:
    """The steps of a case, oldest first, as a column of its row."""
    return listed(select(*_columns).where(_row.subject == subject).correlate(case).order_by(_row.id))
