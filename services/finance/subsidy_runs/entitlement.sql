-- What each kindergarten is entitled to, month by month, by the inputs above: the one computation of runs and scenarios.
-- Nothing here depends on the order in which facts arrived: revisions, dates and event ids decide which one counts.
-- What others decided, as periods that follow one another.
stated AS MATERIALIZED (
  SELECT kindergarten, type, status, since, coalesce(lead(since) OVER w, 'infinity') AS until
  FROM (SELECT kindergarten, version, type, status,
               max(since) OVER (PARTITION BY kindergarten ORDER BY version) AS since FROM kindergarten_states) s
  WINDOW w AS (PARTITION BY kindergarten ORDER BY version)),
recognised AS MATERIALIZED (
  SELECT kindergarten, decision, agreed_fee, document, since, ends,
         coalesce(lead(since) OVER (PARTITION BY kindergarten ORDER BY since), 'infinity') AS until
  FROM (SELECT DISTINCT ON (kindergarten, since) kindergarten, decision, agreed_fee, document, since,
               coalesce(until, 'infinity') AS ends
        FROM recognitions ORDER BY kindergarten, since, event DESC) r),
-- A later revision counts from its own day; one that goes back to an earlier day undoes what stood between.
inspected AS MATERIALIZED (
  SELECT * FROM (
    SELECT kindergarten, year, revision, result, vetoed, reasons, document, effective_from AS since,
           coalesce(min(effective_from) OVER (PARTITION BY kindergarten ORDER BY year DESC, revision DESC
                                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 'infinity') AS until
    FROM inspections) i
  WHERE since < until),
evaluated AS MATERIALIZED (
  SELECT kindergarten, grade, qualified, framework, published_on AS since,
         coalesce(lead(published_on) OVER (PARTITION BY kindergarten ORDER BY published_on), 'infinity') AS until
  FROM (SELECT DISTINCT ON (kindergarten, published_on) * FROM evaluations WHERE status = 'final'
        ORDER BY kindergarten, published_on, event DESC) e),

-- Every kindergarten in every month, as it stood on the day its children were counted.
place AS MATERIALIZED (
  SELECT k.id AS kindergarten, k.division, s.month, s.next, c.revision, c.count_day, c.hash, c.certified_by,
         st.type, st.status, r.decision, r.agreed_fee, r.document AS recognition, r.since AS recognised_on, r.ends,
         i.year, i.result, i.vetoed, i.reasons, i.document AS inspection, i.since AS inspected_from,
         e.grade, e.qualified, e.framework, coalesce(c.count_day, s.next - 1) AS day
  FROM kindergartens k CROSS JOIN span s
    LEFT JOIN counted c ON c.kindergarten = k.id AND c.month = s.month
    JOIN stated st ON st.kindergarten = k.id
      AND st.since <= coalesce(c.count_day, s.next - 1) AND st.until > coalesce(c.count_day, s.next - 1)
    LEFT JOIN recognised r ON r.kindergarten = k.id
      AND r.since <= coalesce(c.count_day, s.next - 1) AND r.until > coalesce(c.count_day, s.next - 1)
    LEFT JOIN inspected i ON i.kindergarten = k.id
      AND i.since <= coalesce(c.count_day, s.next - 1) AND i.until > coalesce(c.count_day, s.next - 1)
    LEFT JOIN evaluated e ON e.kindergarten = k.id
      AND e.since <= coalesce(c.count_day, s.next - 1) AND e.until > coalesce(c.count_day, s.next - 1)),
-- 保教费 of a month: what was agreed or filed, or what a scenario assumes instead, never above the ceiling in force.
ceiling AS MATERIALIZED (
  SELECT DISTINCT ON (t.type, s.month) t.type, s.month, n.value
  FROM (SELECT DISTINCT type FROM stated) t CROSS JOIN span s JOIN number n ON n.name = 'fee_ceiling'
    AND n.programme = 'care_education' AND n.a IN (t.type, '*') AND n.since <= s.month AND n.until > s.month
  ORDER BY t.type, s.month, n.a = '*', n.since DESC),
fee AS MATERIALIZED (
  SELECT DISTINCT ON (p.kindergarten, p.month) p.kindergarten, p.month, f.id AS item, f.amount AS filed, f.document,
         CASE WHEN a.kindergarten IS NOT NULL THEN b.amount END AS assumed,
         CASE WHEN c.value < b.amount THEN c.value END AS ceiling,
         CASE WHEN b.amount IS NOT NULL THEN least(b.amount, c.value) END AS amount
  FROM place p LEFT JOIN fee_items f ON f.kindergarten = p.kindergarten AND f.state = 'published'
      AND f.category = 'care_education' AND f.unit = 'month' AND f.since <= p.month AND f.until > p.month
    LEFT JOIN assumed_fee a ON a.kindergarten = p.kindergarten
    LEFT JOIN ceiling c ON c.type = p.type AND c.month = p.month
    CROSS JOIN LATERAL (SELECT coalesce(a.amount, round(coalesce(
      CASE WHEN p.type = 'inclusive_private' THEN p.agreed_fee END, f.amount) * coalesce(a.factor, 1), 2))) b (amount)
  ORDER BY p.kindergarten, p.month, f.amount, f.id),
claim AS MATERIALIZED (
  SELECT p.code, p.shape, p.level, x.*
  FROM programme p JOIN place x ON x.type = ANY (p.types) AND x.month >= p.since AND x.month < p.until),

-- How much of what: one row for each kind of class, grade, area, place or project.
quantity AS (
  SELECT c.code, c.kindergarten, c.month, c.type, k.kind AS part, k.children::numeric AS quantity,
         NULL::numeric AS most, NULL::jsonb AS proof
  FROM claim c JOIN children k USING (kindergarten, month) WHERE c.shape = 'per_child_month' AND k.children > 0
  UNION ALL
  SELECT c.code, c.kindergarten, c.month, c.type, coalesce(c.grade, 'ungraded'), sum(k.children), NULL, NULL
  FROM claim c JOIN children k USING (kindergarten, month)
  WHERE c.shape = 'per_grade' AND k.kind <> 'nursery' GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT c.code, c.kindergarten, c.month, c.type, 'last_year', sum(k.last_year), (array_agg(f.amount))[1],
         (jsonb_agg(jsonb_build_object('fee_item', f.item, 'fee', f.filed::text, 'agreed_fee', c.agreed_fee::text,
                                       'assumed_fee', f.assumed::text, 'ceiling', f.ceiling::text,
                                       'document', f.document)))->0
  FROM claim c JOIN children k USING (kindergarten, month) JOIN fee f USING (kindergarten, month)
  WHERE c.shape = 'waived_fee' AND k.last_year > 0 GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT c.code, c.kindergarten, c.month, c.type, 'rent', a.value * (c.next - c.month), b.value,
         jsonb_build_object('area', a.value::text, 'price', b.value::text, 'days', c.next - c.month,
                            'evidence', a.evidence)
  FROM claim c
    JOIN kindergarten_attributes a ON a.kindergarten = c.kindergarten AND a.name = 'rented_area'
      AND a.state = 'approved' AND a.programme IN ('*', c.code) AND a.since <= c.month AND a.until > c.month
    JOIN kindergarten_attributes b ON b.kindergarten = c.kindergarten AND b.name = 'rent_price'
      AND b.state = 'approved' AND b.programme IN ('*', c.code) AND b.since <= c.month AND b.until > c.month
  WHERE c.shape = 'rent'
  UNION ALL
  SELECT c.code, c.kindergarten, c.month, c.type, a.name, sum(CASE a.name WHEN 'places_added' THEN a.value ELSE 1 END),
         sum(CASE a.name WHEN 'project_amount' THEN a.value END), jsonb_build_object('evidence', jsonb_agg(a.evidence))
  FROM claim c JOIN kindergarten_attributes a ON a.kindergarten = c.kindergarten AND a.state = 'approved'
      AND a.programme IN ('*', c.code) AND a.since >= c.month AND a.since < c.next
      AND a.name = CASE c.shape WHEN 'per_place' THEN 'places_added' WHEN 'project' THEN 'project_amount' END
  GROUP BY 1, 2, 3, 4, 5),

-- The rate of each part: the most exact key, then the latest beginning. Nursery children count by a rate of their own.
asked AS MATERIALIZED (SELECT DISTINCT code, month, type, part FROM quantity),
rate AS MATERIALIZED (
  SELECT DISTINCT ON (q.code, q.month, q.type, q.part) q.code, q.month, q.type, q.part, n.value, n.source
  FROM asked q JOIN number n ON n.since <= q.month AND n.until > q.month AND CASE q.part
      WHEN 'last_year' THEN n.name = 'free_year_standard' AND n.programme = q.type
      WHEN 'nursery' THEN n.name = 'subsidy_rate' AND n.programme = q.code AND n.a IN (q.type, '*') AND n.b = q.part
      ELSE n.name = 'subsidy_rate' AND n.programme = q.code AND n.a IN (q.type, '*') AND n.b IN (q.part, '*') END
  ORDER BY q.code, q.month, q.type, q.part, n.a = '*', n.b = '*', n.since DESC),
priced AS MATERIALIZED (
  SELECT q.code, q.kindergarten, q.month, sum(q.quantity * p.rate) AS gross,
         bool_or(q.quantity > 0 AND p.rate IS NULL AND q.part <> 'nursery') AS unpriced,
         -- Nulls are stripped once, where the explanation is put together.
         json_agg(json_build_object(
           'part', q.part, 'quantity', trim_scale(q.quantity)::text, 'rate', trim_scale(p.rate)::text,
           'amount', round(q.quantity * p.rate, 2)::text, 'proof', q.proof, 'source', r.source) ORDER BY q.part) AS parts
  FROM quantity q LEFT JOIN rate r USING (code, month, type, part)
    CROSS JOIN LATERAL (SELECT CASE
      WHEN q.part = 'project_amount' THEN q.most
      WHEN q.part IN ('last_year', 'rent') THEN
        CASE WHEN r.code IS NOT NULL AND q.most IS NOT NULL THEN least(q.most, r.value) END
      ELSE r.value END) AS p (rate)
  GROUP BY 1, 2, 3),

-- Dated numbers of the whole programme: what is asked of whom, which months count, tilt, cap and who pays.
idle AS MATERIALIZED (
  SELECT code, month FROM (
    SELECT DISTINCT ON (p.code, s.month) p.code, s.month, n.value
    FROM programme p CROSS JOIN span s JOIN number n ON n.name = 'subsidy_months' AND n.programme = p.code
      AND n.a = to_char(s.month, 'MM') AND n.since <= s.month AND n.until > s.month
    ORDER BY p.code, s.month, n.since DESC) m
  WHERE value = 0),
asking AS MATERIALIZED (
  SELECT code, month, array_agg(condition ORDER BY condition) AS conditions FROM (
    SELECT DISTINCT ON (p.code, s.month, n.a) p.code, s.month, n.a AS condition, n.value
    FROM programme p CROSS JOIN span s JOIN number n ON n.name = 'eligibility' AND n.programme = p.code
      AND n.since <= s.month AND n.until > s.month
    ORDER BY p.code, s.month, n.a, n.since DESC) e
  WHERE value = 1 GROUP BY 1, 2),
share AS MATERIALIZED (
  SELECT DISTINCT ON (p.code, s.month) p.code, s.month, n.value, n.source
  FROM programme p CROSS JOIN span s JOIN number n ON n.name = 'municipal_share' AND n.programme = p.code
    AND n.since <= s.month AND n.until > s.month ORDER BY p.code, s.month, n.since DESC),
cap AS MATERIALIZED (
  SELECT DISTINCT ON (p.code, s.month, n.a) p.code, s.month, n.a AS type, n.value, n.source
  FROM programme p CROSS JOIN span s JOIN number n ON n.name = 'subsidy_cap' AND n.programme = p.code
    AND n.since <= s.month AND n.until > s.month ORDER BY p.code, s.month, n.a, n.since DESC),
tilt AS MATERIALIZED (
  SELECT DISTINCT ON (p.code, s.month, n.a) p.code, s.month, n.a AS trait, n.value, n.source
  FROM programme p CROSS JOIN span s JOIN number n ON n.name = 'subsidy_tilt' AND n.programme = p.code
    AND n.since <= s.month AND n.until > s.month ORDER BY p.code, s.month, n.a, n.since DESC),
tilted AS MATERIALIZED (
  SELECT DISTINCT ON (t.code, t.month, a.kindergarten) t.code, t.month, a.kindergarten, t.value, t.source, a.evidence
  FROM tilt t JOIN kindergarten_attributes a ON a.name = t.trait AND a.state = 'approved' AND a.value > 0
    AND a.programme IN ('*', t.code) AND a.since <= t.month AND a.until > t.month
  ORDER BY t.code, t.month, a.kindergarten, t.value DESC),
judged AS MATERIALIZED (
  SELECT c.*, p.gross, p.parts, t.value AS tilt, t.source AS tilt_source, t.evidence AS tilt_evidence,
         k.value AS cap, k.source AS cap_source, h.value AS share, h.source AS share_source,
         coalesce(g.conditions, '{}') AS conditions,
         array_remove(ARRAY[
           CASE WHEN 'operating' = ANY (g.conditions) AND c.status IS DISTINCT FROM 'operating' THEN 'operating' END,
           CASE WHEN 'certified' = ANY (g.conditions) AND c.revision IS NULL THEN 'certified' END,
           CASE WHEN 'recognised' = ANY (g.conditions) AND c.type <> 'public' AND NOT coalesce(
             c.type = 'inclusive_private' AND c.decision <> 'withdrawn' AND c.ends > c.day, false)
             THEN 'recognised' END,
           CASE WHEN 'inspection' = ANY (g.conditions) AND (c.vetoed OR c.result = 'failed')
             AND NOT ('back_pay' = ANY (g.conditions) AND (
               SELECT NOT n.vetoed AND n.result <> 'failed' FROM inspections n
               WHERE n.kindergarten = c.kindergarten AND n.year = c.year ORDER BY n.revision DESC LIMIT 1))
             THEN 'inspection' END,
           CASE WHEN 'evaluation' = ANY (g.conditions) AND NOT c.qualified THEN 'evaluation' END,
           CASE WHEN 'account' = ANY (g.conditions) AND NOT EXISTS (
             SELECT FROM bank_accounts b WHERE b.kindergarten = c.kindergarten AND b.state = 'accepted'
               AND b.since <= c.day AND b.until > c.day) THEN 'account' END,
           CASE WHEN 'alert' = ANY (g.conditions) AND EXISTS (
             SELECT FROM account_alerts a WHERE a.kindergarten = c.kindergarten AND a.topic = 'account'
               AND a.confirmed_on <= c.day AND (a.resolved_on IS NULL
                 OR a.resolved_on > c.day AND NOT 'back_pay' = ANY (g.conditions))) THEN 'alert' END,
           CASE WHEN i.code IS NOT NULL THEN 'month' END,
           CASE WHEN p.unpriced THEN 'rate' END,
           CASE WHEN c.level = 'shared' AND h.code IS NULL THEN 'share' END], NULL) AS unmet
  FROM claim c
    LEFT JOIN priced p USING (code, kindergarten, month)
    LEFT JOIN asking g USING (code, month)
    LEFT JOIN share h USING (code, month)
    LEFT JOIN idle i USING (code, month)
    LEFT JOIN LATERAL (SELECT value, source FROM cap WHERE cap.code = c.code AND cap.month = c.month
                         AND cap.type IN (c.type, '*') ORDER BY cap.type = '*' LIMIT 1) k ON true
    LEFT JOIN tilted t USING (code, kindergarten, month)),
due AS MATERIALIZED (
  SELECT j.*, e.entitled, CASE j.level WHEN 'municipal' THEN e.entitled WHEN 'district' THEN 0
                               ELSE round(e.entitled * coalesce(j.share, 0), 2) END AS municipal
  FROM judged j CROSS JOIN LATERAL (SELECT CASE WHEN j.unmet = '{}'
    THEN round(least(coalesce(j.gross, 0) * coalesce(j.tilt, 1), coalesce(j.cap, 'Infinity')), 2) ELSE 0 END) AS e (entitled))
