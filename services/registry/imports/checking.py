"""What only the database can say of staged rows: registered already, enrolled elsewhere, no seat left."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.registry.findings import Finding
from services.registry.imports.codes import OnRegisteredChild
from services.registry.imports.staging import Lane, Step
from services.registry.rolls import faults
from services.registry.rolls.faults import RowFault, fault
from services.registry.rolls.seats import without_seat

STANDING: dict[str, Finding] = {
    "free": faults.ALREADY_REGISTERED,
    "in-class": faults.ALREADY_IN_CLASS,
    "elsewhere": faults.ENROLLED_ELSEWHERE,
    "other-child": faults.OTHER_CHILD,
}
UPDATABLE = frozenset({"free", "in-class"})

_registered = """
SELECT f.row FROM (SELECT array_agg(row) AS rows, array_agg(document_index) AS documents FROM {table}) s
CROSS JOIN LATERAL registered_documents(s.rows, s.documents) f
"""
_standing = """
INSERT INTO {known} SELECT f.* FROM (
  SELECT array_agg(row) AS rows, array_agg(document_index) AS documents, array_agg(name) AS names,
         array_agg(birth_date) AS births, array_agg(class_id) AS classes, array_agg(since) AS days
  FROM {table} WHERE row = ANY (%s)) s
CROSS JOIN LATERAL registered_children(s.rows, s.documents, s.names, s.births, s.classes, s.days) f
RETURNING row, standing
"""
_forget_refused = "DELETE FROM {known} k WHERE NOT EXISTS (SELECT FROM {table} s WHERE s.row = k.row)"
_gone = "SELECT row FROM {table} s WHERE NOT EXISTS (SELECT FROM classes c WHERE c.id = s.class_id)"
_crowded = """
SELECT s.class_id, c.hard_limit
FROM (SELECT class_id, count(*) AS arriving, min(since) AS first FROM {table} s
      WHERE NOT EXISTS (SELECT FROM {known} k WHERE k.row = s.row AND k.standing = 'in-class')
      GROUP BY class_id) s
JOIN classes c ON c.id = s.class_id
WHERE s.arriving + (SELECT count(*) FROM enrolments e WHERE e.class_id = c.id AND e.until > s.first) > c.hard_limit
"""
_taken = "SELECT class_id, since, until FROM enrolments WHERE class_id = ANY (%s)"
_arriving = """
SELECT class_id, row, since FROM {table} s WHERE class_id = ANY (%s)
AND NOT EXISTS (SELECT FROM {known} k WHERE k.row = s.row AND k.standing = 'in-class') ORDER BY row
"""


async def check_step(lane: Lane, step: Step, on_existing: str, twice: Mapping[int, int]) -> list[RowFault]:
    """Find what refuses staged rows, and take those rows out. `twice` are rows whose document an earlier one has."""
    names = {"table": step.table, "known": step.known}
    refused: dict[int, tuple[Finding, dict[str, Any]]] = {}
    for (row,) in await lane.rows(f"SELECT row FROM {step.table} WHERE row = ANY (%s)", list(twice)) if twice else []:
        refused[row] = (faults.TWICE_IN_FILE, {"first": twice[row]})
    found = await _take_out(lane, step, refused)
    await lane.rows(f"DELETE FROM {step.known}")
    refused = {row: (faults.CLASS_UNKNOWN, {"year": ""}) for (row,) in await lane.rows(_gone.format(**names))}
    known = [row for (row,) in await lane.rows(_registered.format(**names))]
    if known:
        for row, standing in await lane.rows(_standing.format(**names), known):
            if on_existing == OnRegisteredChild.REFUSE or standing not in UPDATABLE:
                refused[row] = (STANDING[standing], {})
    found += await _take_out(lane, step, refused)
    found += await _take_out(lane, step, await _seatless(lane, names))
    if known:
        await lane.rows(_forget_refused.format(**names))
    return found


async def _seatless(lane: Lane, names: Mapping[str, str]) -> dict[int, tuple[Finding, dict[str, Any]]]:
    limits: dict[UUID, int] = dict(await lane.rows(_crowded.format(**names)))
    if not limits:
        return {}
    taken: defaultdict[UUID, list[tuple[date, date]]] = defaultdict(list)
    arriving: defaultdict[UUID, list[tuple[int, date]]] = defaultdict(list)
    for class_id, since, until in await lane.rows(_taken, list(limits)):
        taken[class_id].append((since, until))
    for class_id, row, since in await lane.rows(_arriving.format(**names), list(limits)):
        arriving[class_id].append((row, since))
    return {
        row: (faults.CLASS_FULL, {"limit": limit})
        for class_id, limit in limits.items()
        for row in without_seat(limit, taken[class_id], arriving[class_id])
    }


async def _take_out(lane: Lane, step: Step, refused: Mapping[int, tuple[Finding, dict[str, Any]]]) -> list[RowFault]:
    """Remove rows from their step and say why."""
    if not refused:
        return []
    gone = await lane.rows(f"DELETE FROM {step.table} WHERE row = ANY (%s) RETURNING row, document_mask", list(refused))
    step.rows -= len(gone)
    return [_said(row, mask, *refused[row]) for row, mask in sorted(gone)]


def _said(row: int, mask: str, finding: Finding, facts: dict[str, Any]) -> RowFault:
    if finding in (faults.CLASS_FULL, faults.CLASS_UNKNOWN):
        return fault(row, "class_name", "", finding, **facts)
    return fault(row, "document_number", mask, finding, **facts)


def twice_elsewhere(twice: Mapping[int, int], told: Iterable[RowFault]) -> list[RowFault]:
    """Rows whose document comes twice and which were refused before they were staged: they are told too."""
    known = {each.row for each in told if each.code == faults.TWICE_IN_FILE.code}
    return [
        fault(row, "document_number", "", faults.TWICE_IN_FILE, first=first)
        for row, first in twice.items()
        if row not in known
    ]
