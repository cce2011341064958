from sqlalchemy import BigInteger, Date, Text, bindparam, column, select, text

from services.finance.allocations.rules import GROUP, LABEL
from shared.listing import Listing

# What approved runs settled of each month, however many lines it took, by the type the last of them says.
_settled = """
  SELECT l.programme, l.kindergarten, l.month, sum(l.municipal) AS municipal, sum(l.district) AS district,
         (array_agg(l.explanation->>'type' ORDER BY l.id DESC))[1] AS type
  FROM subsidy_lines l JOIN subsidy_runs r ON r.id = l.run
  WHERE r.state NOT IN ('preparing', 'prepared', 'cancelled') AND l.month >= :since AND l.month < :until
    AND (CAST(:programme AS text) IS NULL OR l.programme = :programme)
  GROUP BY 1, 2, 3
"""
_allocations = (
    text(
        f"""
        WITH settled AS ({_settled}),
        counted AS (SELECT kindergarten, month, max(revision) AS revision FROM headcounts
                    WHERE month >= :since AND month < :until GROUP BY 1, 2),
        children AS (SELECT kindergarten, month, sum(children) AS children
                     FROM counted JOIN class_headcounts USING (kindergarten, month, revision) GROUP BY 1, 2),
        x AS (
          SELECT s.*, f.level, CASE f.level WHEN 'municipal' THEN s.municipal ELSE s.district END AS amount,
                 EXISTS (SELECT FROM kindergarten_attributes a WHERE a.kindergarten = s.kindergarten
                         AND a.name = 'village_level' AND a.state = 'approved' AND a.value > 0
                         AND a.since <= s.month AND a.until > s.month) AS village_level
          FROM settled s CROSS JOIN (VALUES ('municipal'), ('district')) f (level)),
        grouped AS (
          SELECT {GROUP} AS key, {LABEL.format(group=GROUP)} AS label, x.kindergarten, x.month, sum(x.amount) AS amount,
                 sum(x.amount) FILTER (WHERE x.level = 'municipal') AS municipal
          FROM x JOIN kindergartens k ON k.id = x.kindergarten JOIN programmes g ON g.code = x.programme
          GROUP BY 1, 3, 4)
        SELECT key, min(label) AS label, sum(g.amount)::text AS amount,
               coalesce(sum(municipal), 0.00)::text AS municipal,
               (sum(g.amount) - coalesce(sum(municipal), 0))::text AS district,
               round(sum(g.amount) / nullif(sum(sum(g.amount)) OVER (), 0), 4)::text AS share,
               count(DISTINCT kindergarten) AS kindergartens, coalesce(sum(children), 0)::bigint AS child_months,
               round(sum(g.amount) / nullif(sum(children), 0), 2)::text AS per_child
        FROM grouped g LEFT JOIN children USING (kindergarten, month) GROUP BY key
        """.replace("::", r"\:\:")
    )
    .bindparams(bindparam("programme", None), bindparam("since", type_=Date), bindparam("until", type_=Date))
    .columns(
        column("key", Text),
        column("label", Text),
        column("amount", Text),
        column("municipal", Text),
        column("district", Text),
        column("share", Text),
        column("kindergartens", BigInteger),
        column("child_months", BigInteger),
        column("per_child", Text),
    )
    .subquery("allocations")
)
ALLOCATIONS = Listing("allocations", select(_allocations), _allocations.c.key, {"key": _allocations.c.key})
