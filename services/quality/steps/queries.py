from typing import Any

from sqlalchemy import FromClause, ScalarSelect, select

from services.quality.steps.models import Step
from services.quality.steps.schemas import QualityStep
from shared.documents import listed

_row = Step.__table__.c
_columns = [(_row["on_day"] if name == "on" else _row[name]).label(name) for name in QualityStep.model_fields]


def steps_of(table: FromClause) -> ScalarSelect[Any]:
    """The steps of each case of that table, oldest first, as a column of its row."""
    return listed(select(*_columns).where(_row.subject == table.c.id).order_by(_row.id).correlate(table))
