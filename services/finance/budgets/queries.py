from sqlalchemy import Integer, Text, bindparam, cast, column, select, text

from services.finance.budgets.models import Budget
from services.finance.budgets.schemas import BudgetOut
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
        "state": _row.state == bindparam("state"),
    },
)
BUDGET = one(_columns.where(_row.id == bindparam("id")), column("version"))

# Settled is what approved runs say, by the month it is for.
_SETTLED = """
  SELECT f.level, l.programme, l.month,
         sum(CASE f.level WHEN 'municipal' THEN l.municipal ELSE l.district END) AS amount
  FROM subsidy_lines l JOIN subsidy_runs r ON r.id = l.run CROSS JOIN (VALUES ('municipal'), ('district')) f (level)
  WHERE r.state NOT IN ('preparing', 'prepared', 'cancelled')
    AND l.month >= make_date(CAST(:year AS integer), 1, 1) AND l.month < make_date(CAST(:year AS integer) + 1, 1, 1)
  GROUP BY 1, 2, 3
"""
_execution = (
    text(
        f"""
        WITH settled AS ({_SETTLED}),
        planned AS (SELECT level, programme, amount FROM budgets WHERE state = 'approved' AND year = :year),
        rows AS (
          SELECT coalesce(p.level, s.level) AS level, coalesce(p.programme, s.programme) AS programme,
                 coalesce(min(p.amount), 0.00) AS allocated
          FROM planned p FULL JOIN settled s USING (level, programme) GROUP BY 1, 2),
        months AS (
          SELECT r.level, r.programme, r.allocated, m AS month, coalesce(s.amount, 0.00) AS settled,
                 coalesce(sum(s.amount) OVER (PARTITION BY r.level, r.programme ORDER BY m), 0.00) AS cumulative
          FROM rows r CROSS JOIN generate_series(1, 12) m
            LEFT JOIN settled s ON s.level = r.level AND s.programme = r.programme
              AND s.month = make_date(CAST(:year AS integer), m, 1))
        SELECT programme || '/' || level || '/' || lpad(month::text, 2, '0') AS place, level, programme, month,
               CAST(allocated AS text) AS allocated, CAST(settled AS text) AS settled,
               CAST(cumulative AS text) AS cumulative, CAST(allocated - cumulative AS text) AS balance,
               CAST(round(cumulative / nullif(allocated, 0), 4) AS text) AS rate
        FROM months
        """.replace("::", r"\:\:")
    )
    .bindparams(bindparam("year", type_=Integer))
    .columns(
        column("place", Text),
        column("level", Text),
        column("programme", Text),
        column("month", Integer),
        column("allocated", Text),
        column("settled", Text),
        column("cumulative", Text),
        column("balance", Text),
        column("rate", Text),
    )
    .subquery("execution")
)
EXECUTION = Listing("budget-execution", select(_execution), _execution.c.place, {"place": _execution.c.place})
SETTLED = text(
    f"SELECT level, programme, sum(amount) FROM ({_SETTLED}) s WHERE level IS NOT NULL AND month <= :until"
    " GROUP BY 1, 2"
)
