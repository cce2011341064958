from sqlalchemy import bindparam, func, literal_column, select

from services.safety.kindergartens.models import Kindergarten
from services.safety.protections.models import AlarmTest, CameraPoint, Protection
from services.safety.protections.schemas import CameraOut, ProtectionOut
from services.safety.site_logs.models import SiteLog
from shared.documents import columns, listed, many

_profile, _place = Protection.__table__.alias("p"), Kindergarten.__table__.alias("k")
_camera, _test = CameraPoint.__table__.alias("c"), AlarmTest.__table__.alias("a")
_row = _profile.c
_cameras = (
    select(*columns(_camera, CameraOut))
    .where(_camera.c.kindergarten == _place.c.id)
    .correlate(_place)
    .order_by(_camera.c.code)
)
_last = (
    select(_test.c.tested_on, _test.c.passed)
    .where(_test.c.kindergarten == _place.c.id)
    .order_by(_test.c.tested_on.desc(), _test.c.id.desc())
    .limit(1)
    .lateral("last_test")
)
_book = SiteLog.__table__.alias("b")
_latest = (
    select(_book.c.kind, func.max(_book.c.at).label("at"))
    .where(_book.c.kindergarten == _place.c.id)
    .group_by(_book.c.kind)
    .correlate(_place)
    .subquery("latest")
)
_logged = (
    select(func.coalesce(func.json_object_agg(_latest.c.kind, _latest.c["at"]), literal_column("'{}'::json")))
    .correlate(_place)
    .scalar_subquery()
)
_computed = ("proofs", "online_rate", "required_guards", "valid_guards", "met", "gaps")
_special = {
    "kindergarten": _place.c.id,
    "kindergarten_name": _place.c.name,
    "division": _place.c.division,
    "alarm_tested_on": _last.c.tested_on,
    "alarm_passed": func.coalesce(_last.c.passed, literal_column("false")),
    "cameras": listed(_cameras),
    "logged": _logged,
}
_columns = [
    (_special[name] if name in _special else _row[name]).label(name)
    for name in ProtectionOut.model_fields
    if name not in _computed
]
_from = _place.outerjoin(_profile, _row.kindergarten == _place.c.id).outerjoin(_last, literal_column("true"))
_all = select(*_columns).select_from(_from)
PROTECTION = many(_all.where(_place.c.id == bindparam("kindergarten")))
PROTECTIONS = many(
    _all.where(_place.c.status == "operating", _place.c.division.bool_op("^@")(bindparam("division"))).order_by(
        _place.c.pinyin
    )
)
