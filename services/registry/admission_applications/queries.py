import json
from datetime import date
from typing import Any

from sqlalchemy import bindparam, column, func, literal_column, select

from services.registry.admission_applications.rules import MACHINE, Application
from services.registry.admission_applications.schemas import AdmissionApplicationRow, AdmissionDeclarationOut
from services.registry.admissions.models import (
    AdmissionApplication,
    AdmissionDeclaration,
    AdmissionPlace,
    AdmissionRound,
    AdmissionSeats,
)
from services.registry.children.models import Child, Guardian
from services.registry.offers import held
from shared.auth import Actor
from shared.days import today
from shared.documents import one
from shared.listing import Listing
from shared.machine import offered

_it, _round = AdmissionApplication.__table__, AdmissionRound.__table__
_child, _guardian = Child.__table__, Guardian.__table__
_declaration, _place, _seats = AdmissionDeclaration.__table__, AdmissionPlace.__table__, AdmissionSeats.__table__

_unchecked = (
    select(func.count())
    .where(_declaration.c.application == _it.c.id, _declaration.c.state == literal_column("'declared'"))
    .correlate(_it)
    .scalar_subquery()
)
_special = {
    "child_name": _child.c.name,
    "birth_date": _child.c.birth_date,
    "document_mask": _child.c.document_mask,
    "guardian_name": _guardian.c.name,
    "phone_mask": _guardian.c.phone_mask,
    "wished": func.cardinality(_it.c.wishes),
    "unchecked": _unchecked,
}
_from = _it.outerjoin(_child, _child.c.id == _it.c.child).outerjoin(_guardian, _guardian.c.id == _it.c.guardian)
_columns = select(
    *(
        (_special[name] if name in _special else _it.c[name]).label(name)
        for name in AdmissionApplicationRow.model_fields
    )
).select_from(_from)
APPLICATIONS = Listing(
    "admission-applications",
    _columns,
    _it.c.id,
    {"filed": _it.c.id},
    {
        "round": _it.c.round == bindparam("round"),
        "child": _it.c.child == bindparam("child"),
        "division": _it.c.division.bool_op("^@")(bindparam("division")),
        "state": _it.c.state == bindparam("state"),
        "number": _it.c.number == bindparam("number"),
        "unchecked": (_unchecked > 0) == bindparam("unchecked"),
    },
)

_wish = (
    func.unnest(_it.c.wishes, _it.c.bands)
    .table_valued("seats_of", "band", with_ordinality="wish", name="wish")
    .render_derived()
)
_reached = (_place.c.application == _it.c.id) & (_place.c.seats_of == _wish.c.seats_of)
_each_wish = (
    select(
        _wish.c.wish,
        _wish.c.seats_of,
        _seats.c.kindergarten,
        _seats.c.kind,
        _wish.c.band,
        _place.c.id.label("place"),
        _place.c.state,
        _place.c.turn,
        _place.c.answer_by,
    )
    .select_from(_wish.join(_seats, _seats.c.id == _wish.c.seats_of).outerjoin(_place, _reached))
    .order_by(_wish.c.wish)
    .correlate(_it)
    .subquery("each_wish")
)
_wishes = select(func.json_agg(literal_column("each_wish"))).select_from(_each_wish).scalar_subquery()
_each_declaration = (
    select(*(_declaration.c[name] for name in AdmissionDeclarationOut.model_fields))
    .where(_declaration.c.application == _it.c.id)
    .order_by(_declaration.c.id)
    .correlate(_it)
    .subquery("each_declaration")
)
_declarations = (
    select(func.coalesce(func.json_agg(literal_column("each_declaration")), literal_column("'[]'::json")))
    .select_from(_each_declaration)
    .scalar_subquery()
)
APPLICATION = one(
    _columns.add_columns(
        _wishes.label("wishes"),
        _declarations.label("declarations"),
        _round.c.state.label("round_state"),
        _round.c.opens_on,
        _round.c.closes_on,
    )
    .select_from(_from.join(_round, _round.c.id == _it.c.round))
    .where(_it.c.id == bindparam("id")),
    column("version"),
)


def completed(text: str, caller: Actor) -> str:
    """The JSON of one application, with what the caller may do with it now."""
    row: dict[str, Any] = json.loads(text)
    of_round = row.pop("round_state"), *(date.fromisoformat(row.pop(name)) for name in ("opens_on", "closes_on"))
    case = Application(row["state"], *of_round)
    row["actions"] = offered(MACHINE, case, caller.id, held(caller, row["division"], None), today())
    return json.dumps(row, ensure_ascii=False)
