-- Average pay of a month by whatever groups the caller asks for: nothing of fewer people than the least a cell may hold.
-- Binds: :month, :role (or null for all), :alone (one row a kindergarten, else one a type).
WITH number AS (
  SELECT DISTINCT ON (key) key, value FROM parameters
  WHERE name = 'alert_number' AND state = 'approved' AND value IS NOT NULL AND since <= :month AND until > :month
  ORDER BY key, since DESC),
least AS (SELECT coalesce((SELECT value FROM number WHERE key = 'pay_04/least_people'), 5) AS people,
                 (SELECT value FROM number WHERE key = 'pay_04/ratio') AS ratio),
staff AS (
  SELECT kindergarten, person, (array_agg(role ORDER BY full_time DESC, since DESC))[1] AS role,
         (array_agg(employment ORDER BY full_time DESC, since DESC))[1] AS employment, bool_or(full_time) AS full_time
  FROM posts WHERE since < (CAST(:month AS date) + interval '1 month')::date AND until > :month GROUP BY 1, 2),
pay AS (
  SELECT k.type, CASE WHEN :alone THEN k.id END AS kindergarten, s.employment = 'established' AS established, p.payable
  FROM payroll_proofs p JOIN payroll_sheets t ON t.id = p.sheet AND t.state = 'accepted' AND t.month = :month
    JOIN staff s ON s.kindergarten = p.kindergarten AND s.person = p.person
    JOIN kindergartens k ON k.id = p.kindergarten
  WHERE s.full_time AND s.employment <> 'outsourced' AND p.leave = '' AND k.type IS NOT NULL
    AND (CAST(:role AS text) IS NULL OR s.role = :role)),
cell AS (
  SELECT type, kindergarten, count(*) AS people, avg(payable) AS average,
         count(*) FILTER (WHERE established) AS established, avg(payable) FILTER (WHERE established) AS established_average,
         count(*) FILTER (WHERE NOT established) AS others, avg(payable) FILTER (WHERE NOT established) AS others_average
  FROM pay GROUP BY type, kindergarten),
-- What is hidden must not be what the total leaves: a type with too few people hidden hides its smallest shown cell too.
small AS (
  SELECT c.type, sum(c.people) AS people FROM cell c CROSS JOIN least l WHERE c.people < l.people GROUP BY c.type),
smallest AS (
  SELECT DISTINCT ON (c.type) c.type, c.kindergarten FROM cell c CROSS JOIN least l JOIN small s USING (type)
  WHERE :alone AND c.people >= l.people AND s.people < l.people ORDER BY c.type, c.people, c.kindergarten),
-- Two averages and their total give the third away: a group that is too small hides the other one as well.
shown AS (
  SELECT c.*, c.people >= l.people AND h.type IS NULL AS whole,
         c.established >= l.people AND c.others >= l.people AND h.type IS NULL AS parts, l.ratio
  FROM cell c CROSS JOIN least l LEFT JOIN smallest h ON h.type = c.type AND h.kindergarten = c.kindergarten)
SELECT type || '/' || coalesce(kindergarten::text, '') AS place, type, kindergarten,
       CASE WHEN whole THEN people END AS people, CAST(CASE WHEN whole THEN round(average, 2) END AS text) AS average,
       CAST(CASE WHEN parts THEN round(established_average, 2) END AS text) AS established_average,
       CAST(CASE WHEN parts THEN round(others_average, 2) END AS text) AS others_average,
       CAST(CASE WHEN parts THEN round(others_average / nullif(established_average, 0), 4) END AS text) AS ratio,
       CAST(trim_scale(ratio) AS text) AS least_ratio,
       CASE WHEN parts AND type = 'public' THEN others_average >= established_average * ratio END AS meets,
       NOT whole OR (NOT parts AND established > 0 AND others > 0) AS suppressed
FROM shown
