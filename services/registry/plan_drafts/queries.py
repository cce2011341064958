from sqlalchemy import bindparam, func, literal_column, select

from services.registry.plan_drafts.models import PlanDraft
from services.registry.plan_drafts.schemas import PlanDraftRow
from services.registry.steps.queries import steps_of
from shared.documents import many, one

_table = PlanDraft.__table__
_row = _table.c
_counts = {
    "clauses": func.jsonb_array_length(_row.document["clauses"]),
    "targets": func.coalesce(
        select(func.sum(func.jsonb_array_length(literal_column("g -> 'targets'"))))
        .select_from(func.jsonb_array_elements(_row.document["target_sets"]).alias("g"))
        .correlate(_table)
        .scalar_subquery(),
        0,
    ),
}
_columns = [(_counts[name] if name in _counts else _row[name]).label(name) for name in PlanDraftRow.model_fields]
DRAFTS = many(select(*_columns).order_by(_row.since, _row.code))
DRAFT = one(
    select(*_columns, _row.id, _row.division, _row.document, steps_of(_table).label("steps")).where(
        _row.code == bindparam("code")
    )
)
