from typing import Annotated

from fastapi import APIRouter, Path, Query, Response, Security
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.evaluators.models import EvaluatorRow
from services.quality.evaluators.schemas import EvaluatorOut, EvaluatorPut
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.permissions import May
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import many, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.ids import new_id
from shared.schemas import In

router = APIRouter(prefix="/evaluators", tags=["evaluations"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_EVALUATIONS])]
_row = EvaluatorRow.__table__.c
_columns = [_row[name] for name in EvaluatorOut.model_fields]
EVALUATORS = many(select(*_columns).order_by(_row.account))
EVALUATOR = one(select(*_columns).where(_row.account == bindparam("account")))


class NoArguments(In):
    """A query without parameters: an unknown one is refused."""


@router.get("", operation_id="list_evaluators", response_model=list[EvaluatorOut])
async def list_evaluators(_: Reader, __: Annotated[NoArguments, Query()], reader: Read) -> Response:
    """Who evaluates, with load and interests."""
    found = await reader.row(EVALUATORS)
    return Response(found[0] if found else "[]", media_type="application/json")


@router.put("/{account}", operation_id="put_evaluator", response_model=EvaluatorOut, responses=problems(NotFound))
async def put_evaluator(
    account: Annotated[str, Path(max_length=100)], put: EvaluatorPut, caller: Reader, session: Write
) -> Response:
    """Enter an evaluator, or change load, interests and the day they end."""
    await _enter(session, caller, account, put)
    return Response(await written(session, EVALUATOR, account=account), media_type="application/json")


async def _enter(session: AsyncSession, caller: Actor, account: str, put: EvaluatorPut) -> None:
    if not caller.divisions:
        raise NotFound(what="division")
    division = min(caller.divisions, key=len)
    query = select(EvaluatorRow).where(EvaluatorRow.account == account).with_for_update()
    found = await session.scalar(query)
    if found is None:
        found = EvaluatorRow(id=new_id(), division=division, account=account)
        session.add(found)
    found.name, found.ended_on = put.name, put.ended_on
    found.load = number(PARAMETERS, "evaluation_team_load", today()) if put.load is None else put.load
    found.conflicts = [each.model_dump(mode="json") for each in put.conflicts]
    await session.flush()
