"""The programmes and numbers of the demonstration district, each with its document or marked as an illustration."""

import json
from pathlib import Path
from typing import Any

from psycopg import Connection

from services.finance.seed.frauds import plant

FILE = Path(__file__).parent / "illustrative.json"
HUAIROU = "110116"  # where the demonstration kindergartens stand
PREPARER, APPROVER = "synthetic-preparer", "synthetic-approver"

_programme = """
INSERT INTO programmes (id, division, code, name, shape, level, types, since, until, permitted_use, claw_back, document,
  tag, permitted_uses, state, proposed_by, decided_by)
VALUES (uuid_v7(), %s, %s, %s, %s, %s, %s, %s, '9999-12-31', %s, %s, %s, %s, %s, 'approved', %s, %s)
ON CONFLICT DO NOTHING
"""
_parameter = """
INSERT INTO parameters (id, division, name, key, value, since, until, document, tag, state, proposed_by, decided_by,
  decided_at)
VALUES (uuid_v7(), %s, %s, %s, %s, %s, '9999-12-31', %s, %s, 'approved', %s, %s, now())
ON CONFLICT DO NOTHING
"""
_book = """
INSERT INTO books (id, division, standard, name, opened_on, closed_until, synthetic)
VALUES (uuid_v7(), %(district)s, 'government', '教育委员会账套 ' || %(district)s, '2025-01-01', '2025-01-01', true)
ON CONFLICT DO NOTHING
"""


def load(connection: Connection[Any], district: str) -> int:
    """Store what is not there yet, as the app role in the district's scope; return how many rows the file holds."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    connection.execute("SELECT set_config('app.divisions', %s, true)", [district])
    with connection.cursor() as cursor:
        cursor.executemany(_programme, [(district, *row, PREPARER, APPROVER) for row in found["programmes"]])
        cursor.executemany(_parameter, [(district, *row, PREPARER, APPROVER) for row in found["parameters"]])
        cursor.execute(_book, {"district": district})
    if district == HUAIROU:
        plant(connection)
    connection.commit()
    return len(found["programmes"]) + len(found["parameters"])
