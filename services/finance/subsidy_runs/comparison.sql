-- Lines that would come out otherwise now than they were prepared.
SELECT count(*) FROM
  (SELECT programme, kindergarten, month, amount, municipal FROM line) n
  FULL JOIN (SELECT programme, kindergarten, month, amount, municipal FROM subsidy_lines WHERE run = :run) o
  USING (programme, kindergarten, month)
WHERE n.amount IS DISTINCT FROM o.amount OR n.municipal IS DISTINCT FROM o.municipal
