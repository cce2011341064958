from sqlalchemy import Text, bindparam, cast, column, func, literal_column, select

from services.registry.children.models import Child, Guardian
from services.registry.guardians.schemas import GuardianOut
from shared.db import Query
from shared.documents import one

_row = Guardian.__table__.c
_columns = select(*(_row[name] for name in GuardianOut.model_fields))
_item = _columns.where(_row.child == bindparam("child")).order_by(_row.relation, _row.id).subquery("item")
_listed = select(cast(func.coalesce(func.json_agg(literal_column("item")), literal_column("'[]'")), Text)).select_from(
    _item
)

GUARDIAN = one(_columns.where(_row.id == bindparam("id"), _row.child == bindparam("child")), column("version"))
# No row when the child is not there, an empty array when it has no guardian on record.
GUARDIANS = Query(select(_listed.scalar_subquery()).select_from(Child).where(Child.id == bindparam("child")))
