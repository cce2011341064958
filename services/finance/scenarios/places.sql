,
era AS (SELECT 1 AS era, CAST(:since AS date) - interval '12 months' AS since, CAST(:since AS date) AS until),
{costs},
total AS MATERIALIZED (SELECT kindergarten, month, sum(children) AS children FROM children GROUP BY 1, 2),
income AS MATERIALIZED (
  SELECT DISTINCT ON (k.id) k.id AS kindergarten, n.value
  FROM kindergartens k JOIN number n ON n.name = 'household_income'
    AND (n.programme = '*' OR k.division ^@ n.programme) AND n.since <= CAST(:since AS date) AND n.until > CAST(:since AS date)
  ORDER BY k.id, n.programme = '*', length(n.programme) DESC, n.since DESC)
INSERT INTO scenario_places (scenario, rules, kindergarten, division, month, type, village_level, children, fee, income,
  cost)
SELECT :scenario, :rules, p.kindergarten, p.division, p.month, p.type,
       EXISTS (SELECT FROM kindergarten_attributes a WHERE a.kindergarten = p.kindergarten AND a.name = 'village_level'
               AND a.state = 'approved' AND a.value > 0 AND a.since <= p.month AND a.until > p.month),
       coalesce(t.children, 0), f.amount, i.value, c.monthly
FROM place p JOIN fee f USING (kindergarten, month) LEFT JOIN total t USING (kindergarten, month)
  LEFT JOIN income i USING (kindergarten) LEFT JOIN cost c USING (kindergarten)
