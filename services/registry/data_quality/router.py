import json
from types import SimpleNamespace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.data_quality import actions, queries
from services.registry.data_quality.jobs import CATALOGUE
from services.registry.data_quality.rules import MACHINE, points
from services.registry.data_quality.schemas import (
    DataCheckOut,
    DataFindingDismissal,
    DataFindingOut,
    DataFindingPage,
    DataFindingQuery,
    DataFindingReopening,
    DataQualityRun,
    DataQualityScorePage,
    DataQualityScoreQuery,
)
from services.registry.offers import held
from services.registry.parameters.published import PARAMETERS
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, NotPermitted, problems
from shared.idempotency import Route
from shared.machine import NotInThisState, offered
from shared.service import Nothing

router = APIRouter(tags=["data quality"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DATA_QUALITY])]
Judge = Annotated[Actor, Security(authorize, scopes=[May.JUDGE_DATA_QUALITY])]


@router.get("/data-checks", operation_id="list_data_checks")
async def list_data_checks(_: Reader, __: Annotated[Nothing, Query()]) -> list[DataCheckOut]:
    """Every check over the register: whose it is to mend, by which request, and what it costs the score today."""
    return [
        DataCheckOut(
            code=each.code,
            rule=each.rule,
            severity=each.severity,
            points=points(PARAMETERS, each.severity.value, today()),
            owner=each.owner,
            fix_method=each.fix_method,
            fix_path=each.fix_path,
            title_zh=each.zh,
            title_en=each.en,
            basis=each.basis,
        )
        for each in CATALOGUE.values()
    ]


@router.post(
    "/data-quality-runs",
    operation_id="check_data_quality",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotPermitted),
)
async def check_data_quality(caller: Judge, session: Write) -> DataQualityRun:
    """Look the register over now, as a job; it is done every night besides."""
    return DataQualityRun(job=await actions.look_over(session, caller))


@router.get(
    "/data-findings",
    operation_id="list_data_findings",
    response_model=DataFindingPage,
    responses=exports.responses(DataFindingPage),
)
async def list_data_findings(
    query: Annotated[DataFindingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what the checks found 数据问题 in the caller's scope, the oldest first, with the request that fixes each."""
    return await exports.answer(request, reader, queries.FINDINGS, query, today=query.as_of or today())


@router.get(
    "/data-findings/{id}",
    operation_id="get_data_finding",
    response_model=DataFindingOut,
    responses=problems(NotFound),
)
async def get_data_finding(id: UUID, caller: Reader, reader: Read) -> Response:
    """One finding, what was said about it, and what the caller may do."""
    (body,) = await reader.one(queries.FINDING, "data finding", id=id, today=today())
    return _answer(body, caller)


@router.post(
    "/data-findings/{id}/dismissals",
    operation_id="dismiss_data_finding",
    status_code=status.HTTP_201_CREATED,
    response_model=DataFindingOut,
    responses=problems(NotFound, NotInThisState),
)
async def dismiss_data_finding(id: UUID, asked: DataFindingDismissal, caller: Judge, session: Write) -> Response:
    """Say why what the check holds to be wrong is right 说明; it takes nothing from the score while it stands."""
    return await _judged(session, caller, id, "dismiss", asked.reason)


@router.post(
    "/data-findings/{id}/reopenings",
    operation_id="reopen_data_finding",
    status_code=status.HTTP_201_CREATED,
    response_model=DataFindingOut,
    responses=problems(NotFound, NotInThisState),
)
async def reopen_data_finding(id: UUID, asked: DataFindingReopening, caller: Judge, session: Write) -> Response:
    """Take the explanation back."""
    return await _judged(session, caller, id, "reopen", asked.reason)


@router.get(
    "/data-quality-scores",
    operation_id="list_data_quality_scores",
    response_model=DataQualityScorePage,
    responses=exports.responses(DataQualityScorePage),
)
async def list_data_quality_scores(
    query: Annotated[DataQualityScoreQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The score of every kindergarten that operates or is suspended, the lowest first, with its reasons by check."""
    on = query.as_of or today()
    lost = {f"{name}_points": points(PARAMETERS, name, on) for name in ("red", "warn")}
    return await exports.answer(request, reader, queries.SCORES, query, as_of=on, **lost)


async def _judged(session: AsyncSession, caller: Actor, id: UUID, verb: str, reason: str) -> Response:
    await actions.judge_finding(session, caller, id, verb, reason)
    return _answer(await written(session, queries.FINDING, id=id, today=today()), caller, status.HTTP_201_CREATED)


def _answer(body: str, caller: Actor, code: int = status.HTTP_200_OK) -> Response:
    row: dict[str, Any] = json.loads(body)
    may = held(caller, row["division"], row["kindergarten"])
    row["actions"] = offered(MACHINE, SimpleNamespace(**row), caller.id, may, today())
    return Response(json.dumps(row, ensure_ascii=False), code, media_type="application/json")
