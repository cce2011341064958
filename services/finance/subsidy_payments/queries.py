from sqlalchemy import Text, Uuid, bindparam, cast, column, select

from services.finance.subsidy_payments.models import Disbursement, Instruction, Payment
from services.finance.subsidy_payments.schemas import DisbursementOut, InstructionOut, PaymentOut
from shared.documents import one
from shared.listing import Listing

# Money that reached kindergartens, by the line it settles and the day it was paid. What a payment below zero carries
# over is set off against, and dated by, the next that pays anything; so the sum is what the bank moved, to the fen.
DISTRIBUTED = """
  SELECT l.programme, l.kindergarten, l.municipal, l.district, coalesce(p.paid_on, n.paid_on) AS paid_on
  FROM subsidy_payments p
    LEFT JOIN LATERAL (SELECT q.paid_on, q.state FROM subsidy_payments q WHERE q.kindergarten = p.kindergarten
                       AND q.id > p.id AND q.amount > 0 ORDER BY q.id LIMIT 1) n ON p.state = 'nothing'
    JOIN subsidy_lines l ON l.run = p.run AND l.kindergarten = p.kindergarten
  WHERE p.state = 'paid' OR p.state = 'nothing' AND n.state = 'paid'
"""

_payment, _file, _line = Payment.__table__.c, Disbursement.__table__.c, Instruction.__table__.c
_money = {name: cast(_payment[name], Text).label(name) for name in ("lines", "carried_in", "amount", "carried_out")}
_payments = select(*(_money.get(name, _payment[name]) for name in PaymentOut.model_fields))
PAYMENTS = Listing(
    "subsidy-payments",
    _payments,
    _payment.id,
    {"id": _payment.id},
    {name: _payment[name] == bindparam(name) for name in ("run", "kindergarten", "state")},
)
PAYMENT = one(_payments.where(_payment.id == bindparam("id")), column("version"))
_total = {"total": cast(_file.total, Text).label("total")}
DISBURSEMENT = one(
    select(*(_total.get(name, _file[name]) for name in DisbursementOut.model_fields)).where(_file.id == bindparam("id"))
)
_amount = {"amount": cast(_line.amount, Text).label("amount")}
INSTRUCTIONS = Listing(
    "disbursement",
    select(*(_amount.get(name, _line[name]) for name in InstructionOut.model_fields)).where(
        _line.disbursement == bindparam("id", type_=Uuid)
    ),
    _line.reference,
    {"reference": _line.reference},
    {"outcome": _line.outcome == bindparam("outcome")},
)
