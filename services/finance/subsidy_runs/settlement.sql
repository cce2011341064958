,
-- What approved runs settled before.
settled AS MATERIALIZED (
  SELECT l.programme AS code, l.kindergarten, l.month, sum(l.amount) AS amount, sum(l.municipal) AS municipal
  FROM subsidy_lines l JOIN subsidy_runs r ON r.id = l.run
  WHERE r.state NOT IN ('preparing', 'prepared', 'cancelled') AND l.programme = ANY (:programmes) GROUP BY 1, 2, 3),

-- The difference between the two: of the run's own month a line even when it is nothing, of former months what changed.
line AS MATERIALIZED (
  SELECT coalesce(d.code, s.code) AS programme, coalesce(d.kindergarten, s.kindergarten) AS kindergarten,
         coalesce(d.month, s.month) AS month, coalesce(d.entitled, 0) AS entitled,
         coalesce(s.amount, 0) AS settled, coalesce(d.entitled, 0) - coalesce(s.amount, 0) AS amount,
         coalesce(d.municipal, 0) - coalesce(s.municipal, 0) AS municipal,
         coalesce(d.unmet, '{not_applicable}') AS unmet, d.revision
  FROM due d FULL JOIN settled s USING (code, kindergarten, month)
  WHERE coalesce(d.month, s.month) <= :month
    AND ((coalesce(d.month, s.month) = :month AND d.code IS NOT NULL)
         OR coalesce(d.entitled, 0) <> coalesce(s.amount, 0) OR coalesce(d.municipal, 0) <> coalesce(s.municipal, 0)))
