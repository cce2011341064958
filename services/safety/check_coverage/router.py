import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response, Security

from services.safety.answers import JSON
from services.safety.check_coverage import queries
from services.safety.check_coverage.rules import Version, asked
from services.safety.check_coverage.schemas import (
    CheckCoverageDay,
    CheckCoveragePage,
    CheckCoverageQuery,
    CheckCoverageSummary,
)
from services.safety.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Reader
from shared.idempotency import Route

router = APIRouter(prefix="/self-check-coverage", tags=["self-checks"], route_class=Route)

Viewer = Annotated[Actor, Security(authorize, scopes=[May.READ_CHECKS])]


async def _asked(reader: Reader, on: date | None, checklist: str | None) -> dict[str, Any]:
    (body,) = await reader.one(queries.VERSIONS, "checklists", checklist=checklist)
    versions = [
        Version(
            row["code"],
            row["period"],
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in json.loads(body)
    ]
    return queries.values(asked(versions, on or today()))


@router.get(
    "",
    operation_id="list_self_check_coverage",
    response_model=CheckCoveragePage,
    responses=exports.responses(CheckCoveragePage),
)
async def list_coverage(
    query: Annotated[CheckCoverageQuery, Query()], request: Request, _: Viewer, reader: Read
) -> Response:
    """Self-checks due, made and missed in a term by kindergarten 自查覆盖, most missed first."""
    values = await _asked(reader, query.as_of, query.checklist)
    plain = query.model_copy(update={"as_of": None, "checklist": None})
    return await exports.answer(request, reader, queries.COVERAGE, plain, **values)


@router.get("/summary", operation_id="get_self_check_coverage", response_model=CheckCoverageSummary)
async def get_coverage(query: Annotated[CheckCoverageDay, Query()], _: Viewer, reader: Read) -> Response:
    """Self-checks due, made and missed in a term, over the caller's scope."""
    values = await _asked(reader, query.as_of, query.checklist)
    (body,) = await reader.one(queries.SUMMARY, "coverage", division=query.division, **values)
    return Response(body, media_type=JSON)
