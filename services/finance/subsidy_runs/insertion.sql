INSERT INTO subsidy_lines (run, programme, kindergarten, division, month, entitled, settled, amount, municipal, district,
  unmet, headcount_revision, explanation)
SELECT :run, x.* FROM ({explained}) x
