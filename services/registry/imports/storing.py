"""Staged rows into the register, one step a transaction."""

from uuid import UUID

from services.registry.enrolments.announcements import announcing
from services.registry.imports.staging import Lane, Step
from shared.contracts.registry import ENROLMENT_BEGAN, ROLL_IMPORTED

CHILD = (
    *("name", "pinyin", "sex", "birth_date", "nationality", "ethnicity", "document_type", "document_sealed"),
    *("document_index", "document_mask", "household_division", "residence_division", "overseas_kind"),
    *("disability_scheme", "disability_kind", "synthetic"),
)
# What a file may change of a child that is registered already: neither who it is nor which document it has.
CHANGEABLE = (
    *("nationality", "ethnicity", "household_division", "residence_division", "overseas_kind"),
    *("disability_scheme", "disability_kind"),
)
_new = "NOT EXISTS (SELECT FROM {known} k WHERE k.row = s.row)"
_children = (
    f"INSERT INTO children (id, division, kindergarten, first_enrolled_on, {', '.join(CHILD)})"
    f" SELECT s.child, c.division, c.kindergarten, s.since, {', '.join(f's.{name}' for name in CHILD)}"
    " FROM {table} s JOIN classes c ON c.id = s.class_id"
)


_first_guardians = """
INSERT INTO guardians (id, child, synthetic, name, relation, phone_sealed, phone_index, phone_mask, document_type,
                       document_sealed, document_index, document_mask)
SELECT s.first_id, s.child, s.synthetic, s.first_name, s.first_relation, s.first_phone_sealed, s.first_phone_index,
       coalesce(s.first_phone_mask, ''), CASE WHEN s.first_document_index IS NOT NULL THEN s.first_document_type END,
       s.first_document_sealed, s.first_document_index, coalesce(s.first_document_mask, '')
FROM {table} s
"""
_second_guardians = """
INSERT INTO guardians (id, child, synthetic, name, relation, phone_sealed, phone_index, phone_mask)
SELECT s.second_id, s.child, s.synthetic, s.second_name, s.second_relation, s.second_phone_sealed,
       s.second_phone_index, coalesce(s.second_phone_mask, '')
FROM {table} s WHERE s.second_id IS NOT NULL
"""
_enrolments = """
INSERT INTO enrolments (id, child, class_id, kindergarten, division, since, reason_in, synthetic, import_id)
SELECT s.enrolment, s.child, c.id, c.kindergarten, c.division, s.since, s.reason_in, s.synthetic, %(import)s
FROM {table} s JOIN classes c ON c.id = s.class_id
"""
_enrol_known = """
INSERT INTO enrolments
  (id, child, class_id, kindergarten, division, since, previous_until, reason_in, synthetic, import_id)
SELECT s.enrolment, k.child, c.id, c.kindergarten, c.division, s.since, r.previous_until, s.reason_in, s.synthetic,
       %(import)s
FROM {table} s JOIN {known} k USING (row) JOIN classes c ON c.id = s.class_id
CROSS JOIN LATERAL make_room(k.child, s.since, '9999-12-31') r
WHERE k.standing = 'free'
"""
_remember = """
INSERT INTO import_changes (import_id, child, before, version_after)
SELECT %(import)s, c.id, to_jsonb(c), c.version FROM {known} k JOIN children c ON c.id = k.child
"""
_change = f"""
UPDATE children c SET {", ".join(f"{name} = coalesce(s.{name}, c.{name})" for name in CHANGEABLE)}
FROM {{table}} s JOIN {{known}} k USING (row) WHERE c.id = k.child
"""
_versions = """
UPDATE import_changes i SET version_after = c.version
FROM {known} k JOIN children c ON c.id = k.child WHERE i.import_id = %(import)s AND i.child = k.child
"""
_announce = """
INSERT INTO events (type, subject, division, kindergarten, actor, data)
SELECT %(type)s, 'imports/' || %(import)s, c.division, c.kindergarten, current_setting('app.actor'),
       json_build_object('id', %(import)s, 'born', count(*) FILTER (WHERE k.row IS NULL), 'updated', count(k.row),
                         'synthetic', bool_and(s.synthetic))
FROM {table} s JOIN classes c ON c.id = s.class_id LEFT JOIN {known} k USING (row)
GROUP BY c.division, c.kindergarten
"""
_announce_each = announcing("%(type)s", "JOIN {table} s ON s.enrolment = e.id")
_done = "UPDATE import_steps SET stored_at = now(), rows = %s, updated = %s WHERE import_id = %s AND number = %s"


class RowsVanished(Exception):  # told to whoever stores: check the step anew
    """A class that was there when the rows were checked is gone."""


async def store_step(lane: Lane, step: Step, import_id: UUID) -> None:
    """Store the rows of a step and say that it is done, inside the transaction the lane is in.

    Raises RowsVanished; the database refuses what has changed since the check.
    """
    names, binds = {"table": step.table, "known": step.known}, {"import": str(import_id)}
    known = await lane.rows(f"SELECT count(*) FROM {step.known}")
    step.updated = known[0][0] if known else 0
    new = _new.format(**names) if step.updated else "true"
    connection = lane.connection
    made = await connection.execute(f"{_children.format(**names)} WHERE {new}")
    if made.rowcount + step.updated != step.rows:
        raise RowsVanished
    await connection.execute(f"{_first_guardians.format(**names)} WHERE {new}")
    await connection.execute(f"{_second_guardians.format(**names)} AND {new}")
    await connection.execute(f"{_enrolments.format(**names)} WHERE {new}", binds)
    if step.updated:
        for statement in (_enrol_known, _remember, _change, _versions):
            await connection.execute(statement.format(**names), binds)
    await connection.execute(_announce.format(**names), binds | {"type": ROLL_IMPORTED})
    await connection.execute(_announce_each.format(**names), {"type": ENROLMENT_BEGAN})
    await connection.execute(_done, (step.rows, step.updated, import_id, step.number))
