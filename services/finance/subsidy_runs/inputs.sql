-- What a run computes from: approved programmes and numbers, certified months as they stand now.
-- Binds: :month (the run's), :programmes (codes).
WITH programme AS MATERIALIZED (
  SELECT code, shape, level, types, date_trunc('month', since)::date AS since, least(until, :month + 31) AS until
  FROM programmes WHERE code = ANY (:programmes) AND state = 'approved'),
span AS MATERIALIZED (
  SELECT month::date, (month + interval '1 month')::date AS next
  FROM generate_series(greatest((SELECT min(since) FROM programme), date_trunc('month', least(
      -- Before the first fact nothing is due and nothing was settled.
      (SELECT min(month) FROM headcounts), (SELECT min(month) FROM subsidy_lines),
      (SELECT min(since) FROM kindergarten_attributes), :month)))::timestamp, CAST(:month AS timestamp), '1 month')
    AS month),
number AS MATERIALIZED (
  SELECT id, name, split_part(key, '/', 1) AS programme, coalesce(nullif(split_part(key, '/', 2), ''), '*') AS a,
         coalesce(nullif(split_part(key, '/', 3), ''), '*') AS b, value, since, until,
         json_build_object('parameter', id, 'value', value::text, 'since', since, 'document', document,
                           'article', article, 'tag', tag) AS source
  FROM parameters WHERE state = 'approved'),

-- The certified month that counts, and its children by kind of class.
counted AS MATERIALIZED (
  SELECT DISTINCT ON (h.kindergarten, h.month) h.kindergarten, h.month, h.revision, h.count_day, h.hash, h.certified_by
  FROM headcounts h WHERE h.month <= :month AND h.month >= (SELECT min(since) FROM programme)
  ORDER BY h.kindergarten, h.month, h.revision DESC),
children AS MATERIALIZED (
  SELECT c.kindergarten, c.month, k.kind, sum(k.children) AS children, sum(k.last_year_children) AS last_year
  FROM counted c JOIN class_headcounts k USING (kindergarten, month, revision) GROUP BY 1, 2, 3),
-- A run pays by the fees that were filed; only a scenario assumes others.
assumed_fee AS (SELECT NULL::uuid AS kindergarten, NULL::numeric AS amount, NULL::numeric AS factor WHERE false),
