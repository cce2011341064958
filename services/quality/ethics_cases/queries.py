from typing import Any

from sqlalchemy import Text, bindparam, func, literal_column, select

from services.quality.ethics_cases.models import EthicsCase, EthicsHandler, EthicsReading, EthicsStep
from services.quality.ethics_cases.schemas import (
    EthicsCaseOut,
    EthicsCaseRow,
    EthicsHandlerOut,
    EthicsReadingOut,
    EthicsStepOut,
)
from shared.documents import listed, many, one
from shared.listing import Listing

_row = EthicsCase.__table__.c
_columns = [_row[name] for name in EthicsCaseRow.model_fields]
CASES = Listing(
    "ethics-cases",
    select(*_columns),
    _row.id,
    {"reported_on": _row.reported_on},
    {"kindergarten": _row.kindergarten == bindparam("kindergarten"), "state": _row.state == bindparam("state")},
)
_step, _reading = EthicsStep.__table__.c, EthicsReading.__table__.c


def _hex(name: str) -> Any:
    return func.encode(_row[f"{name}_sealed"], literal_column("'hex'")).cast(Text)


_steps = select(*((_step.on_day if name == "on" else _step[name]).label(name) for name in EthicsStepOut.model_fields))
_readings = select(*(_reading[name] for name in EthicsReadingOut.model_fields))
_special = {
    "accused": _hex("accused"),
    "accused_number": _hex("accused_number"),
    "contact": _hex("contact"),
    "steps": listed(_steps.where(_step.case_id == _row.id).order_by(_step.id).correlate(EthicsCase.__table__)),
    "readings": listed(
        _readings.where(_reading.case_id == _row.id).order_by(_reading.id).correlate(EthicsCase.__table__)
    ),
}
CASE = one(
    select(
        *(
            (_special[name] if name in _special else _row[name]).label(name)
            for name in EthicsCaseOut.model_fields
            if name != "actions"
        )
    ).where(_row.id == bindparam("id"))
)
_handler = EthicsHandler.__table__.c
HANDLERS = many(select(*(_handler[name] for name in EthicsHandlerOut.model_fields)).order_by(_handler.id))
HANDLER = one(select(*(_handler[name] for name in EthicsHandlerOut.model_fields)).where(_handler.id == bindparam("id")))
