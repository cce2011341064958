from sqlalchemy import Text, bindparam, func, select

from services.registry.births.models import Birth
from services.registry.births.schemas import BirthOut, PopulationOut
from services.registry.divisions.models import Division, Population
from shared.documents import one
from shared.listing import Listing

_birth, _people, _division = Birth.__table__.c, Population.__table__.c, Division.__table__.c
_names = {"division_name": _division.name}
_births = select(
    *((_names[name] if name in _names else _birth[name]).label(name) for name in BirthOut.model_fields)
).select_from(Birth.__table__.join(Division.__table__, _division.code == _birth.division))
BIRTHS = Listing(
    "births",
    _births,
    func.concat(_birth.division, "/", _birth.year, type_=Text),
    {"division": _birth.division, "year": _birth.year},
    {
        "division": _birth.division.bool_op("^@")(bindparam("division")),
        "year": _birth.year == bindparam("year"),
        "confirmed": _birth.confirmed_by.is_not(None) == bindparam("confirmed"),
    },
)
BIRTH = one(_births.where(_birth.division == bindparam("division"), _birth.year == bindparam("year")))
_rows = select(
    *((_names[name] if name in _names else _people[name]).label(name) for name in PopulationOut.model_fields)
).select_from(Population.__table__.join(Division.__table__, _division.code == _people.division))
POPULATIONS = Listing(
    "populations",
    _rows,
    func.concat_ws("/", _people.division, _people.counted_on, _people.age, _people.basis, type_=Text),
    {"division": _people.division, "counted_on": _people.counted_on},
    {
        "division": _people.division.bool_op("^@")(bindparam("division")),
        "counted_on": _people.counted_on == bindparam("counted_on"),
        "basis": _people.basis == bindparam("basis"),
        "age": _people.age == bindparam("age"),
    },
)
