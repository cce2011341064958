-- What a scenario computes from: its copy of the numbers, certified months and, where none is certified yet, the last
-- one before, scaled as the scenario assumes. :rules chooses between the values in force and the scenario's own.
-- Binds: :scenario, :rules, :since and :month (its first and last), :programmes (codes).
WITH programme AS MATERIALIZED (
  SELECT code, shape, level, types, date_trunc('month', since)::date AS since, least(until, :month + 31) AS until
  FROM programmes
  WHERE code = ANY (:programmes) AND (state = 'approved' OR state = 'proposed' AND CAST(:rules AS text) = 'scenario')),
span AS MATERIALIZED (
  SELECT month::date, (month + interval '1 month')::date AS next
  FROM generate_series(CAST(:since AS timestamp), CAST(:month AS timestamp), '1 month') AS month),
number AS MATERIALIZED (
  SELECT id, name, split_part(key, '/', 1) AS programme, coalesce(nullif(split_part(key, '/', 2), ''), '*') AS a,
         coalesce(nullif(split_part(key, '/', 3), ''), '*') AS b, v.value, since, until,
         json_build_object('parameter', coalesce(parameter, id), 'value', v.value::text, 'since', since,
                           'document', document, 'article', article, 'tag', tag) AS source
  FROM scenario_numbers
    CROSS JOIN LATERAL (SELECT CASE CAST(:rules AS text) WHEN 'scenario' THEN value ELSE former END) AS v (value)
  WHERE scenario = :scenario AND (CAST(:rules AS text) = 'scenario' OR parameter IS NOT NULL)),

-- Of several assumptions that fit a kindergarten the smallest place counts, then the one that names its type.
scale AS MATERIALIZED (
  SELECT DISTINCT ON (k.id) k.id AS kindergarten, e.factor
  FROM scenarios s CROSS JOIN LATERAL jsonb_to_recordset(s.enrolment) AS e (division text, type text, factor numeric)
    JOIN kindergartens k ON k.division ^@ coalesce(e.division, '') AND k.type = coalesce(e.type, k.type)
  WHERE s.id = :scenario ORDER BY k.id, length(e.division) DESC NULLS LAST, e.type IS NULL),
assumed_fee AS MATERIALIZED (
  SELECT DISTINCT ON (k.id) k.id AS kindergarten, e.amount, e.factor
  FROM scenarios s
    CROSS JOIN LATERAL jsonb_to_recordset(s.fees) AS e (division text, type text, amount numeric, factor numeric)
    JOIN kindergartens k ON k.division ^@ coalesce(e.division, '') AND k.type = coalesce(e.type, k.type)
  WHERE s.id = :scenario AND CAST(:rules AS text) = 'scenario'
  ORDER BY k.id, length(e.division) DESC NULLS LAST, e.type IS NULL),
counted AS MATERIALIZED (
  SELECT DISTINCT ON (h.kindergarten, s.month) h.kindergarten, s.month, h.month AS certified, h.revision,
         least(s.month + (h.count_day - h.month), s.next - 1) AS count_day, h.hash, coalesce(f.factor, 1) AS factor,
         CASE WHEN h.month = s.month AND coalesce(f.factor, 1) = 1 THEN h.certified_by
              ELSE to_char(h.month, 'YYYY-MM') || ' 核定人数 × ' || trim_scale(coalesce(f.factor, 1)) END AS certified_by
  FROM span s JOIN headcounts h ON h.month <= s.month AND h.month >= CAST(:since AS date) - interval '12 months'
    LEFT JOIN scale f ON f.kindergarten = h.kindergarten
  ORDER BY h.kindergarten, s.month, h.month DESC, h.revision DESC),
children AS MATERIALIZED (
  SELECT c.kindergarten, c.month, k.kind, round(sum(k.children) * c.factor) AS children,
         round(sum(k.last_year_children) * c.factor) AS last_year
  FROM counted c JOIN class_headcounts k
    ON k.kindergarten = c.kindergarten AND k.month = c.certified AND k.revision = c.revision GROUP BY 1, 2, 3, c.factor),
