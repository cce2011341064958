from sqlalchemy import Date, bindparam, select

from services.safety.kindergartens.models import Kindergarten
from services.safety.routines.models import Drill, MorningCheck
from shared.documents import among, many

_check, _place, _drill = MorningCheck.__table__.c, Kindergarten.__table__.c, Drill.__table__.c
_since, _until = bindparam("since", type_=Date), bindparam("until", type_=Date)
ABSENCES = many(
    select(_check.kindergarten, _check["class_name"].label("group"), _check.day, _check.causes).where(
        _check.day >= _since, _check.day <= _until, _check.division.bool_op("^@")(bindparam("division"))
    )
)
_held = (
    select(_drill.id)
    .where(_drill.kindergarten == _place.id, _drill.held_on >= _since, _drill.held_on <= _until)
    .where(among(_drill.kind, ("evacuation", "fire", "earthquake", "joint")))
)
UNDRILLED = many(
    select(_place.id, _place.name)
    .where(_place.status == "operating", _place.division.bool_op("^@")(bindparam("division")), ~_held.exists())
    .order_by(_place.pinyin)
)
