-- What kindergartens spent by their books and whom they served, in each of the periods of `era` (era, since, until).
spent AS MATERIALIZED (
  SELECT r.era, b.kindergarten, p.account, t.name, sum(p.amount) AS amount
  FROM era r CROSS JOIN books b JOIN postings p ON p.book = b.id AND p.effective_on >= r.since
      AND p.effective_on < r.until
    JOIN entries e ON e.id = p.entry AND e.source <> 'year_end'
    JOIN account_titles t ON t.standard = b.standard AND t.code = p.account AND t.element = 'expense'
      AND t.since <= p.effective_on AND t.until > p.effective_on
  WHERE b.kindergarten IS NOT NULL GROUP BY 1, 2, 3, 4),
served AS MATERIALIZED (
  SELECT h.era, h.kindergarten, sum(k.children) AS child_months, count(DISTINCT h.month) AS months
  FROM (SELECT r.era, c.kindergarten, c.month, max(c.revision) AS revision
        FROM era r JOIN headcounts c ON c.month >= r.since AND c.month < r.until GROUP BY 1, 2, 3) h
    JOIN class_headcounts k USING (kindergarten, month, revision) GROUP BY 1, 2),
cost AS MATERIALIZED (
  SELECT s.era, s.kindergarten, sum(s.amount) AS expense, v.child_months, v.months,
         round(sum(s.amount) / nullif(v.child_months, 0), 2) AS monthly
  FROM spent s LEFT JOIN served v USING (era, kindergarten) GROUP BY 1, 2, 4, 5)
