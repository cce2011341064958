from sqlalchemy import Date, and_, bindparam, column, or_, select

from services.registry.credit_entries.models import CreditEntry
from services.registry.credit_entries.schemas import CreditEntryOut, PublicCreditEntry
from services.registry.kindergartens.models import Kindergarten
from shared.documents import columns, many, one
from shared.listing import Listing

_row, _k = CreditEntry.__table__.c, Kindergarten.__table__.c
_day = bindparam("as_of", type_=Date)
_in_force = and_(
    or_(_row.withdrawn_on.is_(None), _row.withdrawn_on > _day), or_(_row.until.is_(None), _row.until > _day)
)
_columns = select(
    *columns(CreditEntry.__table__, CreditEntryOut, kindergarten_name=_k.name, in_force=_in_force)
).select_from(CreditEntry.__table__.join(Kindergarten.__table__, _k.id == _row.kindergarten))
ENTRIES = Listing(
    "credit-entries",
    _columns,
    _row.id,
    {"occurred_on": _row.occurred_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "founder": _row.founder == bindparam("founder"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "subject": _row.subject == bindparam("subject"),
        "kind": _row.kind == bindparam("kind"),
        "effect": _row.effect == bindparam("effect"),
        "public": _row.public == bindparam("public"),
        "in_force": _in_force == bindparam("in_force"),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)
ENTRY = one(_columns.where(_row.id == bindparam("id")), column("version"))
PUBLIC = many(
    select(*(_row[name] for name in PublicCreditEntry.model_fields))
    .where(_row.kindergarten == bindparam("id"), _row.public, _in_force)
    .order_by(_row.occurred_on.desc(), _row.id.desc())
)
