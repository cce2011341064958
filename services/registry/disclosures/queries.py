from sqlalchemy import Text, Uuid, bindparam, cast, func, literal, select

from shared.listing import Listing
from shared.platform.tables import AccessLog

_row = AccessLog.__table__.c
# The log keeps one text: the purpose, a colon, the reason.
_purpose = func.split_part(_row.purpose, ":", 1)

ACCESSES = Listing(
    "access-log",
    select(
        _row.id,
        _row.at,
        _row.actor,
        _purpose.label("purpose"),
        func.substr(_row.purpose, func.length(_purpose) + 2).label("reason"),
        _row.subject,
        _row.fields,
        _row.division,
        _row.kindergarten,
        _row.trace,
    ),
    _row.id,
    {"at": _row.at},
    {
        "actor": _row.actor == bindparam("actor"),
        "purpose": _purpose == bindparam("purpose"),
        "child": _row.subject == literal("children/").concat(cast(bindparam("child", type_=Uuid), Text)),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "since": _row.at >= bindparam("since"),
        "until": _row.at < bindparam("until"),
    },
)
