"""Taking a roll in, and deciding what becomes of one that was checked."""

import hashlib
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.ages.rules import school_year
from services.registry.imports.codes import ImportMode, ImportState, said
from services.registry.imports.filing import PIECE, keep_piece
from services.registry.imports.jobs import DryRunIsOutdated
from services.registry.imports.models import Import, ImportFile
from services.registry.imports.undoing import refuse_undo
from services.registry.kindergartens.models import Kindergarten
from services.registry.rolls.reading import Unreadable, format_of
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.errors import DomainError, NotFound
from shared.ids import new_id
from shared.jobs import enqueue

SHOWN = 100
LONGEST_FILE_NAME = 200

# The rows the dry run showed as sound, asked again: nobody registered since, every class there with seats enough.
_differing = text("""
WITH asked AS MATERIALIZED (
  SELECT u.* FROM import_keys k, unnest(k.rows, k.documents, k.classes, k.days) AS u(row, document, class_id, day)
  WHERE k.import_id = :import),
arriving AS (SELECT class_id, count(*) AS children, min(day) AS first FROM asked GROUP BY class_id)
SELECT f.row, 'already-registered' FROM (
  SELECT array_agg(row) AS rows, array_agg(document) AS documents FROM asked) a
CROSS JOIN LATERAL registered_documents(a.rows, a.documents) f WHERE :refusing
UNION ALL
SELECT a.row, 'class-unknown' FROM asked a WHERE NOT EXISTS (SELECT FROM classes c WHERE c.id = a.class_id)
UNION ALL
SELECT min(a.row), 'class-full' FROM arriving n JOIN classes c ON c.id = n.class_id JOIN asked a USING (class_id)
WHERE n.children + (SELECT count(*) FROM enrolments e WHERE e.class_id = c.id AND e.since <= n.first
                    AND e.until = '9999-12-31') > c.hard_limit
GROUP BY n.class_id
""")


class Upload(Protocol):
    """A file on its way in."""

    filename: str | None

    async def read(self, size: int = -1) -> bytes: ...


class NotARoll(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文件不能作为花名册:{why}。"
    en = "The file is no roll: {why_en}."
    hint_zh = "请使用模板 GET /v1/imports/template。"
    hint_en = "Use the template at GET /v1/imports/template."


class ImportNotChecked(DomainError):
    zh = "状态为“{state}”的导入不能提交。"
    en = "An import that is {state} cannot be committed."
    hint_zh = "只有试导入完成后的导入可以提交。"
    hint_en = "Only a dry run that has ended can be committed."


class ImportFileForgotten(DomainError):
    zh = "文件已超过保存天数,不再保存。"
    en = "The file is older than files are kept, and gone."
    hint_zh = "请重新上传。"
    hint_en = "Send it again."


class NothingToStore(DomainError):
    zh = "没有可以导入的行。"
    en = "There is no row that could be stored."


class RowsRefused(DomainError):
    zh = "有{count}行不能导入,而要求全部或不导入。"
    en = "{count} rows are refused, and all or nothing was asked."


async def receive_roll(
    session: AsyncSession, keys: KeyRing, actor: Actor, upload: Upload, asked: Mapping[str, Any], on: date
) -> Import:
    """Keep the file, sealed, and queue its import. Raises NotARoll."""
    piece = await upload.read(PIECE)
    name = (upload.filename or "")[-LONGEST_FILE_NAME:]
    if not piece.strip():
        raise NotARoll(why="文件是空的", why_en="it is empty", pointer="/file")
    try:
        form = format_of(name, piece[:100])
    except Unreadable as why:
        raise NotARoll(why=why.zh, why_en=why.en, pointer="/file") from why
    division, kindergarten = await _home(session, actor)
    made = Import(
        id=new_id(),
        division=division,
        kindergarten=kindergarten,
        actor=actor.id,
        file_name="".join(c for c in name if c.isprintable()),
        format=form,
        size=0,
        sha256="",
        school_year=asked["school_year"] or school_year(on),
        **{field: asked[field].value for field in ("mode", "atomicity", "on_existing")},
        state=ImportState.RECEIVED.value,
    )
    session.add(made)
    await session.flush()
    digest, number = hashlib.sha256(), 0
    while piece:
        digest.update(piece)
        made.size += len(piece)
        await keep_piece(session, keys, made.id, number, piece)
        piece, number = await upload.read(PIECE), number + 1
    made.sha256 = digest.hexdigest()
    await _queue(session, actor, made, "registry.roll.import")
    return made


async def commit_import(session: AsyncSession, actor: Actor, id: UUID) -> Import:
    """Store what the dry run showed, and precisely that.

    Raises NotFound, ImportNotChecked, NothingToStore, ImportFileForgotten, RowsRefused, DryRunIsOutdated with the rows
    that differ.
    """
    found = await locked_import(session, id)
    if found.state != ImportState.CHECKED:
        raise ImportNotChecked(state=said(found.state))
    if not found.accepted:
        raise NothingToStore
    if await session.scalar(select(ImportFile.number).where(ImportFile.import_id == id).limit(1)) is None:
        raise ImportFileForgotten
    if found.atomicity == "atomic" and found.refused:
        raise RowsRefused(count=found.refused)
    binds = {"import": id, "refusing": found.on_existing == "refuse"}
    differing = [{"row": row, "code": code} for row, code in await session.execute(_differing, binds)]
    if differing:
        raise DryRunIsOutdated(count=len(differing), extra={"differing": sorted(differing, key=_row)[:SHOWN]})
    found.mode, found.state = ImportMode.COMMIT.value, ImportState.STORING.value
    await _queue(session, actor, found, "registry.roll.import")
    return found


def _row(difference: Mapping[str, Any]) -> int:
    return int(difference["row"])


async def undo_import(session: AsyncSession, actor: Actor, id: UUID) -> Import:
    """Take a stored import back. Raises NotFound, ImportNotUndoable, ImportedRowsChanged with the list of them."""
    found = await locked_import(session, id)
    await refuse_undo(session, found)
    await _queue(session, actor, found, "registry.roll.undo")
    return found


async def locked_import(session: AsyncSession, id: UUID) -> Import:
    """The import, held until the end. Raises NotFound."""
    found = await session.get(Import, id, with_for_update=True)
    if found is None:
        raise NotFound(what="import")
    return found


async def _home(session: AsyncSession, actor: Actor) -> tuple[str, UUID | None]:
    """To whom the import belongs: the widest division of its sender, or the kindergarten it runs."""
    if actor.divisions:
        return min(actor.divisions, key=len), None
    owner = actor.kindergartens[0]
    division = await session.scalar(select(Kindergarten.division).where(Kindergarten.id == owner))
    if division is None:
        raise NotFound(what="kindergarten")
    return division, owner


async def _queue(session: AsyncSession, actor: Actor, found: Import, kind: str) -> None:
    found.job = await enqueue(
        session, actor, kind, {"import": str(found.id)}, division=found.division, kindergarten=found.kindergarten
    )
    await session.flush()
