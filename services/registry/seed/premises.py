"""The premises of the demonstration district: a building for each kindergarten, sized to its seats, with its rooms.

Kindergartens of before 2017 have a smaller playground here and there, which C1 allows half of them.
"""

from datetime import date

import psycopg

_sized = """(
SELECT k.id, k.division, k.name, k.opened_on, extract(year FROM k.opened_on)::integer AS year,
       greatest(k.licensed_seats, coalesce((SELECT sum(c.standard_size) FROM classes c WHERE c.kindergarten = k.id
         AND c.since <= '{on}' AND c.until > '{on}'), 0), 30) AS seats, row_number() OVER (ORDER BY k.pinyin) AS number
FROM kindergartens k WHERE k.opened_on IS NOT NULL) AS sized"""
_rows = """
INSERT INTO premises (kindergarten, since, division, planned_on, site_area, outdoor_area, synthetic)
SELECT id, opened_on, division, opened_on - 500, seats * 16,
       seats * CASE WHEN year < 2017 AND number % 5 = 0 THEN 3.4 ELSE 4.8 END, true FROM {sized};
INSERT INTO buildings (id, kindergarten, division, name, area, built_year, structure, storeys, note, since, synthetic)
SELECT uuid_v7(), id, division, '主楼(演示)', seats * 11.8, year,
       CASE WHEN year < 2005 THEN 'brick_concrete' ELSE 'frame' END, 2, '', opened_on, true FROM {sized};
INSERT INTO building_appraisals (id, building, kindergarten, division, kind, appraised_on, valid_until, passed, agency,
  document, recorded_by, synthetic)
SELECT uuid_v7(), b.id, b.kindergarten, b.division, a.kind, b.since,
       CASE WHEN a.kind = 'seismic' THEN DATE '{on}' + 900 END, true, '演示鉴定中心', '演示鉴字' || a.kind, 'seed', true
FROM buildings b CROSS JOIN (VALUES ('seismic'), ('fire')) a (kind);
INSERT INTO rooms (id, building, kindergarten, division, name, kind, area, class_id, for_nursery, since, synthetic)
SELECT uuid_v7(), b.id, b.kindergarten, b.division, c.name || '活动室', 'activity_bedroom', c.standard_size * 9.2, c.id,
       c.kind = 'nursery', b.since, true
FROM buildings b JOIN classes c ON c.kindergarten = b.kindergarten AND c.since <= '{on}' AND c.until > '{on}';
INSERT INTO class_toilets (class_id, kindergarten, division, arrangement, seen_on, note, synthetic)
SELECT c.id, c.kindergarten, c.division, CASE c.kind WHEN 'large' THEN 'separate' WHEN 'small' THEN 'none'
       ELSE 'time_shared' END, '{on}', '', true
FROM classes c WHERE c.since <= '{on}' AND c.until > '{on}' AND c.kind <> 'nursery';
"""


def build(connection: psycopg.Connection, on: date) -> None:
    """Store them, in the scope of the connection."""
    connection.execute(_rows.replace("{sized}", _sized).replace("{on}", on.isoformat()).encode())
