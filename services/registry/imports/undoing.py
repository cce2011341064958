"""The way back: a stored import taken out of the register, to the row, unless others have worked on its rows since."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.enrolments.announcements import announcing
from services.registry.imports import records
from services.registry.imports.codes import ImportState, said
from services.registry.imports.filing import forget_file
from services.registry.imports.models import Import
from services.registry.imports.storing import CHANGEABLE
from shared.contracts.registry import ENROLMENT_WITHDRAWN, ROLL_UNDONE
from shared.errors import DomainError, NotFound
from shared.jobs import Work, job

SHOWN = 100
UNDOABLE = (ImportState.STORED, ImportState.CANCELLED)

_patient = text("SET LOCAL statement_timeout = 0")
# The last digit of an id tells what it is: 0 the child, 1 and 2 its guardians, 3 its enrolment. Ids made since differ.
_changed = text("""
WITH born AS (
  SELECT e.child, e.id AS enrolment, e.version FROM enrolments e
  WHERE e.import_id = :import AND NOT EXISTS (
    SELECT FROM import_changes i WHERE i.import_id = e.import_id AND i.child = e.child))
SELECT b.child, 'child' AS what FROM born b LEFT JOIN children c ON c.id = b.child WHERE c.version IS DISTINCT FROM 1
UNION ALL
SELECT child, 'enrolment' FROM enrolments WHERE import_id = :import AND version <> 1
UNION ALL
SELECT b.child, 'later enrolment' FROM born b
WHERE EXISTS (SELECT FROM enrolments e WHERE e.child = b.child AND e.id <> b.enrolment)
UNION ALL
SELECT b.child, 'guardian' FROM born b
WHERE EXISTS (SELECT FROM guardians g WHERE g.child = b.child
              AND (g.version <> 1 OR left(g.id::text, -1) <> left(b.child::text, -1)))
UNION ALL
SELECT i.child, 'child' FROM import_changes i LEFT JOIN children c ON c.id = i.child
WHERE i.import_id = :import AND c.version IS DISTINCT FROM i.version_after
""")
_born = text("""
SELECT count(*) FROM enrolments e WHERE e.import_id = :import
AND NOT EXISTS (SELECT FROM import_changes i WHERE i.import_id = e.import_id AND i.child = e.child)
""")
_announce = text("""
INSERT INTO events (type, subject, division, kindergarten, actor, data)
SELECT :type, 'imports/' || CAST(:import AS text), e.division, e.kindergarten, current_setting('app.actor'),
       json_build_object('id', CAST(:import AS text), 'born', count(*) FILTER (WHERE i.child IS NULL),
                         'updated', count(i.child), 'synthetic', bool_and(e.synthetic))
FROM enrolments e LEFT JOIN import_changes i ON i.import_id = e.import_id AND i.child = e.child
WHERE e.import_id = CAST(:import AS uuid) GROUP BY e.division, e.kindergarten
""")
_announce_each = text(announcing(":type", "WHERE e.import_id = CAST(:import AS uuid)"))
_restore = text(f"""
UPDATE children c SET {", ".join(f"{name} = b.{name}" for name in CHANGEABLE)}
FROM import_changes i CROSS JOIN LATERAL jsonb_populate_record(NULL::children, i.before) b
WHERE i.import_id = :import AND c.id = i.child
""")
# In one statement, because a child whose enrolment is gone may be out of sight.
_remove = text("""
WITH gone AS (DELETE FROM enrolments WHERE import_id = :import RETURNING child)
DELETE FROM children c USING gone WHERE c.id = gone.child
AND NOT EXISTS (SELECT FROM import_changes i WHERE i.import_id = :import AND i.child = c.id)
""")
_forget = text("DELETE FROM import_changes WHERE import_id = :import")


class ImportNotUndoable(DomainError):
    zh = "状态为“{state}”的导入不能撤销。"
    en = "An import that is {state} cannot be undone."


class ImportedRowsChanged(DomainError):
    zh = "导入之后有{count}处记录被改动,不能整体撤销。"
    en = "{count} records were changed since the import; it cannot be undone as a whole."
    hint_zh = "请逐条核对 changed 中列出的幼儿。"
    hint_en = "Look at the children listed in `changed` one by one."


async def refuse_undo(session: AsyncSession, found: Import) -> None:
    """Raise when the import cannot be undone: by its state, or because its rows are not as it left them."""
    if found.state not in UNDOABLE:
        raise ImportNotUndoable(state=said(found.state))
    await session.execute(_patient)
    binds = {"import": found.id}
    changed = [{"child": str(child), "what": what} for child, what in await session.execute(_changed, binds)]
    so_far = await records.stored_so_far(session, found.id)
    vanished = so_far["born"] - int((await session.execute(_born, binds)).scalar_one())
    if changed or vanished > 0:
        extra = {"changed": changed[:SHOWN], "vanished": max(vanished, 0)}
        raise ImportedRowsChanged(count=len(changed) + max(vanished, 0), extra=extra)


@job("registry.roll.undo")
async def undo_roll(work: Work) -> Mapping[str, Any]:
    """Take an import back in one transaction."""
    import_id = UUID(work.arguments["import"])
    async with work.step(message="撤销导入") as session:
        found = await session.get(Import, import_id, with_for_update=True)
        if found is None:
            raise NotFound(what="import")
        if found.state == ImportState.UNDONE:
            return {"state": ImportState.UNDONE.value}
        await refuse_undo(session, found)
        for statement, kind in ((_announce, ROLL_UNDONE), (_announce_each, ENROLMENT_WITHDRAWN)):
            await session.execute(statement, {"import": str(import_id), "type": kind})
        binds = {"import": import_id}
        await session.execute(_restore, binds)
        removed: Any = await session.execute(_remove, binds)
        await session.execute(_forget, binds)
        await forget_file(session, import_id)
        found.state, found.undone_at = ImportState.UNDONE.value, await session.scalar(text("SELECT now()"))
    return {"state": ImportState.UNDONE.value, "removed": removed.rowcount}
