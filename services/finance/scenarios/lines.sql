,
line AS MATERIALIZED (
  SELECT code AS programme, kindergarten, month, entitled, 0.00 AS settled, entitled AS amount, municipal, unmet,
         revision FROM due)
INSERT INTO scenario_lines (scenario, rules, programme, kindergarten, division, month, entitled, municipal, unmet,
  explanation)
SELECT :scenario, :rules, x.programme, x.kindergarten, x.division, x.month, x.entitled, x.municipal, x.unmet,
       x.explanation
FROM ({explained}) x
