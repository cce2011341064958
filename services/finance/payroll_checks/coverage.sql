-- How many of a kindergarten's people are proven to be paid and insured: numbers, never who.
SELECT k.id AS kindergarten, k.name AS kindergarten_name, k.pinyin, k.type, k.division, r.month, r.pay_due AS due_on,
       count(s.person) FILTER (WHERE NOT s.outsourced)::integer AS staff,
       count(s.person) FILTER (WHERE s.outsourced)::integer AS outsourced,
       count(s.sheet)::integer AS proven,
       count(*) FILTER (WHERE s.paid >= s.payable AND s.paid > 0)::integer AS paid_in_full,
       count(*) FILTER (WHERE s.exemption IS NOT NULL)::integer AS exempt,
       count(*) FILTER (WHERE s.insurances @> ARRAY['pension', 'medical', 'unemployment', 'injury', 'maternity'])::integer
         AS insured,
       count(*) FILTER (WHERE s.fund_paid)::integer AS with_fund,
       count(*) FILTER (WHERE s.payable - s.contributions >= r.minimum)::integer AS at_least_minimum,
       count(*) FILTER (WHERE s.paid_on > r.pay_due AND r.pay_day_set)::integer AS paid_late,
       CAST(coalesce(sum(s.payable - s.paid), 0.00) AS text) AS arrears,
       :as_of > r.pay_due AND count(s.sheet) < count(s.person) AS overdue
FROM kindergartens k CROSS JOIN rule r JOIN seen s ON s.kindergarten = k.id
GROUP BY k.id, k.name, k.pinyin, k.type, k.division, r.month, r.pay_due, r.minimum
