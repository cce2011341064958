"""The demonstration district put into the register: as the app role, in the district's scope, in one transaction."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import psycopg
from pydantic_core import to_json

from services.registry.enrolments.announcements import announcing
from services.registry.identifiers.rules import document_key, mask_number
from services.registry.kindergartens.announcements import STATUS_RECORDED, TYPE_RECORDED
from services.registry.seed.premises import build
from services.registry.seed.rows import Child, District, Guardian
from services.registry.seed.staff import staff
from services.registry.seed.staff_rows import Bar, Person, Staff
from shared.contracts.registry import CLASS_FORMED, ENROLMENT_BEGAN, KINDERGARTEN_REGISTERED, POST_BEGAN
from shared.crypto import KeyRing
from shared.db import SCOPE
from shared.pinyin import pinyin_key

BATCH = 5000
# What every other service learns of a kindergarten, as of the day of the seed.
_announce = """
INSERT INTO events (type, subject, division, kindergarten, actor, data)
SELECT %(type)s, 'kindergartens/' || k.id, k.division, k.id, 'seed', json_build_object(
  'id', k.id, 'division', k.division, 'name', k.name, 'pinyin', k.pinyin, 'type', t.type, 'status', s.status,
  'opened_on', k.opened_on, 'closed_on', k.closed_on, 'synthetic', k.synthetic, 'version', k.version)
FROM kindergartens k
LEFT JOIN kindergarten_types t ON t.kindergarten = k.id AND t.since <= %(on)s AND t.until > %(on)s
LEFT JOIN kindergarten_statuses s ON s.kindergarten = k.id AND s.since <= %(on)s AND s.until > %(on)s
ORDER BY k.pinyin
"""

# Who is in which class and who works where on that day; what ended before is history of the register alone.
_standing = "WHERE {row}.since <= %(on)s AND {row}.until > %(on)s"
_announce_classes = f"""
INSERT INTO events (type, subject, division, kindergarten, actor, data)
SELECT %(type)s, 'classes/' || k.id, k.division, k.kindergarten, 'seed', json_build_object(
  'id', k.id, 'kindergarten', k.kindergarten, 'school_year', k.school_year, 'name', k.name, 'kind', k.kind,
  'standard_size', k.standard_size, 'hard_limit', k.hard_limit, 'since', k.since, 'until', k.until,
  'synthetic', k.synthetic, 'version', k.version)
FROM classes k {_standing.format(row="k")}
"""
_announce_posts = f"""
INSERT INTO events (type, subject, division, kindergarten, actor, data)
SELECT %(type)s, 'posts/' || p.id, p.division, p.kindergarten, 'seed', json_build_object(
  'id', p.id, 'person', p.person, 'kindergarten', p.kindergarten, 'role', p.role, 'class_id', p.class_id,
  'employment', p.employment, 'full_time', p.full_time, 'since', p.since, 'until', nullif(p.until, '9999-12-31'),
  'reason_out', p.reason_out, 'synthetic', p.synthetic, 'version', p.version)
FROM posts p {_standing.format(row="p")}
"""
_announce_periods = """
INSERT INTO events (type, subject, division, kindergarten, actor, data)
SELECT %(type)s, 'kindergartens/' || kindergarten || '/{folder}/' || id, division, kindergarten, 'seed',
  json_build_object('id', id, '{value}', {value}, 'since', since, 'until', nullif(until, '9999-12-31'),
                    '{why}', {why}, 'synthetic', synthetic)
FROM kindergarten_{folder} ORDER BY since
"""
_TOLD = (
    (KINDERGARTEN_REGISTERED, _announce),
    (STATUS_RECORDED, _announce_periods.format(folder="statuses", value="status", why="reason")),
    (TYPE_RECORDED, _announce_periods.format(folder="types", value="type", why="document")),
    (CLASS_FORMED, _announce_classes),
    (ENROLMENT_BEGAN, announcing("%(type)s", _standing.format(row="e"))),
    (POST_BEGAN, _announce_posts),
)


def load(connection: psycopg.Connection, district: District, keys: KeyRing, division: str) -> bool:
    """Store the district, unless kindergartens are registered already; return whether it was stored."""
    connection.execute(SCOPE, {"divisions": division, "kindergartens": "", "actor": "seed"})
    if connection.execute("SELECT 1 FROM kindergartens LIMIT 1").fetchone():
        return False
    for table, rows in _tables(district, keys):
        for start in range(0, len(rows), BATCH):
            connection.execute(
                f"INSERT INTO {table} ({', '.join(rows[0])}) SELECT {', '.join(rows[0])}"
                f" FROM json_populate_recordset(NULL::{table}, %s::json)",
                [to_json(rows[start : start + BATCH]).decode()],
            )
    build(connection, district.on)
    for kind, statement in _TOLD:
        connection.execute(statement, {"type": kind, "on": district.on})
    return True


def _tables(district: District, keys: KeyRing) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Rows by table, in an order foreign keys allow."""
    yield "populations", [asdict(row) for row in district.populations]
    yield "groups", [asdict(row) for row in district.groups]
    yield "kindergartens", [_named(asdict(row)) for row in district.kindergartens]
    yield "campuses", [asdict(row) for row in district.campuses]
    yield "kindergarten_types", [asdict(row) for row in district.types]
    yield "kindergarten_statuses", [asdict(row) for row in district.statuses]
    yield "classes", [_named(asdict(row)) for row in district.classes]
    yield "children", [_numbered(row, keys) for row in district.children]
    yield "guardians", [_guardian(row, keys) for row in district.guardians]
    yield "enrolments", [asdict(row) for row in district.enrolments]
    yield from _staff_tables(staff(district), keys)


def _staff_tables(made: Staff, keys: KeyRing) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    yield "staff", [_numbered(row, keys) for row in made.persons]
    yield "qualifications", [asdict(row) for row in made.qualifications]
    yield "background_checks", [asdict(row) for row in made.checks]
    yield "posts", [asdict(row) for row in made.posts]
    yield "staff_quotas", [asdict(row) for row in made.quotas]
    yield "bars", [{k: v for k, v in _numbered(row, keys).items() if k != "pinyin"} for row in made.bars]


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"pinyin": pinyin_key(row["name"])}


def _numbered(row: Child | Person | Bar, keys: KeyRing) -> dict[str, Any]:
    made = _named(asdict(row))
    number = made.pop("document_number")
    return made | _sealed("document", number, keys, row.id.bytes, row.document_type)


def _guardian(row: Guardian, keys: KeyRing) -> dict[str, Any]:
    made = asdict(row)
    number, phone = made.pop("document_number"), made.pop("phone")
    document = _sealed("document", number, keys, row.id.bytes, row.document_type)
    return made | document | _sealed("phone", phone, keys, row.id.bytes, "")


def _sealed(field: str, number: str, keys: KeyRing, bound: bytes, kind: str) -> dict[str, str]:
    """The three columns in which a number is kept."""
    looked_up = document_key(kind, number) if kind else number
    return {
        f"{field}_sealed": "\\x" + keys.encrypt(number, bound).hex(),
        f"{field}_index": "\\x" + keys.blind(looked_up).hex(),
        f"{field}_mask": mask_number(number),
    }
