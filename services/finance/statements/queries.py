"""科目余额表, 明细账, 收支表. Each has two times: `since`/`until` of the effect, `known_at` of the record.

Months closed before the span count by their frozen turnover; with `known_at` every line is looked at.
"""

from typing import Any

from sqlalchemy import Date, DateTime, Integer, Subquery, Text, Uuid, column, select, text

from shared.listing import Listing

# A book, and the day from which its lines are summed one by one.
_BOOK = """
  SELECT id, CASE WHEN CAST(:known_at AS timestamptz) IS NULL
                  THEN least(closed_until, date_trunc('month', CAST(:since AS date))::date)
                  ELSE DATE '0001-01-01' END AS frozen, standard
  FROM books WHERE id = :id
"""
_KNOWN = "(CAST(:known_at AS timestamptz) IS NULL OR p.recorded_at <= :known_at)"
# The account as the chart named it on the last day of the span, or in its last version.
_NAMED = """
  LEFT JOIN LATERAL (
    SELECT a.name, a.element, a.side FROM account_titles a WHERE a.standard = b.standard AND a.code = s.account
    ORDER BY a.since < CAST(:until AS date) DESC, a.since DESC LIMIT 1) named ON true
"""


def _rows(statement: str, **columns: Any) -> Subquery:
    typed = [column(name, kind) for name, kind in columns.items()]
    return text(statement.replace("::", r"\:\:")).columns(*typed).subquery("report")


_balances = _rows(
    f"""
    WITH b AS MATERIALIZED ({_BOOK}),
    moves AS (
      SELECT t.account, t.debit - t.credit AS opening, 0.00 AS debit, 0.00 AS credit
      FROM closed_totals t JOIN b ON t.book = b.id WHERE t.month < b.frozen
      UNION ALL
      SELECT p.account, CASE WHEN p.effective_on < :since THEN p.amount ELSE 0.00 END,
             CASE WHEN p.effective_on >= :since AND p.amount > 0 THEN p.amount ELSE 0.00 END,
             CASE WHEN p.effective_on >= :since AND p.amount < 0 THEN -p.amount ELSE 0.00 END
      FROM postings p JOIN b ON p.book = b.id
      WHERE p.effective_on >= b.frozen AND p.effective_on < :until AND {_KNOWN}),
    s AS (SELECT account, sum(opening) AS opening, sum(debit) AS debit, sum(credit) AS credit FROM moves
          GROUP BY account)
    SELECT s.account AS code, named.name, named.element, named.side,
           CAST(s.opening * sign AS text) AS opening, CAST(s.debit AS text) AS debit, CAST(s.credit AS text) AS credit,
           CAST((s.opening + s.debit - s.credit) * sign AS text) AS closing
    FROM s CROSS JOIN b {_NAMED} CROSS JOIN LATERAL (SELECT CASE named.side WHEN 'credit' THEN -1 ELSE 1 END) f (sign)
    """,
    code=Text,
    name=Text,
    element=Text,
    side=Text,
    opening=Text,
    debit=Text,
    credit=Text,
    closing=Text,
)
_movements = _rows(
    f"""
    WITH b AS MATERIALIZED ({_BOOK}),
    before AS (
      SELECT coalesce((SELECT sum(t.debit - t.credit) FROM closed_totals t JOIN b ON t.book = b.id
                       WHERE t.account = :account AND t.month < b.frozen), 0.00)
           + coalesce((SELECT sum(p.amount) FROM postings p JOIN b ON p.book = b.id
                       WHERE p.account = :account AND p.effective_on >= b.frozen AND p.effective_on < :since
                         AND {_KNOWN}), 0.00) AS opening)
    SELECT p.entry::text || '/' || lpad(p.line::text, 4, '0') AS place, p.entry, p.line, p.effective_on, p.recorded_at,
           e.summary, p.memo,
           CAST(CASE WHEN p.amount > 0 THEN p.amount END AS text) AS debit,
           CAST(CASE WHEN p.amount < 0 THEN -p.amount END AS text) AS credit,
           CAST(before.opening + sum(p.amount) OVER (ORDER BY p.effective_on, p.entry, p.line) AS text) AS balance
    FROM postings p JOIN b ON p.book = b.id JOIN entries e ON e.id = p.entry CROSS JOIN before
    WHERE p.account = :account AND p.effective_on >= :since AND p.effective_on < :until AND {_KNOWN}
    """,
    place=Text,
    entry=Uuid,
    line=Integer,
    effective_on=Date,
    recorded_at=DateTime(timezone=True),
    summary=Text,
    memo=Text,
    debit=Text,
    credit=Text,
    balance=Text,
)
_results = _rows(
    f"""
    WITH b AS MATERIALIZED (SELECT id, standard FROM books WHERE id = :id),
    s AS (
      SELECT p.account,
             -sum(CASE WHEN p.effective_on >= :month THEN p.amount ELSE 0.00 END) AS month,
             -sum(p.amount) AS year_to_date
      FROM postings p JOIN b ON p.book = b.id JOIN entries e ON e.id = p.entry
      WHERE p.effective_on >= date_trunc('year', CAST(:month AS date))::date AND p.effective_on < :until
        AND e.source <> 'year_end' AND {_KNOWN}
      GROUP BY p.account)
    SELECT s.account AS code, named.name, named.element,
           CAST(s.month * sign AS text) AS month, CAST(s.year_to_date * sign AS text) AS year_to_date
    FROM s CROSS JOIN b {_NAMED} CROSS JOIN LATERAL (SELECT CASE named.side WHEN 'debit' THEN -1 ELSE 1 END) f (sign)
    WHERE named.element IN ('income', 'expense', 'budget_income', 'budget_expense')
    """,
    code=Text,
    name=Text,
    element=Text,
    month=Text,
    year_to_date=Text,
)

BALANCES = Listing("balances", select(_balances), _balances.c.code, {"code": _balances.c.code})
MOVEMENTS = Listing("movements", select(_movements), _movements.c.place, {"effective_on": _movements.c.effective_on})
RESULTS = Listing("income-and-expense", select(_results), _results.c.code, {"code": _results.c.code})
