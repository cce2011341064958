from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response, Security, UploadFile, status
from pydantic import ValidationError

from services.safety.answers import JSON
from services.safety.inspection_imports import queries
from services.safety.inspection_imports.actions import ColumnMissing, NotATable, TooManyRows, import_inspections
from services.safety.inspection_imports.schemas import (
    ImportLayout,
    InspectionImportOut,
    OutsideInspectionPage,
    OutsideInspectionQuery,
    OutsideTotals,
    TotalsQuery,
)
from services.safety.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import InvalidInput, problems
from shared.idempotency import Route

imports = APIRouter(prefix="/inspection-imports", tags=["inspections"], route_class=Route)
router = APIRouter(prefix="/outside-inspections", tags=["inspections"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_INSPECTIONS])]
Importer = Annotated[Actor, Security(authorize, scopes=[May.IMPORT_INSPECTIONS])]


@imports.post(
    "",
    operation_id="import_inspections",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotATable, ColumnMissing, TooManyRows),
)
async def import_table(
    caller: Importer,
    session: Write,
    file: UploadFile,
    source: Annotated[str, Form(min_length=1, max_length=200)],
    layout: Annotated[str, Form(max_length=20_000, description="JSON: see ImportLayout.")],
    dry_run: Annotated[bool, Form()] = False,
) -> InspectionImportOut:
    """Take inspections others made from a CSV table in their own layout 导入外部检查; all faults are told at once."""
    try:
        asked = ImportLayout.model_validate_json(layout)
    except ValidationError as error:
        said = error.errors()[0]["msg"]
        raise InvalidInput(reason_zh=said, reason_en=said, pointer="/layout") from error
    return await import_inspections(session, caller, source, await file.read(), asked, dry_run=dry_run)


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
