from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, Integer, Subquery, Text, bindparam, column, select, text

from services.finance.standard_reviews.models import StandardReview
from services.finance.standard_reviews.schemas import DueReviewOut, StandardReviewOut, TriggerOut
from services.finance.unit_costs.queries import COSTS
from shared.documents import columns, one
from shared.listing import Listing

_row = StandardReview.__table__.c
_columns = select(*columns(StandardReview.__table__, StandardReviewOut))
REVIEWS = Listing(
    "standard-reviews",
    _columns,
    _row.id,
    {"reviewed_on": _row.reviewed_on},
    {name: _row[name] == bindparam(name) for name in ("name", "subject", "outcome", "state")},
)
REVIEW = one(_columns.where(_row.id == bindparam("id")), column("version"))


def _rows(statement: str, *binds: Any, **types: Any) -> Subquery:
    made = text(statement.replace("::", r"\:\:")).bindparams(*binds)
    return made.columns(*(column(name, kind) for name, kind in types.items())).subquery("rows")


# The standards that are reviewed: rules that fix what is paid or charged.
_due = _rows(
    """
    WITH standard AS (
      SELECT name, split_part(key, '/', 1) AS subject, max(since) AS set_on FROM parameters
      WHERE state = 'approved' AND since <= :as_of AND name IN ('fee_ceiling', 'free_year_standard', 'subsidy_rate',
        'subsidy_tilt', 'subsidy_cap', 'municipal_share', 'aid_share') GROUP BY 1, 2),
    reviewed AS (
      SELECT name, subject, max(reviewed_on) AS reviewed_on FROM standard_reviews
      WHERE state = 'approved' AND reviewed_on <= :as_of GROUP BY 1, 2),
    due AS (
      SELECT s.*, r.reviewed_on, n.value::integer AS years, n.document,
             (greatest(s.set_on, r.reviewed_on) + make_interval(years => n.value::integer))::date AS due_on
      FROM standard s LEFT JOIN reviewed r USING (name, subject)
        LEFT JOIN LATERAL (
          SELECT value, document FROM parameters p WHERE p.state = 'approved' AND p.name = 'review_interval'
            AND p.key IN (s.name || '/' || s.subject, s.name, s.name || '/*', '*') AND p.since <= :as_of
            AND p.until > :as_of
          ORDER BY array_position(ARRAY[s.name || '/' || s.subject, s.name || '/*', s.name, '*'], p.key), p.since DESC
          LIMIT 1) n ON true)
    SELECT name, subject, set_on, reviewed_on, years, due_on, coalesce(due_on <= :as_of, false) AS overdue, document,
           coalesce(due_on, '9999-12-31')::text || '/' || name || '/' || subject AS place
    FROM due
    """,
    bindparam("as_of", type_=Date),
    name=Text,
    subject=Text,
    set_on=Date,
    reviewed_on=Date,
    years=BigInteger,
    due_on=Date,
    overdue=Boolean,
    document=Text,
    place=Text,
)
CALENDAR = Listing(
    "standard-review-calendar",
    select(*(_due.c[name] for name in DueReviewOut.model_fields)),
    _due.c.place,
    {"place": _due.c.place},
    {"overdue": _due.c.overdue == bindparam("overdue")},
)
_triggers = _rows(
    f"""
    WITH era AS (
      SELECT y AS era, make_date(y, 1, 1) AS since, make_date(y + 1, 1, 1) AS until
      FROM generate_series(CAST(:year AS integer) - 1, CAST(:year AS integer)) y),
    {COSTS},
    costing AS (
      SELECT c.era, k.type, sum(c.expense) AS expense, sum(c.child_months) AS children
      FROM cost c JOIN kindergartens k ON k.id = c.kindergarten
      WHERE c.child_months > 0 AND k.type IS NOT NULL GROUP BY 1, 2),
    income AS (
      SELECT DISTINCT ON (r.era, p.key) r.era, p.key AS subject, p.value FROM era r JOIN parameters p
        ON p.state = 'approved' AND p.name = 'household_income' AND p.since < r.until AND p.until >= r.until
      ORDER BY r.era, p.key, p.since DESC),
    fee AS (
      SELECT r.era, k.type, avg(i.amount) AS amount, avg(i.amount * 12 / nullif(n.value, 0)) AS burden
      FROM era r JOIN fee_items i ON i.state = 'published' AND i.category = 'care_education' AND i.unit = 'month'
          AND i.since < r.until AND i.until >= r.until
        JOIN kindergartens k ON k.id = i.kindergarten
        LEFT JOIN LATERAL (SELECT value FROM income n WHERE n.era = r.era AND (n.subject = '*'
          OR k.division ^@ n.subject) ORDER BY n.subject = '*', length(n.subject) DESC LIMIT 1) n ON true
      GROUP BY 1, 2),
    given AS (
      SELECT r.era, k.type, sum(l.amount) AS amount FROM era r JOIN subsidy_lines l ON l.month >= r.since
          AND l.month < r.until JOIN subsidy_runs s ON s.id = l.run
          AND s.state NOT IN ('preparing', 'prepared', 'cancelled')
        JOIN kindergartens k ON k.id = l.kindergarten WHERE l.kindergarten IN (SELECT kindergarten FROM cost)
      GROUP BY 1, 2),
    charged AS (
      SELECT r.era, k.type, sum(c.amount) AS amount FROM era r JOIN charges c ON c.covers_since >= r.since
          AND c.covers_since < r.until AND c.category <> 'collected'
        JOIN kindergartens k ON k.id = c.kindergarten WHERE c.kindergarten IN (SELECT kindergarten FROM cost)
      GROUP BY 1, 2),
    figure AS (
      SELECT 'cost' AS indicator, type AS subject, era, round(expense / children, 2) AS value FROM costing
      UNION ALL SELECT 'income', subject, era, value FROM income
      UNION ALL SELECT 'burden', type, era, round(burden, 4) FROM fee WHERE type IS NOT NULL
      UNION ALL SELECT 'coverage', c.type, c.era, round((coalesce(g.amount, 0) + coalesce(f.amount, 0)) / c.expense, 4)
        FROM costing c LEFT JOIN given g USING (era, type) LEFT JOIN charged f USING (era, type) WHERE c.expense > 0),
    paired AS (
      SELECT indicator, subject, max(value) FILTER (WHERE era < :year) AS former,
             max(value) FILTER (WHERE era = :year) AS current FROM figure GROUP BY 1, 2),
    measured AS (
      SELECT p.*, CASE WHEN indicator IN ('cost', 'income') THEN round((current - former) / nullif(former, 0), 4)
                       ELSE current END AS measure FROM paired p)
    SELECT m.indicator, m.subject, m.former::text AS former, m.current::text AS current, m.measure::text AS measure,
           n.value::text AS threshold, n.document, m.indicator || '/' || m.subject AS place,
           coalesce(CASE m.indicator WHEN 'burden' THEN m.measure >= n.value WHEN 'coverage' THEN m.measure <= n.value
                                     ELSE abs(m.measure) >= n.value END, false) AS triggered
    FROM measured m LEFT JOIN LATERAL (
      SELECT value, document FROM parameters p WHERE p.state = 'approved' AND p.name = 'review_trigger'
        AND p.key IN (m.indicator || '/' || m.subject, m.indicator)
        AND p.since < make_date(CAST(:year AS integer) + 1, 1, 1)
        AND p.until > make_date(CAST(:year AS integer), 12, 31)
      ORDER BY p.key = m.indicator, p.since DESC LIMIT 1) n ON true
    """,
    bindparam("year", type_=Integer),
    indicator=Text,
    subject=Text,
    former=Text,
    current=Text,
    measure=Text,
    threshold=Text,
    document=Text,
    place=Text,
    triggered=Boolean,
)
TRIGGERS = Listing(
    "standard-review-triggers",
    select(*(_triggers.c[name] for name in TriggerOut.model_fields)),
    _triggers.c.place,
    {"place": _triggers.c.place},
    {"triggered": _triggers.c.triggered == bindparam("triggered")},
)
