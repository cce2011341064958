-- Every line with everything its amount came from.
SELECT l.programme, l.kindergarten, k.division, l.month, l.entitled, l.settled, l.amount, l.municipal,
       l.amount - l.municipal AS district, l.unmet, l.revision AS headcount_revision,
       jsonb_strip_nulls(jsonb_build_object(
         'shape', d.shape, 'type', d.type, 'day', d.day,
         'headcount', CASE WHEN l.revision IS NOT NULL THEN jsonb_build_object(
           'revision', l.revision, 'count_day', d.count_day, 'hash', d.hash,
           'certified_by', d.certified_by) END,
         'parts', d.parts,
         'tilt', CASE WHEN d.tilt IS NOT NULL THEN jsonb_build_object('factor', trim_scale(d.tilt)::text,
           'source', d.tilt_source, 'evidence', d.tilt_evidence) END,
         'cap', CASE WHEN d.cap IS NOT NULL THEN jsonb_build_object('value', round(d.cap, 2)::text,
           'source', d.cap_source) END,
         'share', CASE WHEN d.level = 'shared' THEN jsonb_build_object('municipal', trim_scale(d.share)::text,
           'source', d.share_source) END,
         'conditions', to_jsonb(d.conditions), 'unmet', to_jsonb(l.unmet),
         'evidence', jsonb_build_object(
           'status', d.status,
           'recognition', CASE WHEN d.decision IS NOT NULL THEN jsonb_build_object('decision', d.decision,
             'since', d.recognised_on, 'until', nullif(d.ends, 'infinity'), 'document', d.recognition) END,
           'inspection', CASE WHEN d.year IS NOT NULL THEN jsonb_build_object('year', d.year,
             'result', d.result, 'vetoed', d.vetoed, 'reasons', to_jsonb(d.reasons),
             'since', d.inspected_from, 'document', d.inspection) END,
           'evaluation', CASE WHEN d.grade IS NOT NULL THEN jsonb_build_object('grade', d.grade,
             'qualified', d.qualified, 'framework', d.framework) END,
           'alerts', CASE WHEN 'alert' = ANY (l.unmet) THEN (
             SELECT jsonb_agg(jsonb_build_object('alert', a.id, 'rule', a.rule, 'confirmed_on', a.confirmed_on,
                                                 'outcome', a.outcome) ORDER BY a.confirmed_on, a.id)
             FROM account_alerts a WHERE a.kindergarten = l.kindergarten AND a.topic = 'account'
               AND a.confirmed_on <= d.day AND (a.resolved_on IS NULL OR a.resolved_on > d.day)) END),
         'entitled', l.entitled::text, 'settled', l.settled::text, 'amount', l.amount::text,
         'rounding', 'half up to the fen, once a month')) AS explanation
FROM line l JOIN kindergartens k ON k.id = l.kindergarten
  LEFT JOIN due d ON d.code = l.programme AND d.kindergarten = l.kindergarten AND d.month = l.month
