from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security
from sqlalchemy import ColumnElement, Text, bindparam, func, select

from services.quality.evaluations.refusals import ItemNotScored, ScoresLeftOut
from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.frameworks.schemas import CODE
from services.quality.kindergartens.models import Kindergarten
from services.quality.permissions import May
from services.quality.self_evaluations import actions
from services.quality.self_evaluations.models import SelfEvaluation
from services.quality.self_evaluations.schemas import (
    SelfEvaluationOut,
    SelfEvaluationPage,
    SelfEvaluationPut,
    SelfEvaluationQuery,
    SelfEvaluationRow,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/self-evaluations", tags=["evaluations"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_EVALUATIONS])]
Principal = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_EVALUATIONS])]
Year = Annotated[int, Path(ge=2020, le=2100)]
Code = Annotated[str, Path(pattern=CODE)]
_row, _place = SelfEvaluation.__table__.c, Kindergarten.__table__
_key = func.concat(_row.kindergarten, "/", _row.framework_code).cast(Text)
_from = SelfEvaluation.__table__.join(_place, _place.c.id == _row.kindergarten)


def _columns(names: Iterable[str]) -> list[ColumnElement[Any]]:
    return [_place.c.name.label(n) if n == "kindergarten_name" else _row[n] for n in names]


LISTED = Listing(
    "self-evaluations",
    select(*_columns(SelfEvaluationRow.model_fields)).select_from(_from),
    _key,
    {"year": _row.year},
    {"kindergarten": _row.kindergarten == bindparam("kindergarten"), "year": _row.year == bindparam("year")},
)
ONE = one(
    select(*_columns(SelfEvaluationOut.model_fields))
    .select_from(_from)
    .where(
        _row.kindergarten == bindparam("kindergarten"),
        _row.year == bindparam("year"),
        _row.framework_code == bindparam("code"),
    )
)


@router.get(
    "",
    operation_id="list_self_evaluations",
    response_model=SelfEvaluationPage,
    responses=exports.responses(SelfEvaluationPage),
)
async def list_self_evaluations(
    query: Annotated[SelfEvaluationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List who handed in a self-evaluation."""
    return await exports.answer(request, reader, LISTED, query)


@router.get(
    "/{kindergarten}/{year}/{code}",
    operation_id="get_self_evaluation",
    response_model=SelfEvaluationOut,
    responses=problems(NotFound),
)
async def get_self_evaluation(kindergarten: UUID, year: Year, code: Code, _: Reader, reader: Read) -> Response:
    """One self-evaluation with its levels."""
    (body,) = await reader.one(ONE, "self-evaluation", kindergarten=kindergarten, year=year, code=code)
    return Response(body, media_type="application/json")


@router.put(
    "/{kindergarten}/{year}/{code}",
    operation_id="put_self_evaluation",
    response_model=SelfEvaluationOut,
    responses=problems(NotFound, ScoresLeftOut, ItemNotScored, ChildrenAreNotScored),
)
async def put_self_evaluation(
    kindergarten: UUID, year: Year, code: Code, put: SelfEvaluationPut, caller: Principal, session: Write
) -> Response:
    """Hand in the year's self-evaluation 自评: a level for every item whose words are known."""
    await actions.put_self_evaluation(session, caller, kindergarten, year, code, put)
    body = await written(session, ONE, kindergarten=kindergarten, year=year, code=code)
    return Response(body, media_type="application/json")
