from sqlalchemy import Text, bindparam, cast, func, literal_column, select, text

from services.registry.admissions.models import AdmissionPublication, AdmissionRound, AdmissionSeats
from shared.db import Query

_published, _round = AdmissionPublication.__table__, AdmissionRound.__table__
_moment = cast(func.to_json(_published.c.published_at), Text)
_found = (_published.c.round == bindparam("id")) & (_round.c.id == _published.c.round)

# The document goes out as it was stored: what it says is what the hash says.
INPUTS = Query(
    select(
        func.concat(
            literal_column("""'{"hash":"'"""),
            _published.c.hash,
            literal_column("""'","published_at":'"""),
            _moment,
            literal_column("""',"seed":'"""),
            func.coalesce(cast(func.to_json(_round.c.seed), Text), literal_column("'null'")),
            literal_column("""',"inputs":'"""),
            _published.c.document,
            literal_column("'}'"),
        )
    ).where(_found, _published.c.kind == literal_column("'inputs'"))
)
RESULT = Query(
    select(
        func.concat(
            literal_column("""'{"hash":"'"""),
            _published.c.hash,
            literal_column("""'","published_at":'"""),
            _moment,
            literal_column("""',"result":'"""),
            _published.c.document,
            literal_column("'}'"),
        )
    ).where(_found, _published.c.kind == literal_column("'result'"))
)

OFFERED = select(AdmissionSeats).where(AdmissionSeats.round == bindparam("round")).order_by(AdmissionSeats.id)
# The application with what of it is confirmed; nothing else counts.
WISHING = text("""
SELECT a.id, a.number, a.child, a.division, a.wishes, a.bands, a.synthetic,
       (SELECT coalesce(json_agg(json_build_array(d.criterion, d.at_kindergarten)), '[]'::json)
        FROM admission_declarations d WHERE d.application = a.id AND d.state = 'confirmed') AS declared
FROM admission_applications a WHERE a.round = :round AND a.state = 'filed' ORDER BY a.number
""")
