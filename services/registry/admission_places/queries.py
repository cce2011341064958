import json
from datetime import date
from typing import Any

from sqlalchemy import Date, Text, Uuid, bindparam, case, column, func, select, true

from services.registry.admission_places.rules import MACHINE, Place
from services.registry.admission_places.schemas import AdmissionPlaceRow
from services.registry.admissions.models import AdmissionPlace, AdmissionSeats
from services.registry.children.models import Child
from services.registry.offers import held
from shared.auth import Actor
from shared.days import today
from shared.documents import one
from shared.listing import Listing
from shared.machine import offered

_it, _seats, _child = AdmissionPlace.__table__, AdmissionSeats.__table__, Child.__table__
# Who sees the child's record sees the child; a kindergarten is told who was offered a place of its own.
_told = (
    func.admitted_child(_it.c.id)
    .table_valued(column("name", Text), column("sex", Text), column("birth_date", Date), column("document_mask", Text))
    .lateral("told")
)
_special = {
    "kindergarten_name": _seats.c.kindergarten_name,
    "child": case((func.coalesce(_child.c.name, _told.c.name).is_not(None), _it.c.child), else_=None),
    "child_name": func.coalesce(_child.c.name, _told.c.name),
    "sex": func.coalesce(_child.c.sex, _told.c.sex),
    "birth_date": func.coalesce(_child.c.birth_date, _told.c.birth_date),
    "document_mask": func.coalesce(_child.c.document_mask, _told.c.document_mask),
}
_columns = select(
    *((_special[name] if name in _special else _it.c[name]).label(name) for name in AdmissionPlaceRow.model_fields)
).select_from(
    _it.outerjoin(_seats, _seats.c.id == _it.c.seats_of)
    .outerjoin(_child, _child.c.id == _it.c.child)
    .outerjoin(_told, true())
)
PLACES = Listing(
    "admission-places",
    _columns,
    _it.c.id,
    {"turn": _it.c.turn},
    {
        "round": _it.c.round == bindparam("round"),
        "kindergarten": _it.c.kindergarten == bindparam("kindergarten"),
        "kind": _it.c.kind == bindparam("kind"),
        "state": _it.c.state == bindparam("state"),
        "application": _it.c.application == bindparam("application", type_=Uuid),
        "answer_before": _it.c.answer_by < bindparam("answer_before", type_=Date),
    },
)
PLACE = one(
    _columns.add_columns(_it.c.home_division).where(_it.c.id == bindparam("id")),
    column("version"),
)


def completed(text: str, caller: Actor) -> str:
    """The JSON of one place, with what the caller may do with it now."""
    row: dict[str, Any] = json.loads(text)
    answer_by = row["answer_by"]
    standing = Place(row["state"], date.fromisoformat(answer_by) if answer_by else None)
    may = held(caller, row["division"], row["kindergarten"]) | held(caller, row.pop("home_division"), None)
    row["actions"] = offered(MACHINE, standing, caller.id, may, today())
    return json.dumps(row, ensure_ascii=False)
