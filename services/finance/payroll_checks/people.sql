-- Everybody of whom proof of pay, insurance and housing fund is expected for a month, or was given, with what is proven
-- by the proofs accepted so far. Binds: :month (its first day), :as_of (nothing is missing before it is due).
WITH span AS (SELECT CAST(:month AS date) AS month, (CAST(:month AS date) + interval '1 month')::date AS next),
number AS (
  SELECT DISTINCT ON (key) key, value, document FROM parameters, span
  WHERE name = 'alert_number' AND state = 'approved' AND value IS NOT NULL AND since <= month AND until > month
  ORDER BY key, parameters.since DESC),
rule AS (
  SELECT month, next,
         -- Without a due day of its own a month is due when the month after it is over.
         coalesce(next + (SELECT value::integer - 1 FROM number WHERE key = 'fin_14/pay_day'),
                  (next + interval '1 month')::date - 1) AS pay_due,
         (SELECT value IS NOT NULL FROM number WHERE key = 'fin_14/pay_day') AS pay_day_set,
         (SELECT value FROM number WHERE key = 'fin_15/minimum_wage') AS minimum,
         (SELECT value FROM number WHERE key = 'pay_02/insurance_floor') AS insurance_floor,
         (SELECT value FROM number WHERE key = 'pay_02/fund_floor') AS fund_floor
  FROM span),
-- Who holds a post in the month; of several posts the full-time one, then the latest, says what the person does.
staff AS (
  SELECT kindergarten, person, min(p.division) AS division,
         (array_agg(role ORDER BY full_time DESC, since DESC))[1] AS role, bool_or(full_time) AS full_time,
         bool_and(employment = 'outsourced') AS outsourced,
         min(since) <= r.month AND max(until) >= r.next AS whole_month
  FROM posts p CROSS JOIN rule r WHERE since < r.next AND until > r.month GROUP BY kindergarten, person, r.month, r.next),
proof AS (
  SELECT p.* FROM payroll_proofs p JOIN payroll_sheets s ON s.id = p.sheet CROSS JOIN rule r
  WHERE s.state = 'accepted' AND s.month = r.month),
seen AS (
  SELECT coalesce(s.kindergarten, p.kindergarten) AS kindergarten, coalesce(s.person, p.person) AS person,
         coalesce(s.division, p.division) AS division, s.role, coalesce(s.full_time, true) AS full_time,
         coalesce(s.outsourced, p.contract <> '') AS outsourced, coalesce(s.whole_month, false) AS whole_month,
         p.sheet, p.payable, p.contributions, p.paid, p.paid_on, p.insurance_base, p.insurances, p.fund_base,
         p.fund_paid, p.exemption, p.leave, p.contract, p.labour_contract
  FROM staff s FULL JOIN proof p USING (kindergarten, person)),
-- What the departments in charge say was paid in, each of what it is in charge of (`spoken`).
told AS (
  SELECT c.person, array_agg(DISTINCT c.source ORDER BY c.source) AS sources, max(c.reported_at) AS reported_at,
         array_agg(DISTINCT i.kind) FILTER (WHERE i.kind IS NOT NULL) AS spoken,
         array_agg(DISTINCT i.kind) FILTER (WHERE i.kind = ANY (c.insurances)) AS insurances,
         bool_or(c.fund_paid) FILTER (WHERE c.source = 'housing_fund') AS fund_paid
  FROM contribution_reports c JOIN rule r ON c.month = r.month
    LEFT JOIN (VALUES ('social_security', 'pension'), ('social_security', 'unemployment'),
      ('social_security', 'injury'), ('medical_security', 'medical'), ('medical_security', 'maternity'),
      ('tax', 'pension'), ('tax', 'unemployment'), ('tax', 'injury'), ('tax', 'medical'), ('tax', 'maternity'))
      AS i (source, kind) ON i.source = c.source
  GROUP BY c.person)
