import json

from sqlalchemy import Integer, Uuid, bindparam, column, func, literal_column, select, text

from services.registry.admission_rounds.schemas import AdmissionRoundRow, AdmissionSeatsRow
from services.registry.admissions.models import (
    AdmissionApplication,
    AdmissionDeclaration,
    AdmissionPlace,
    AdmissionRound,
    AdmissionSeats,
)
from shared.documents import many, one
from shared.listing import Listing

_round, _seats = AdmissionRound.__table__, AdmissionSeats.__table__
_application, _declaration, _place = (
    AdmissionApplication.__table__,
    AdmissionDeclaration.__table__,
    AdmissionPlace.__table__,
)
_total = select(func.coalesce(func.sum(_seats.c.seats), 0)).where(_seats.c.round == _round.c.id).scalar_subquery()
UNCHECKED = (
    select(func.count())
    .select_from(_declaration.join(_application, _application.c.id == _declaration.c.application))
    .where(
        _application.c.round == _round.c.id,
        _application.c.state == literal_column("'filed'"),
        _declaration.c.state == literal_column("'declared'"),
    )
    .correlate(_round)
    .scalar_subquery()
)
UNANSWERED = (
    select(func.count())
    .select_from(_place)
    .where(_place.c.round == _round.c.id, _place.c.state == literal_column("'offered'"))
    .correlate(_round)
    .scalar_subquery()
)
_columns = select(
    *((_total if name == "seats" else _round.c[name]).label(name) for name in AdmissionRoundRow.model_fields)
)
ROUNDS = Listing(
    "admission-rounds",
    _columns,
    _round.c.id,
    {"opens_on": _round.c.opens_on},
    {
        "division": _round.c.division.bool_op("^@")(bindparam("division")),
        "school_year": _round.c.school_year == bindparam("school_year"),
        "state": _round.c.state == bindparam("state"),
    },
)
ROUND = one(
    _columns.add_columns(UNCHECKED.label("unchecked"), UNANSWERED.label("unanswered")).where(
        _round.c.id == bindparam("id")
    ),
    column("version"),
)

_offered = select(*(_seats.c[name] for name in AdmissionSeatsRow.model_fields))
SEATS = Listing(
    "admission-seats",
    _offered.where(_seats.c.round == bindparam("round", type_=Uuid)),
    _seats.c.id,
    {"division": _seats.c.division},
    {
        "kindergarten": _seats.c.kindergarten == bindparam("kindergarten"),
        "division": _seats.c.division.bool_op("^@")(bindparam("division")),
        "kind": _seats.c.kind == bindparam("kind"),
    },
)
OFFERED = one(
    _offered.where(
        _seats.c.round == bindparam("round"),
        _seats.c.kindergarten == bindparam("kindergarten"),
        _seats.c.kind == bindparam("kind"),
    ),
    column("version"),
)

# Who will be there when the school year begins: enrolled in the class already, or in the class it continues and young
# enough to stay. Nursery classes have seats of their own.
_free = (
    text("""
WITH rooms AS (
  SELECT c.kindergarten, c.kind, c.standard_size,
         (SELECT count(*) FROM enrolments e WHERE e.class_id = c.id AND e.until > c.since)
         + (SELECT count(*) FROM enrolments e JOIN children k ON k.id = e.child
            WHERE e.class_id = c.continues AND e.until = '9999-12-31' AND k.birth_date >= make_date(:year - 6, 9, 1))
           AS staying
  FROM classes c JOIN kindergartens g ON g.id = c.kindergarten
  WHERE c.school_year = :year AND c.kind <> 'nursery' AND g.division ^@ :division
    AND (CAST(:kindergarten AS uuid) IS NULL OR g.id = :kindergarten)
)
SELECT r.kindergarten, g.name AS kindergarten_name, r.kind, CAST(sum(r.standard_size) AS integer) AS standard,
       CAST(sum(r.staying) AS integer) AS staying,
       CAST(greatest(sum(r.standard_size) - sum(r.staying), 0) AS integer) AS free, g.licensed_seats AS licensed,
       CAST(sum(sum(r.staying)) OVER (PARTITION BY r.kindergarten) AS integer) AS staying_in_all,
       (SELECT s.seats FROM admission_seats s
        WHERE s.round = :round AND s.kindergarten = r.kindergarten AND s.kind = r.kind) AS set
FROM rooms r JOIN kindergartens g ON g.id = r.kindergarten GROUP BY r.kindergarten, r.kind, g.id
ORDER BY g.pinyin, r.kindergarten, r.kind
""")
    .bindparams(
        bindparam("year", type_=Integer),
        bindparam("division"),
        bindparam("kindergarten", None, type_=Uuid),
        bindparam("round", type_=Uuid),
    )
    .columns(
        *(column(name) for name in ("kindergarten", "kindergarten_name", "kind", "standard", "staying", "free")),
        *(column(name) for name in ("licensed", "staying_in_all", "set")),
    )
)
FREE = _free
FREE_LIST = many(select(_free.subquery("free_seats")))


def asked(round_: str) -> dict[str, object]:
    """What `FREE_LIST` asks for, from the JSON of a round."""
    found = json.loads(round_)
    return {"year": found["school_year"], "division": found["division"], "round": found["id"]}
