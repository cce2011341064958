import asyncio
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response, Security, UploadFile, status
from pydantic import WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from services.registry.imports import actions, corrections, queries
from services.registry.imports.actions import (
    ImportFileForgotten,
    ImportNotChecked,
    NotARoll,
    NothingToStore,
    RowsRefused,
)
from services.registry.imports.codes import ImportAtomicity, ImportMode, OnRegisteredChild
from services.registry.imports.jobs import DryRunIsOutdated
from services.registry.imports.models import Import
from services.registry.imports.schemas import (
    ImportAccepted,
    ImportFindingPage,
    ImportFindingQuery,
    ImportOut,
    ImportPage,
    ImportQuery,
    SchoolYear,
    TemplateQuery,
)
from services.registry.imports.undoing import ImportedRowsChanged, ImportNotUndoable
from services.registry.permissions import May
from services.registry.rolls import template
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.exports import CSV, XLSX
from shared.idempotency import Route
from shared.schemas import In, zh

LARGEST_UPLOAD = 400_000_000  # bytes; a million rows are about 250 MB of csv
router = APIRouter(prefix="/imports", tags=["imports"], route_class=Route, max_body_size=LARGEST_UPLOAD)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_IMPORTS])]
Importer = Annotated[Actor, Security(authorize, scopes=[May.RUN_IMPORTS])]
FILES: dict[str, Any] = {XLSX: {"schema": {"type": "string", "format": "binary"}}}


class ImportNew(In):
    """A roll to import, as a form."""

    file: Annotated[
        UploadFile,
        zh("花名册文件", "xlsx, csv (UTF-8 or GB18030) or ndjson."),
        WithJsonSchema({"type": "string", "format": "binary"}),
    ]
    mode: Annotated[ImportMode, zh("方式")] = ImportMode.DRY_RUN
    atomicity: Annotated[ImportAtomicity, zh("整体性")] = ImportAtomicity.PARTIAL
    on_existing: Annotated[OnRegisteredChild, zh("遇已登记幼儿")] = OnRegisteredChild.REFUSE
    school_year: Annotated[SchoolYear | SkipJsonSchema[None], zh("学年", "The present one by default.")] = None


@router.get(
    "/template",
    operation_id="get_import_template",
    response_class=Response,
    responses={200: {"content": FILES | {CSV: FILES[XLSX]}}},
)
async def get_template(query: Annotated[TemplateQuery, Query()], _: Importer, reader: Read) -> Response:
    """An empty roll: Chinese headers, what goes into each column, and lists of the caller's classes to choose from."""
    if query.format == "csv":
        return _file(template.text(), "花名册模板.csv", CSV)
    choices = await template.choices(reader, query.school_year, today())
    return _file(await asyncio.to_thread(template.workbook, choices), "花名册模板.xlsx", XLSX)


@router.post(
    "",
    operation_id="import_roll",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, NotARoll),
)
async def import_roll(
    new: Annotated[ImportNew, Form()], caller: Importer, session: Write, request: Request
) -> ImportAccepted:
    """Send a roll of children with their classes and guardians. A dry run stores nothing of it in the register."""
    asked = new.model_dump(exclude={"file"})
    return _accepted(await actions.receive_roll(session, request.app.state.keys, caller, new.file, asked, today()))


@router.get("", operation_id="list_imports", response_model=ImportPage, responses=exports.responses(ImportPage))
async def list_imports(query: Annotated[ImportQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List imports in the caller's scope, newest first."""
    return await exports.answer(request, reader, queries.IMPORTS, query)


@router.get("/{id}", operation_id="get_import", response_model=ImportOut, responses=problems(NotFound))
async def get_import(id: UUID, _: Reader, reader: Read) -> Response:
    """How far an import is, and what came out."""
    return Response((await reader.one(queries.IMPORT, "import", id=id))[0], media_type="application/json")


@router.get(
    "/{id}/findings",
    operation_id="list_import_findings",
    response_model=ImportFindingPage,
    responses=exports.responses(ImportFindingPage) | problems(NotFound),
)
async def list_findings(
    id: UUID, query: Annotated[ImportFindingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Everything that was found, with row and field."""
    await reader.one(queries.IMPORT, "import", id=id)
    return await exports.answer(request, reader, queries.FINDINGS, query, id=id)


@router.get(
    "/{id}/corrected-file",
    operation_id="get_import_corrections",
    response_class=Response,
    responses=problems(NotFound, corrections.NothingToCorrect) | {200: {"content": FILES}},
)
async def get_corrections(id: UUID, caller: Importer, session: Write, request: Request) -> Response:
    """The refused rows as a workbook, with what is wrong in each cell: correct it there and send it again.

    It shows identifiers in clear, so it is logged like every look at them.
    """
    found = await actions.locked_import(session, id)
    book = await corrections.workbook(session, request.app.state.keys, caller, found)
    return _file(book, "待更正花名册.xlsx", XLSX)


@router.post(
    "/{id}/commit",
    operation_id="commit_import",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, ImportNotChecked, NothingToStore, ImportFileForgotten, RowsRefused, DryRunIsOutdated),
)
async def commit_import(id: UUID, caller: Importer, session: Write) -> ImportAccepted:
    """Store what the dry run showed: precisely that, or a refusal with the difference."""
    return _accepted(await actions.commit_import(session, caller, id))


@router.post(
    "/{id}/undo",
    operation_id="undo_import",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, ImportNotUndoable, ImportedRowsChanged),
)
async def undo_import(id: UUID, caller: Importer, session: Write) -> ImportAccepted:
    """Take a stored import out of the register again, to the row."""
    return _accepted(await actions.undo_import(session, caller, id))


def _accepted(found: Import) -> ImportAccepted:
    return ImportAccepted.model_validate(found)


def _file(content: bytes, name: str, kind: str) -> Response:
    return Response(
        content, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}, media_type=kind
    )
