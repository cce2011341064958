-- Who would be paid nothing from a day on, before any run says so, by what is asked for that day. Bind: :as_of.
WITH asked AS (
  SELECT p.code, p.types, n.condition FROM programmes p CROSS JOIN LATERAL (
    SELECT DISTINCT ON (key) split_part(key, '/', 2) AS condition, value FROM parameters
    WHERE name = 'eligibility' AND state = 'approved' AND split_part(key, '/', 1) = p.code
      AND since <= :as_of AND until > :as_of ORDER BY key, parameters.since DESC) n
  WHERE p.state = 'approved' AND p.since <= :as_of AND p.until > :as_of AND n.value = 1),
standing AS (
  SELECT k.id, k.name, k.pinyin, k.division, k.type, i.year, i.revision, i.result, i.vetoed, i.reasons, i.document,
         i.effective_from, i.told_at, r.until AS recognised_until, a.alert_since,
         array_remove(ARRAY[
           CASE WHEN i.vetoed OR i.result = 'failed' THEN 'inspection' END,
           CASE WHEN k.type <> 'public' AND NOT coalesce(k.type = 'inclusive_private' AND r.decision <> 'withdrawn'
             AND coalesce(r.until, 'infinity') > :as_of, false) THEN 'recognised' END,
           CASE WHEN NOT e.qualified THEN 'evaluation' END,
           CASE WHEN a.alert_since IS NOT NULL THEN 'alert' END], NULL) AS failing
  FROM kindergartens k
    LEFT JOIN LATERAL (SELECT * FROM inspections x WHERE x.kindergarten = k.id AND x.effective_from <= :as_of
                       ORDER BY x.year DESC, x.revision DESC LIMIT 1) i ON true
    LEFT JOIN LATERAL (SELECT x.decision, x.until FROM recognitions x WHERE x.kindergarten = k.id AND x.since <= :as_of
                       ORDER BY x.since DESC, x.event DESC LIMIT 1) r ON true
    LEFT JOIN LATERAL (SELECT x.qualified FROM evaluations x WHERE x.kindergarten = k.id AND x.status = 'final'
                         AND x.published_on <= :as_of
                       ORDER BY x.published_on DESC, x.event DESC LIMIT 1) e ON true
    LEFT JOIN LATERAL (SELECT min(x.confirmed_on) AS alert_since FROM account_alerts x
                       WHERE x.kindergarten = k.id AND x.topic = 'account' AND x.confirmed_on <= :as_of
                         AND (x.resolved_on IS NULL OR x.resolved_on > :as_of)) a ON true)
SELECT s.id AS kindergarten, s.name AS kindergarten_name, s.pinyin, s.division,
       'inspection' = ANY (s.failing) OR stopped.programmes IS NOT NULL AS suspended,
       coalesce(stopped.programmes, '{}') AS programmes,
       ARRAY(SELECT f FROM unnest(s.failing) f
             WHERE f = 'inspection' OR f = ANY (coalesce(stopped.conditions, '{}'))) AS unmet,
       s.effective_from AS since, s.year, s.revision, s.result, s.vetoed, s.reasons, s.document, s.told_at,
       s.recognised_until, s.alert_since
FROM standing s CROSS JOIN LATERAL (
  SELECT array_agg(DISTINCT q.code ORDER BY q.code) AS programmes, array_agg(DISTINCT q.condition) AS conditions
  FROM asked q WHERE s.type = ANY (q.types) AND q.condition = ANY (s.failing)) stopped
