from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response, Security, status
from sqlalchemy import bindparam, select

from services.quality.employment_bars import actions
from services.quality.employment_bars.models import EmploymentBarQuery
from services.quality.employment_bars.rules import NumberIsNotValid
from services.quality.employment_bars.schemas import EmploymentBarAnswer, EmploymentBarAsked
from services.quality.keys import Keys
from services.quality.permissions import May
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/employment-bar-queries", tags=["ethics"], route_class=Route)

Employer = Annotated[Actor, Security(authorize, scopes=[May.ASK_EMPLOYMENT_BARS])]
_row = EmploymentBarQuery.__table__.c
RECEIPT = one(
    select(_row.id.label("receipt"), _row.barred, _row.purpose, _row.position, _row.asked_at).where(
        _row.id == bindparam("id")
    )
)


@router.post(
    "",
    operation_id="ask_employment_bar",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, NumberIsNotValid),
)
async def ask_employment_bar(
    asked: EmploymentBarAsked, caller: Employer, keys: Keys, session: Write
) -> EmploymentBarAnswer:
    """Ask whether a person is barred 从业禁止查询: yes or no, with a receipt; the question is logged."""
    return await actions.ask_bar(session, keys, caller, asked)


@router.get(
    "/{id}",
    operation_id="get_employment_bar_query",
    response_model=EmploymentBarAnswer,
    responses=problems(NotFound),
)
async def get_employment_bar_query(id: UUID, _: Employer, reader: Read) -> Response:
    """Show one's own receipt again."""
    (body,) = await reader.one(RECEIPT, "receipt", id=id)
    return Response(body, media_type="application/json")
