from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, Subquery, Text, bindparam, cast, column, select, text

from services.finance.budgets.models import Budget
from services.finance.budgets.schemas import BudgetOut
from services.finance.subsidy_payments.queries import DISTRIBUTED
from shared.documents import one
from shared.listing import Listing

_row = Budget.__table__.c
_amount = {"amount": cast(_row.amount, Text).label("amount")}
_columns = select(*(_amount.get(name, _row[name]) for name in BudgetOut.model_fields))
BUDGETS = Listing(
    "budgets",
    _columns,
    _row.id,
    {"year": _row.year},
    {
        "year": _row.year == bindparam("year", type_=Integer),
        "level": _row.level == bindparam("level"),
        "programme": _row.programme == bindparam("programme"),
        "state": _row.state == bindparam("state"),
    },
)
BUDGET = one(_columns.where(_row.id == bindparam("id")), column("version"))

# Settled is what approved runs say, by the month it is for; distributed what was paid, by the day the bank paid it;
# spent what kindergartens reported, by the day they spent it.
_FUNDS = "CROSS JOIN (VALUES ('municipal'), ('district')) f (level)"
_APPROVED = "r.state NOT IN ('preparing', 'prepared', 'cancelled')"
_SETTLED = f"""
  SELECT f.level, l.programme, l.month,
         sum(CASE f.level WHEN 'municipal' THEN l.municipal ELSE l.district END) AS amount
  FROM subsidy_lines l JOIN subsidy_runs r ON r.id = l.run {_FUNDS}
  WHERE {_APPROVED}
    AND l.month >= make_date(CAST(:year AS integer), 1, 1) AND l.month < make_date(CAST(:year AS integer) + 1, 1, 1)
  GROUP BY 1, 2, 3
"""
_PAID = f"""
  SELECT f.level, d.programme, date_trunc('month', d.paid_on)::date AS month,
         sum(CASE f.level WHEN 'municipal' THEN d.municipal ELSE d.district END) AS amount
  FROM ({DISTRIBUTED}) d {_FUNDS}
  WHERE d.paid_on >= make_date(CAST(:year AS integer), 1, 1) AND d.paid_on < make_date(CAST(:year AS integer) + 1, 1, 1)
  GROUP BY 1, 2, 3
"""
_SPENT = """
  SELECT level, programme, date_trunc('month', used_on)::date AS month, sum(amount) AS amount FROM subsidy_uses
  WHERE state <> 'rejected' AND used_on >= make_date(CAST(:year AS integer), 1, 1)
    AND used_on < make_date(CAST(:year AS integer) + 1, 1, 1)
  GROUP BY 1, 2, 3
"""


def _rows(statement: str, *binds: Any, **types: Any) -> Subquery:
    made = text(statement.replace("::", r"\:\:")).bindparams(*binds)
    return made.columns(*(column(name, kind) for name, kind in types.items())).subquery("rows")


_execution = _rows(
    f"""
    WITH settled AS ({_SETTLED}), paid AS ({_PAID}), spent AS ({_SPENT}),
    planned AS (SELECT level, programme, sum(amount) AS amount FROM budgets
                WHERE state = 'approved' AND year = :year GROUP BY 1, 2),
    fund AS (SELECT level, programme FROM planned UNION SELECT level, programme FROM settled
             UNION SELECT level, programme FROM paid UNION SELECT level, programme FROM spent),
    months AS (
      SELECT r.level, r.programme, coalesce(p.amount, 0.00) AS allocated, m AS month,
             coalesce(s.amount, 0.00) AS settled, coalesce(d.amount, 0.00) AS distributed,
             coalesce(u.amount, 0.00) AS spent
      FROM fund r CROSS JOIN generate_series(1, 12) m
        CROSS JOIN LATERAL (SELECT make_date(CAST(:year AS integer), m, 1)) n (month)
        LEFT JOIN planned p USING (level, programme)
        LEFT JOIN settled s ON s.level = r.level AND s.programme = r.programme AND s.month = n.month
        LEFT JOIN paid d ON d.level = r.level AND d.programme = r.programme AND d.month = n.month
        LEFT JOIN spent u ON u.level = r.level AND u.programme = r.programme AND u.month = n.month),
    run AS (
      SELECT *, sum(settled) OVER w AS to_settle, sum(distributed) OVER w AS to_pay, sum(spent) OVER w AS to_spend
      FROM months WINDOW w AS (PARTITION BY level, programme ORDER BY month))
    SELECT programme || '/' || level || '/' || lpad(month::text, 2, '0') AS place, level, programme, month,
           allocated::text AS allocated, settled::text AS settled, to_settle::text AS cumulative,
           (allocated - to_settle)::text AS balance, distributed::text AS distributed,
           to_pay::text AS cumulative_distributed, (to_settle - to_pay)::text AS undistributed, spent::text AS spent,
           to_spend::text AS cumulative_spent, (to_pay - to_spend)::text AS unspent,
           round(to_settle / nullif(allocated, 0), 4)::text AS rate,
           round(to_pay / nullif(allocated, 0), 4)::text AS distribution_rate
    FROM run
    """,
    bindparam("year", type_=Integer),
    place=Text,
    level=Text,
    programme=Text,
    month=Integer,
    allocated=Text,
    settled=Text,
    cumulative=Text,
    balance=Text,
    distributed=Text,
    cumulative_distributed=Text,
    undistributed=Text,
    spent=Text,
    cumulative_spent=Text,
    unspent=Text,
    rate=Text,
    distribution_rate=Text,
)
EXECUTION = Listing(
    "budget-execution",
    select(_execution),
    _execution.c.place,
    {"place": _execution.c.place},
    {
        "level": _execution.c.level == bindparam("level"),
        "programme": _execution.c.programme == bindparam("programme"),
        "month": _execution.c.month == bindparam("month", type_=Integer),
    },
)
SETTLED = text(
    f"SELECT level, programme, sum(amount) FROM ({_SETTLED}) s WHERE level IS NOT NULL AND month <= :until"
    " GROUP BY 1, 2"
)
# What was settled a year over the children it was for: each certified child of each month with a line, once.
_YEARLY = f"""
  SELECT y.year, y.level, sum(y.amount) AS settled, sum(c.children) AS child_months,
         round(sum(y.amount) / nullif(sum(c.children), 0), 2) AS per_child
  FROM (SELECT extract(year FROM l.month)::integer AS year, f.level, l.kindergarten, l.month,
               sum(CASE f.level WHEN 'municipal' THEN l.municipal ELSE l.district END) AS amount
        FROM subsidy_lines l JOIN subsidy_runs r ON r.id = l.run {_FUNDS} WHERE {_APPROVED} GROUP BY 1, 2, 3, 4) y
    LEFT JOIN (SELECT kindergarten, month, sum(children) AS children FROM class_headcounts
                 JOIN (SELECT kindergarten, month, max(revision) AS revision FROM headcounts GROUP BY 1, 2) h
                   USING (kindergarten, month, revision) GROUP BY 1, 2) c USING (kindergarten, month)
  GROUP BY 1, 2
"""
PER_CHILD = text(
    f"SELECT year, per_child FROM ({_YEARLY}) y WHERE level = 'district' AND per_child IS NOT NULL"
    " AND year IN (:year, :year - 1)".replace("::", r"\:\:")
).bindparams(bindparam("year", type_=Integer))
_trend = _rows(
    f"""
    WITH yearly AS ({_YEARLY}),
    planned AS (SELECT year, level, sum(amount) AS amount FROM budgets WHERE state = 'approved' GROUP BY 1, 2),
    paid AS (SELECT extract(year FROM d.paid_on)::integer AS year, f.level,
                    sum(CASE f.level WHEN 'municipal' THEN d.municipal ELSE d.district END) AS amount
             FROM ({DISTRIBUTED}) d {_FUNDS} GROUP BY 1, 2),
    whole AS (
      SELECT year, level, coalesce(p.amount, 0.00) AS allocated, coalesce(y.settled, 0.00) AS settled,
             coalesce(d.amount, 0.00) AS distributed, coalesce(y.child_months, 0) AS child_months, y.per_child
      FROM planned p FULL JOIN yearly y USING (year, level) FULL JOIN paid d USING (year, level)),
    beside AS (SELECT w.*, f.allocated AS former, f.per_child AS former_per_child
               FROM whole w LEFT JOIN whole f ON f.level = w.level AND f.year = w.year - 1)
    SELECT year || '/' || level AS place, year, level, allocated::text AS allocated, settled::text AS settled,
           distributed::text AS distributed, child_months::bigint AS child_months, per_child::text AS per_child,
           (allocated - former)::text AS change,
           round((allocated - former) / nullif(former, 0), 4)::text AS change_rate,
           (per_child - former_per_child)::text AS change_per_child,
           coalesce(allocated < former, false) AS below_last_year
    FROM beside
    """,
    place=Text,
    year=Integer,
    level=Text,
    allocated=Text,
    settled=Text,
    distributed=Text,
    child_months=BigInteger,
    per_child=Text,
    change=Text,
    change_rate=Text,
    change_per_child=Text,
    below_last_year=Boolean,
)
TREND = Listing(
    "budget-trend",
    select(*(each for each in _trend.c if each.key != "place")),
    _trend.c.place,
    {"place": _trend.c.place},
    {"level": _trend.c.level == bindparam("level")},
)
