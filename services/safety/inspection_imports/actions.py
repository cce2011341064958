"""Taking a table of somebody else's inspections, storing what was checked, and taking it back."""

import hashlib
from http import HTTPStatus
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.inspection_imports.codes import InspectionImportState
from services.safety.inspection_imports.models import InspectionImport, InspectionImportFile, OutsideInspection
from services.safety.inspection_imports.schemas import ImportLayout
from services.safety.inspection_imports.tables import Unreadable, format_of
from services.safety.offers import office_of
from shared.auth import Actor
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.jobs import enqueue

LONGEST_NAME = 200


class NotATable(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文件不能作为检查表格:{why}。"
    en = "The file is no table of inspections: {why}."
    hint_zh = "接受 xlsx、csv(UTF-8 或 GB18030)、ndjson;模板见 GET /v1/inspection-imports/template。"
    hint_en = (
        "xlsx, csv (UTF-8 or GB18030) and ndjson are read; the template is at GET /v1/inspection-imports/template."
    )


class InspectionImportNotChecked(DomainError):
    zh = "状态为“{state}”的导入不能提交。"
    en = "An import that is {state} cannot be committed."
    hint_zh = "只有试导入完成后的导入可以提交。"
    hint_en = "Only a dry run that has ended can be committed."


class InspectionRowsRefused(DomainError):
    zh = "有 {count} 行不能导入,而要求全部或不导入。"
    en = "{count} rows are refused, and all or nothing was asked."


class InspectionImportNotStored(DomainError):
    zh = "状态为“{state}”的导入没有可撤销的数据。"
    en = "An import that is {state} holds nothing to take back."


async def receive(
    session: AsyncSession, actor: Actor, name: str, content: bytes, layout: ImportLayout, asked: dict[str, str]
) -> InspectionImport:
    """Keep the file and queue its import. Raises NotATable."""
    if not content.strip():
        raise NotATable(why="文件是空的", pointer="/file")
    try:
        form = format_of(name, content[:100])
    except Unreadable as why:
        raise NotATable(why=why.zh, pointer="/file") from why
    made = InspectionImport(
        **asked,
        id=new_id(),
        division=office_of(actor),
        actor=actor.id,
        file_name="".join(each for each in name[-LONGEST_NAME:] if each.isprintable()),
        format=form,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        layout=layout.model_dump(mode="json"),
        state="received",
    )
    session.add(made)
    await session.flush()
    session.add(InspectionImportFile(import_id=made.id, division=made.division, content=content))
    await _queue(session, actor, made)
    return made


async def _queue(session: AsyncSession, actor: Actor, found: InspectionImport) -> None:
    arguments: dict[str, Any] = {"import": str(found.id)}
    found.job = await enqueue(session, actor, "safety.inspections.import", arguments, division=found.division)
    await session.flush()


async def _held(session: AsyncSession, id: UUID) -> InspectionImport:
    found = await session.get(InspectionImport, id, with_for_update=True)
    if found is None:
        raise NotFound(what="import")
    return found


def _said(state: str) -> str:
    return next(each.zh for each in InspectionImportState if each == state)


async def commit(session: AsyncSession, actor: Actor, id: UUID) -> InspectionImport:
    """Store what a dry run showed. Raises NotFound, InspectionImportNotChecked, InspectionRowsRefused."""
    found = await _held(session, id)
    if found.state != "checked":
        raise InspectionImportNotChecked(state=_said(found.state))
    if found.atomicity == "atomic" and found.refused:
        raise InspectionRowsRefused(count=found.refused)
    found.mode, found.state, found.known = "commit", "storing", 0
    await _queue(session, actor, found)
    return found


async def undo(session: AsyncSession, id: UUID) -> InspectionImport:
    """Take back every row this import stored, and only those. Raises NotFound, InspectionImportNotStored."""
    found = await _held(session, id)
    if found.state not in ("stored", "cancelled"):
        raise InspectionImportNotStored(state=_said(found.state))
    gone = delete(OutsideInspection).where(OutsideInspection.import_id == id).returning(OutsideInspection.id)
    count = len(list(await session.scalars(gone)))
    found.state, found.undone_at = "undone", await session.scalar(select(func.now()))
    await session.flush()
    await announce(
        session,
        "safety.inspections.import_undone",
        f"inspection-imports/{id}",
        division=found.division,
        data={"source": found.source, "rows": count},
    )
    return found
