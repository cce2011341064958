from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status

from services.quality.evidence import actions, queries
from services.quality.evidence.actions import AlreadyWithdrawn, ItemUnknown
from services.quality.evidence.schemas import (
    CoverageQuery,
    EvidenceCoverage,
    EvidenceNew,
    EvidenceOut,
    EvidencePage,
    EvidenceQuery,
    EvidenceWithdrawal,
)
from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.frameworks.queries import FRAMEWORK
from services.quality.frameworks.schemas import CODE
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/evidence", tags=["evidence"], route_class=Route)
coverage = APIRouter(prefix="/frameworks", tags=["evidence"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_EVIDENCE])]
Collector = Annotated[Actor, Security(authorize, scopes=[May.COLLECT_EVIDENCE])]


@router.get("", operation_id="list_evidence", response_model=EvidencePage, responses=exports.responses(EvidencePage))
async def list_evidence(
    query: Annotated[EvidenceQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List evidence in the caller's scope."""
    return await exports.answer(request, reader, queries.EVIDENCE, query)


@router.get("/{id}", operation_id="get_evidence", response_model=EvidenceOut, responses=problems(NotFound))
async def get_evidence(id: UUID, _: Reader, reader: Read) -> Response:
    """One piece of evidence."""
    (body,) = await reader.one(queries.ONE, "evidence", id=id)
    return Response(body, media_type="application/json")


@router.post(
    "",
    operation_id="collect_evidence",
    status_code=status.HTTP_201_CREATED,
    response_model=EvidenceOut,
    responses=problems(
        NotFound, ItemUnknown, ChildrenAreNotScored, constraints=("evidence_ends_after_it_was_collected",)
    ),
)
async def collect_evidence(new: EvidenceNew, caller: Collector, session: Write) -> Response:
    """Record a piece of evidence once; every framework with a corresponding item can use it."""
    made = await actions.collect_evidence(session, caller, new)
    body = await written(session, queries.ONE, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_evidence",
    status_code=status.HTTP_201_CREATED,
    response_model=EvidenceOut,
    responses=problems(NotFound, AlreadyWithdrawn),
)
async def withdraw_evidence(id: UUID, asked: EvidenceWithdrawal, _: Collector, session: Write) -> Response:
    """Say that it no longer holds; it stays on record with the reason."""
    await actions.withdraw_evidence(session, id, asked.reason)
    body = await written(session, queries.ONE, id=id)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@coverage.get(
    "/{code}/editions/{edition}/evidence",
    operation_id="get_evidence_coverage",
    response_model=EvidenceCoverage,
    responses=problems(NotFound),
)
async def get_evidence_coverage(
    code: Annotated[str, Path(pattern=CODE)],
    edition: Annotated[str, Path(pattern=r"^[0-9a-z.-]{1,40}$")],
    query: Annotated[CoverageQuery, Query()],
    _: Reader,
    reader: Read,
) -> Response:
    """Item by item, the evidence of a kindergarten that can be used, wherever it was first collected for."""
    await reader.one(FRAMEWORK, "framework", code=code, edition=edition)
    values = {"kindergarten": query.kindergarten, "as_of": query.as_of or today()}
    found = await reader.one(queries.COVERAGE, "framework", code=code, edition=edition, **values)
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")
