"""Who changed what when: each former state beside the one that followed it, and what was added without changing any."""

from sqlalchemy import JSON, DateTime, Text, bindparam, column, select, text

from shared.listing import Listing

_text = """
WITH present(place, row_id, state) AS (
  SELECT 'kindergartens', k.id::text, to_jsonb(k) FROM kindergartens k WHERE k.id = CAST(:kindergarten AS uuid)
  UNION ALL
  SELECT 'kindergarten_types', t.id::text, to_jsonb(t) FROM kindergarten_types t
  WHERE t.kindergarten = CAST(:kindergarten AS uuid)
  UNION ALL
  SELECT 'kindergarten_statuses', s.id::text, to_jsonb(s) FROM kindergarten_statuses s
  WHERE s.kindergarten = CAST(:kindergarten AS uuid)
  UNION ALL
  SELECT 'campuses', c.id::text, to_jsonb(c) FROM campuses c WHERE c.kindergarten = CAST(:kindergarten AS uuid)
), changes AS (
  SELECT h.id, h.recorded_until AS at, h.actor, p.place, h.row_id, h.before,
         coalesce(lead(h.before) OVER (PARTITION BY h.table_name, h.row_id ORDER BY h.id), p.state) AS after
  FROM row_history h JOIN present p ON p.place = h.table_name AND p.row_id = h.row_id
)
SELECT 'change-' || lpad(c.id::text, 19, '0') AS id, c.at, c.actor,
       CASE c.place WHEN 'kindergartens' THEN 'kindergarten' WHEN 'kindergarten_types' THEN 'type'
            WHEN 'kindergarten_statuses' THEN 'status' ELSE 'campus' END AS concern,
       c.row_id AS record, NULL::text AS event, d.differences
FROM changes c CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object('field', field, 'before', nullif(b.value, '"9999-12-31"'),
                                    'after', nullif(a.value, '"9999-12-31"')) ORDER BY field) AS differences
  FROM jsonb_each(c.before) b(field, value) FULL JOIN jsonb_each(c.after) a(field, value) USING (field)
  WHERE a.value IS DISTINCT FROM b.value AND field NOT IN ('version', 'pinyin')
) d WHERE d.differences IS NOT NULL
UNION ALL
SELECT 'event-' || lpad(e.seq::text, 20, '0'), e.occurred_at, e.actor,
       CASE split_part(e.subject, '/', 3) WHEN 'types' THEN 'type' WHEN 'statuses' THEN 'status'
            WHEN 'campuses' THEN 'campus' ELSE 'kindergarten' END,
       split_part(e.subject, '/', CASE WHEN e.subject LIKE '%/%/%' THEN 4 ELSE 2 END), e.type, '[]'::json
FROM events e
WHERE (e.subject = 'kindergartens/' || CAST(:kindergarten AS uuid)
       OR e.subject ^@ ('kindergartens/' || CAST(:kindergarten AS uuid) || '/'))
  AND e.type <> 'registry.kindergarten.changed'
"""
_entry = (
    text(_text)
    .columns(
        column("id", Text),
        column("at", DateTime(timezone=True)),
        column("actor", Text),
        column("concern", Text),
        column("record", Text),
        column("event", Text),
        column("differences", JSON),
    )
    .subquery("entry")
)
HISTORY = Listing(
    "history",
    select(_entry),
    _entry.c.id,
    {"at": _entry.c.at},
    {"concern": _entry.c.concern == bindparam("concern"), "actor": _entry.c.actor == bindparam("actor")},
)
