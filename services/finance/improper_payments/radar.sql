-- What may have been paid without somebody behind it in one month: each hit with its rows and the money at stake.
-- Binds: :month (its first day), :workdays (the country's working days of the month).
WITH span AS (SELECT CAST(:month AS date) AS month, (CAST(:month AS date) + interval '1 month')::date AS next),
number AS (
  SELECT DISTINCT ON (key) key, value FROM parameters, span
  WHERE name = 'alert_number' AND state = 'approved' AND value IS NOT NULL AND since <= month AND until > month
  ORDER BY key, parameters.since DESC),

-- The certified month, who was enrolled on the day of counting, and what was settled for it.
counted AS MATERIALIZED (
  SELECT DISTINCT ON (kindergarten) kindergarten, division, revision, count_day, open_days, hash FROM headcounts
  WHERE month = :month ORDER BY kindergarten, revision DESC),
room AS MATERIALIZED (
  SELECT k.kindergarten, k.class_id, k.kind, k.children, k.child_days
  FROM counted c JOIN class_headcounts k ON k.kindergarten = c.kindergarten AND k.month = :month
    AND k.revision = c.revision),
certified AS MATERIALIZED (
  SELECT c.kindergarten, c.division, c.revision, c.count_day, c.open_days, c.hash, sum(r.children) AS children,
         sum(r.child_days) AS child_days
  FROM counted c JOIN room r USING (kindergarten) GROUP BY 1, 2, 3, 4, 5, 6),
paid AS MATERIALIZED (
  SELECT l.kindergarten, sum(l.amount) AS amount FROM subsidy_lines l
    JOIN subsidy_payments p ON p.run = l.run AND p.kindergarten = l.kindergarten
  WHERE l.month = :month GROUP BY 1),
per_child AS MATERIALIZED (
  SELECT c.kindergarten, p.amount, p.amount / nullif(c.children, 0) AS child, p.amount / nullif(c.child_days, 0) AS day
  FROM certified c JOIN paid p USING (kindergarten)),
here AS MATERIALIZED (
  SELECT c.kindergarten, c.division, e.child, min(e.since) AS since FROM counted c
    JOIN enrolments e ON e.kindergarten = c.kindergarten AND e.since <= c.count_day AND e.until > c.count_day
  GROUP BY 1, 2, 3),
enrolled AS (SELECT kindergarten, count(*) AS children FROM here GROUP BY 1),

-- Children who are counted and not there: those who left in the school year first, the rest is nobody at all.
-- Where the register told of nobody in the whole month there is nothing to compare with.
excess AS (
  SELECT c.*, coalesce(e.children, 0) AS enrolled, c.children - coalesce(e.children, 0) AS children_over
  FROM certified c LEFT JOIN enrolled e USING (kindergarten)
  WHERE c.children > coalesce(e.children, 0) AND EXISTS (
    SELECT FROM enrolments o, span WHERE o.kindergarten = c.kindergarten AND o.since < span.next
      AND o.until > make_date(extract(year FROM c.count_day - interval '8 months')::integer, 9, 1))),
departed AS (
  SELECT x.kindergarten, e.child, max(e.until) AS left_on,
         row_number() OVER (PARTITION BY x.kindergarten ORDER BY max(e.until) DESC, e.child) AS place
  FROM excess x JOIN enrolments e ON e.kindergarten = x.kindergarten AND e.since < e.until AND e.until <= x.count_day
    AND e.until > make_date(extract(year FROM x.count_day - interval '8 months')::integer, 9, 1)
  WHERE NOT EXISTS (SELECT FROM here h WHERE h.kindergarten = x.kindergarten AND h.child = e.child)
  GROUP BY x.kindergarten, e.child),
gone AS (
  SELECT d.kindergarten, count(*) AS children,
         jsonb_agg(jsonb_build_object('child', d.child, 'left_on', d.left_on) ORDER BY d.place) AS rows
  FROM departed d JOIN excess x USING (kindergarten) WHERE d.place <= x.children_over GROUP BY 1),
twice AS (SELECT child FROM here GROUP BY 1 HAVING count(*) > 1),

-- Attendance day by day against the calendar.
taken AS MATERIALIZED (
  SELECT a.kindergarten, a.division, a.class_id, a.day, a.children, a.present / 2.0 AS present,
         coalesce(c.open, a.day = ANY (CAST(:workdays AS date[]))) AND s.status IS DISTINCT FROM 'suspended'
           AND s.status IS DISTINCT FROM 'closed' AS open
  FROM span JOIN attendance_days a ON a.day >= span.month AND a.day < span.next
    LEFT JOIN calendar_days c ON c.kindergarten = a.kindergarten AND c.day = a.day
    LEFT JOIN LATERAL (
      SELECT k.status FROM kindergarten_states k WHERE k.kindergarten = a.kindergarten AND k.since <= a.day
      ORDER BY k.since DESC, k.version DESC LIMIT 1) s ON true
  WHERE a.present > 0),
pattern AS (
  SELECT t.kindergarten, t.division, t.class_id, max(t.children) AS children, count(*) AS days,
         count(DISTINCT t.present) AS kinds, string_agg(t.day || ':' || t.present, ' ' ORDER BY t.day) AS series,
         min(t.present) AS present
  FROM taken t WHERE t.open GROUP BY 1, 2, 3),
same AS (
  SELECT p.*, CASE WHEN p.kinds > 1 AND p.first <> p.class_id::text THEN p.first END AS copied_from
  FROM (SELECT *, min(class_id::text) OVER (PARTITION BY kindergarten, series) AS first FROM pattern) p
  WHERE p.days >= (SELECT value FROM number WHERE key = 'rad_04/days')
    AND p.children >= (SELECT value FROM number WHERE key = 'rad_04/children')),
stays AS (
  SELECT c.kindergarten, count(DISTINCT e.child) AS children FROM counted c CROSS JOIN span
    JOIN enrolments e ON e.kindergarten = c.kindergarten AND e.since < span.next AND e.until > span.month
  GROUP BY 1),

-- People on the payroll against their posts.
proof AS MATERIALIZED (
  SELECT p.sheet, p.kindergarten, p.division, p.person, p.paid, p.days_present, p.leave, p.contract
  FROM payroll_proofs p JOIN payroll_sheets s ON s.id = p.sheet AND s.state = 'accepted' AND s.month = :month
  WHERE p.paid > 0),
post AS MATERIALIZED (
  SELECT p.* FROM posts p, span WHERE p.since < span.next AND p.until > span.month AND p.since < p.until),
ghost AS (
  SELECT p.kindergarten, p.division, p.person, p.paid, 'no_post' AS why, jsonb_build_object('sheet', p.sheet) AS row
  FROM proof p WHERE NOT EXISTS (
    SELECT FROM post o WHERE o.kindergarten = p.kindergarten AND o.person = p.person)
  UNION ALL
  SELECT p.kindergarten, p.division, p.person, p.paid, 'never_present', jsonb_build_object('sheet', p.sheet)
  FROM proof p WHERE p.days_present = 0 AND p.leave = ''
  UNION ALL
  SELECT a.kindergarten, a.division, a.person, coalesce(max(p.paid), 0), 'two_full_time_posts',
         jsonb_build_object('post', min(a.id::text), 'other_posts', jsonb_agg(DISTINCT b.id),
                            'other_kindergartens', jsonb_agg(DISTINCT b.kindergarten))
  FROM span CROSS JOIN post a JOIN post b ON b.person = a.person AND b.kindergarten <> a.kindergarten
      AND greatest(a.since, b.since, span.month) < least(a.until, b.until, span.next)
    LEFT JOIN proof p ON p.kindergarten = a.kindergarten AND p.person = a.person
  WHERE a.full_time AND b.full_time GROUP BY 1, 2, 3),

-- Money that reaches a related party through companies it holds or people close to it.
chain AS (
  WITH RECURSIVE reached AS (
    SELECT r.kindergarten, r.name, ARRAY[r.name] AS path, r.since, r.until FROM related_parties r
    UNION
    SELECT c.kindergarten, n.name, c.path || n.name, greatest(c.since, n.since), least(c.until, n.until)
    FROM reached c CROSS JOIN LATERAL (
      SELECT o.owned AS name, o.since, o.until FROM ownerships o WHERE o.owner = c.name
      UNION ALL
      SELECT o.owner, o.since, o.until FROM ownerships o WHERE o.owned = c.name AND o.relation = 'kin') n
    WHERE cardinality(c.path) < 5 AND n.name <> ALL (c.path) AND greatest(c.since, n.since) < least(c.until, n.until))
  SELECT * FROM reached WHERE cardinality(path) > 1),
channelled AS (
  SELECT DISTINCT ON (l.id) l.kindergarten, l.division, l.id, l.booked_on, l.reference, l.counterparty, l.purpose,
         -l.amount AS amount, c.path
  FROM span JOIN bank_lines l ON l.booked_on >= span.month AND l.booked_on < span.next AND l.amount < 0
    JOIN chain c ON c.kindergarten = l.kindergarten AND c.name = l.counterparty
      AND c.since <= l.booked_on AND c.until > l.booked_on
  WHERE NOT EXISTS (SELECT FROM related_parties r WHERE r.kindergarten = l.kindergarten AND r.name = l.counterparty
                      AND r.since <= l.booked_on AND r.until > l.booked_on)
  ORDER BY l.id, cardinality(c.path), c.path),

hits AS (
  SELECT 'RAD-01' AS rule, x.kindergarten, x.division, x.children_over - coalesce(g.children, 0) AS people,
         (x.children_over - coalesce(g.children, 0)) * p.child AS stake,
         jsonb_build_object('certified', x.children, 'enrolled', x.enrolled, 'count_day', x.count_day,
                            'revision', x.revision, 'hash', x.hash) AS evidence
  FROM excess x LEFT JOIN gone g USING (kindergarten) LEFT JOIN per_child p USING (kindergarten)
  WHERE x.children_over > coalesce(g.children, 0)
  UNION ALL
  SELECT 'RAD-02', h.kindergarten, h.division, count(*), count(*) * min(p.child),
         jsonb_build_object('children', jsonb_agg(h.child ORDER BY h.child), 'rows', jsonb_agg(jsonb_build_object(
           'child', h.child, 'since', h.since, 'other_kindergartens', o.others) ORDER BY h.child))
  FROM here h JOIN twice USING (child) LEFT JOIN per_child p USING (kindergarten)
    CROSS JOIN LATERAL (SELECT jsonb_agg(i.kindergarten ORDER BY i.kindergarten) AS others FROM here i
                        WHERE i.child = h.child AND i.kindergarten <> h.kindergarten) o
  GROUP BY 2, 3
  UNION ALL
  SELECT 'RAD-03', t.kindergarten, t.division, max(t.children), sum(t.present) * min(p.day),
         jsonb_build_object('rows', jsonb_agg(jsonb_build_object(
           'class_id', t.class_id, 'day', t.day, 'children', t.present) ORDER BY t.day, t.class_id))
  FROM taken t LEFT JOIN per_child p USING (kindergarten) WHERE NOT t.open GROUP BY 2, 3
  UNION ALL
  SELECT 'RAD-04', s.kindergarten, s.division, sum(s.children), sum(s.children) * min(p.child),
         jsonb_build_object('rows', jsonb_agg(jsonb_build_object(
           'class_id', s.class_id, 'days', s.days, 'present_every_day', CASE WHEN s.kinds = 1 THEN s.present END,
           'same_as_class', s.copied_from) ORDER BY s.class_id))
  FROM same s LEFT JOIN per_child p USING (kindergarten) WHERE s.kinds = 1 OR s.copied_from IS NOT NULL GROUP BY 2, 3
  UNION ALL
  SELECT 'RAD-05', r.kindergarten, c.division, sum(r.children - k.hard_limit),
         sum(r.children - k.hard_limit) * min(p.child),
         jsonb_build_object('rows', jsonb_agg(jsonb_build_object(
           'class_id', r.class_id, 'certified', r.children, 'limit', k.hard_limit) ORDER BY r.class_id))
  FROM room r JOIN counted c USING (kindergarten) JOIN class_copies k ON k.id = r.class_id
    LEFT JOIN per_child p ON p.kindergarten = r.kindergarten WHERE r.children > k.hard_limit GROUP BY 2, 3
  UNION ALL
  SELECT 'RAD-06', g.kindergarten, x.division, g.children, g.children * p.child,
         jsonb_build_object('certified', x.children, 'enrolled', x.enrolled, 'count_day', x.count_day, 'rows', g.rows)
  FROM gone g JOIN excess x USING (kindergarten) LEFT JOIN per_child p USING (kindergarten)
  UNION ALL
  SELECT 'RAD-07', g.kindergarten, min(g.division), count(DISTINCT g.person),
         (SELECT sum(each.paid) FROM (SELECT DISTINCT h.person, h.paid FROM ghost h
                                      WHERE h.kindergarten = g.kindergarten) each),
         jsonb_build_object('rows', jsonb_agg(g.row || jsonb_build_object('person', g.person, 'why', g.why)
                                              ORDER BY g.person, g.why))
  FROM ghost g GROUP BY 2
  UNION ALL
  SELECT 'RAD-08', c.kindergarten, min(c.division), count(*), sum(c.amount),
         jsonb_build_object('rows', jsonb_agg(jsonb_build_object(
           'line', c.id, 'on', c.booked_on, 'reference', c.reference, 'amount', c.amount::text,
           'counterparty', c.counterparty, 'purpose', c.purpose, 'chain', c.path) ORDER BY c.booked_on, c.reference))
  FROM channelled c GROUP BY 2
  UNION ALL
  SELECT 'RAD-09', c.kindergarten, c.division, ceil(o.days / nullif(c.open_days, 0)), o.days * p.day,
         jsonb_build_object('child_days', c.child_days, 'enrolled_in_month', s.children, 'certified', c.children,
                            'open_days', c.open_days, 'revision', c.revision, 'hash', c.hash)
  FROM certified c JOIN stays s USING (kindergarten) LEFT JOIN per_child p USING (kindergarten)
    CROSS JOIN LATERAL (SELECT c.child_days - greatest(s.children, c.children) * c.open_days::numeric AS days) o
  WHERE o.days > 0)
SELECT h.rule || '/' || h.kindergarten::text AS place, h.rule, h.kindergarten, h.division,
       coalesce(h.people, 0)::integer AS children, CAST(round(coalesce(h.stake, 0), 2) AS text) AS amount, h.evidence,
       a.id AS alert, a.state AS alert_state
FROM hits h LEFT JOIN account_alerts a ON a.rule = h.rule
  AND a.cause = h.kindergarten::text || '/' || to_char(CAST(:month AS date), 'YYYY-MM')
