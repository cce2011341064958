-- What is wrong with the month of each of them.
, finding AS (
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
  WHERE s.outsourced AND s.sheet IS NOT NULL AND s.labour_contract = ''
  UNION ALL
  SELECT 'PAY-05', 'insurance_contradicted', s.*, NULL FROM seen s JOIN told t USING (person)
  WHERE EXISTS (SELECT FROM unnest(s.insurances) i
                WHERE i = ANY (t.spoken) AND i <> ALL (coalesce(t.insurances, '{}')))
  UNION ALL
  SELECT 'PAY-05', 'fund_contradicted', s.*, NULL FROM seen s JOIN told t USING (person)
  WHERE s.fund_paid AND NOT t.fund_paid)
SELECT f.rule || '/' || f.kind || '/' || f.kindergarten::text || '/' || f.person::text AS place, f.rule, f.kind,
       f.kindergarten, f.person, f.division, f.role, f.outsourced, r.month, r.pay_due AS due_on,
       CAST(round(f.amount, 2) AS text) AS amount
FROM finding f CROSS JOIN rule r
