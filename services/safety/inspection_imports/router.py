import asyncio
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response, Security, UploadFile, status
from pydantic import ValidationError

from services.safety.answers import JSON
from services.safety.inspection_imports import actions, queries, template
from services.safety.inspection_imports.actions import (
    InspectionImportNotChecked,
    InspectionImportNotStored,
    InspectionRowsRefused,
    NotATable,
)
from services.safety.inspection_imports.codes import InspectionImportAtomicity, InspectionImportMode
from services.safety.inspection_imports.models import InspectionImport
from services.safety.inspection_imports.schemas import (
    ImportLayout,
    InspectionImportAccepted,
    InspectionImportFaultPage,
    InspectionImportFaultQuery,
    InspectionImportOut,
    InspectionImportPage,
    InspectionImportQuery,
    InspectionTemplateQuery,
    OutsideInspectionPage,
    OutsideInspectionQuery,
    OutsideTotals,
    TotalsQuery,
)
from services.safety.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import InvalidInput, NotFound, problems
from shared.exports import CSV, XLSX
from shared.idempotency import Route

LARGEST = 60_000_000  # bytes
imports = APIRouter(prefix="/inspection-imports", tags=["inspections"], route_class=Route, max_body_size=LARGEST)
router = APIRouter(prefix="/outside-inspections", tags=["inspections"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_INSPECTIONS])]
Importer = Annotated[Actor, Security(authorize, scopes=[May.IMPORT_INSPECTIONS])]
BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


def _accepted(found: InspectionImport) -> InspectionImportAccepted:
    return InspectionImportAccepted.model_validate(found)


@imports.get(
    "/template",
    operation_id="get_inspection_template",
    response_class=Response,
    responses={200: {"content": {XLSX: BINARY, CSV: BINARY}}},
)
async def get_template(query: Annotated[InspectionTemplateQuery, Query()], _: Importer) -> Response:
    """An empty table in our own layout 检查导入模板, with the results to choose from."""
    content = template.text() if query.format == "csv" else await asyncio.to_thread(template.workbook)
    name = quote(f"{template.NAME}.{query.format}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, headers=headers, media_type=CSV if query.format == "csv" else XLSX)


@imports.post(
    "",
    operation_id="import_inspections",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotATable),
)
async def import_table(
    caller: Importer,
    session: Write,
    file: UploadFile,
    source: Annotated[str, Form(min_length=1, max_length=200, pattern=r"\S")],
    layout: Annotated[
        str | None, Form(max_length=20_000, description="JSON: see ImportLayout. Left out: that of the template.")
    ] = None,
    mode: Annotated[InspectionImportMode, Form()] = InspectionImportMode.DRY_RUN,
    atomicity: Annotated[InspectionImportAtomicity, Form()] = InspectionImportAtomicity.PARTIAL,
) -> InspectionImportAccepted:
    """Send inspections others made 导入外部检查 as xlsx, csv or ndjson, in their own layout. A dry run stores none."""
    try:
        asked = template.OURS if layout is None else ImportLayout.model_validate_json(layout)
    except ValidationError as error:
        said = error.errors()[0]["msg"]
        raise InvalidInput(reason_zh=said, reason_en=said, pointer="/layout") from error
    known = {"source": source.strip(), "mode": mode.value, "atomicity": atomicity.value}
    content = await file.read()
    return _accepted(await actions.receive(session, caller, file.filename or "", content, asked, known))


@imports.get(
    "",
    operation_id="list_inspection_imports",
    response_model=InspectionImportPage,
    responses=exports.responses(InspectionImportPage),
)
async def list_imports(
    query: Annotated[InspectionImportQuery, Query()], request: Request, _: Importer, reader: Read
) -> Response:
    """List imports in the caller's scope, newest first."""
    return await exports.answer(request, reader, queries.IMPORTS, query)


@imports.get(
    "/{id}", operation_id="get_inspection_import", response_model=InspectionImportOut, responses=problems(NotFound)
)
async def get_import(id: UUID, _: Importer, reader: Read) -> Response:
    """How far an import is, and what came out."""
    return Response((await reader.one(queries.IMPORT, "import", id=id))[0], media_type=JSON)


@imports.get(
    "/{id}/faults",
    operation_id="list_inspection_import_faults",
    response_model=InspectionImportFaultPage,
    responses=exports.responses(InspectionImportFaultPage) | problems(NotFound),
)
async def list_faults(
    id: UUID, query: Annotated[InspectionImportFaultQuery, Query()], request: Request, _: Importer, reader: Read
) -> Response:
    """Everything that is wrong, with row and column; as a file by `Accept`."""
    await reader.one(queries.IMPORT, "import", id=id)
    return await exports.answer(request, reader, queries.FAULTS, query, id=id)


@imports.post(
    "/{id}/commit",
    operation_id="commit_inspection_import",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, InspectionImportNotChecked, InspectionRowsRefused),
)
async def commit_import(id: UUID, caller: Importer, session: Write) -> InspectionImportAccepted:
    """Store the sound rows of a dry run."""
    return _accepted(await actions.commit(session, caller, id))


@imports.post(
    "/{id}/undo",
    operation_id="undo_inspection_import",
    responses=problems(NotFound, InspectionImportNotStored),
)
async def undo_import(id: UUID, _: Importer, session: Write) -> InspectionImportAccepted:
    """Take back every row an import stored, and only those 撤销导入."""
    return _accepted(await actions.undo(session, id))


@router.get(
    "",
    operation_id="list_outside_inspections",
    response_model=OutsideInspectionPage,
    responses=exports.responses(OutsideInspectionPage),
)
async def list_outside(
    query: Annotated[OutsideInspectionQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List inspections others made."""
    return await exports.answer(request, reader, queries.OUTSIDE, query)


@router.get("/totals", operation_id="get_outside_totals", response_model=OutsideTotals)
async def get_totals(query: Annotated[TotalsQuery, Query()], _: Reader, reader: Read) -> Response:
    """Totals of one source, to be compared with those it published."""
    (body,) = await reader.one(queries.TOTALS, "totals", source=query.source)
    return Response(body, media_type=JSON)
