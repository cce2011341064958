import json
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response, Security, status
from fastapi.responses import HTMLResponse

from services.quality.evaluation_reports.report import report
from services.quality.evaluations import queries
from services.quality.evaluations.answers import visible
from services.quality.permissions import May
from services.quality.printing.printer import (
    PDF,
    DocumentNotPrinted,
    DocumentTooLong,
    PrinterNotInstalled,
    digest,
    pdf_of,
)
from shared.auth import Actor, authorize
from shared.db import Read, Reader
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/evaluations", tags=["evaluations"], route_class=Route)

Caller = Annotated[Actor, Security(authorize, scopes=[May.READ_EVALUATIONS])]
REFUSED = problems(NotFound, PrinterNotInstalled, DocumentTooLong, DocumentNotPrinted)
FILE: Mapping[str, Any] = {PDF: {"schema": {"type": "string", "format": "binary"}}}


async def _page(id: UUID, caller: Actor, reader: Reader) -> str:
    (body,) = await reader.one(queries.EVALUATION, "evaluation", id=id)
    (items,) = await reader.one(queries.FRAMEWORK, "evaluation", id=id)
    return report(visible(body, caller), json.loads(items))


async def _printed(html: str, request: Request, id: UUID) -> Response:
    """The PDF, or 304 when the caller holds it already: the tag is the digest of what was printed."""
    tag = f'"{digest(html)}"'
    if request.headers.get("if-none-match") == tag:
        return Response(None, status.HTTP_304_NOT_MODIFIED, {"ETag": tag})
    disposition = f'inline; filename="evaluation-report-{id}.pdf"'
    return Response(await pdf_of(html), headers={"ETag": tag, "Content-Disposition": disposition}, media_type=PDF)


@router.get(
    "/{id}/report",
    operation_id="read_evaluation_report",
    response_class=HTMLResponse,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}, **FILE}}, **REFUSED},
)
async def read_evaluation_report(id: UUID, caller: Caller, request: Request, reader: Read) -> Response:
    """The report with charts, as a page or as PDF by what is accepted; it shows what the caller may see now."""
    html = await _page(id, caller, reader)
    wants_pdf = request.headers.get("accept", "").startswith(PDF)
    return await _printed(html, request, id) if wants_pdf else HTMLResponse(html)


@router.get(
    "/{id}/report.pdf",
    operation_id="print_evaluation_report",
    response_class=Response,
    responses={200: {"content": {**FILE}}, **REFUSED},
)
async def print_evaluation_report(id: UUID, caller: Caller, request: Request, reader: Read) -> Response:
    """The report as PDF, for a link to point at."""
    return await _printed(await _page(id, caller, reader), request, id)
