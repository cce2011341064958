-- What is wrong with the pay, insurance and housing fund of one month, person by person, by the proofs accepted so far.
-- Binds: :month (its first day), :as_of (nothing is missing before it is due).
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
finding AS (
  SELECT 'FIN-14' AS rule, 'proof_missing' AS kind, s.*, NULL::numeric AS amount
  FROM seen s CROSS JOIN rule r WHERE s.sheet IS NULL AND :as_of > r.pay_due
  UNION ALL
  SELECT 'FIN-14', 'pay_missing', s.*, s.payable FROM seen s WHERE s.paid = 0 AND s.leave = ''
  UNION ALL
  SELECT 'FIN-14', 'arrears', s.*, s.payable - s.paid FROM seen s WHERE s.paid > 0 AND s.paid < s.payable
  UNION ALL
  SELECT 'FIN-14', 'insurance_missing', s.*, NULL FROM seen s
  WHERE s.sheet IS NOT NULL AND s.full_time AND s.exemption IS NULL
    AND NOT s.insurances @> ARRAY['pension', 'medical', 'unemployment', 'injury', 'maternity']
  UNION ALL
  SELECT 'FIN-14', 'fund_missing', s.*, NULL FROM seen s
  WHERE s.full_time AND s.exemption IS NULL AND s.fund_paid = false
  UNION ALL
  SELECT 'FIN-15', 'below_minimum_wage', s.*, r.minimum - (s.payable - s.contributions)
  FROM seen s CROSS JOIN rule r
  WHERE s.full_time AND s.whole_month AND s.leave = '' AND s.payable - s.contributions < r.minimum
  UNION ALL
  SELECT 'PAY-01', 'late_pay', s.*, s.paid FROM seen s CROSS JOIN rule r WHERE r.pay_day_set AND s.paid_on > r.pay_due
  UNION ALL
  SELECT 'PAY-02', 'insurance_base_low', s.*, r.insurance_floor - s.insurance_base
  FROM seen s CROSS JOIN rule r WHERE s.full_time AND s.insurance_base < r.insurance_floor
  UNION ALL
  SELECT 'PAY-02', 'fund_base_low', s.*, r.fund_floor - s.fund_base
  FROM seen s CROSS JOIN rule r WHERE s.full_time AND s.fund_base < r.fund_floor
  UNION ALL
  SELECT 'PAY-03', 'contract_missing', s.*, NULL FROM seen s CROSS JOIN rule r
  WHERE s.outsourced AND s.sheet IS NOT NULL AND NOT EXISTS (
    SELECT FROM service_contracts c WHERE c.kindergarten = s.kindergarten AND c.number = s.contract
      AND c.state = 'accepted' AND c.since < r.next AND c.until > r.month)
  UNION ALL
  SELECT 'PAY-03', 'labour_contract_missing', s.*, NULL FROM seen s
  WHERE s.outsourced AND s.sheet IS NOT NULL AND s.labour_contract = '')
SELECT f.rule || '/' || f.kind || '/' || f.kindergarten::text || '/' || f.person::text AS place, f.rule, f.kind,
       f.kindergarten, f.person, f.division, f.role, f.outsourced, r.month, r.pay_due AS due_on,
       CAST(round(f.amount, 2) AS text) AS amount
FROM finding f CROSS JOIN rule r
