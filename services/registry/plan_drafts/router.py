import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.offers import held
from services.registry.permissions import May
from services.registry.plan_drafts import actions
from services.registry.plan_drafts.actions import PlanInForce
from services.registry.plan_drafts.adopting import adopt
from services.registry.plan_drafts.queries import DRAFT, DRAFTS
from services.registry.plan_drafts.rules import MACHINE, Draft
from services.registry.plan_drafts.schemas import (
    NAME,
    PlanAdopted,
    PlanAdoption,
    PlanDocument,
    PlanDraftNote,
    PlanDraftOut,
    PlanDrafts,
)
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState, offered

router = APIRouter(prefix="/plan-drafts", tags=["plan drafts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PLAN])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PLAN])]
Adopter = Annotated[Actor, Security(authorize, scopes=[May.ADOPT_PLAN])]
PlanCode = Annotated[str, Path(max_length=100, pattern=NAME, description="Code of the plan: huairou-2026-2028.")]


def _shown(body: str, caller: Actor, code: int = status.HTTP_200_OK) -> Response:
    row: dict[str, Any] = json.loads(body)
    may = held(caller, row.pop("division"), None)
    row["actions"] = offered(MACHINE, Draft(row["state"], row["imported_by"]), caller.id, may, today())
    return Response(json.dumps(row, ensure_ascii=False), code, media_type="application/json")


async def _answer(session: AsyncSession, caller: Actor, code: str, answered: int) -> Response:
    body = await written(session, DRAFT, code=code)
    return _shown(body, caller, answered)


@router.get("", operation_id="list_plan_drafts", response_model=PlanDrafts)
async def list_plan_drafts(_: Reader, reader: Read) -> Response:
    """The plans that were loaded, with their state."""
    body, *_rest = await reader.one(DRAFTS, "plan draft")
    return Response(f'{{"items":{body}}}', media_type="application/json")


@router.get("/{code}", operation_id="get_plan_draft", response_model=PlanDraftOut, responses=problems(NotFound))
async def get_plan_draft(code: PlanCode, _: Reader, reader: Read) -> Response:
    """One of them, whole."""
    body, *_rest = await reader.one(DRAFT, "plan draft", code=code)
    return _shown(body, reader.actor)


@router.put(
    "/{code}",
    operation_id="load_plan_draft",
    response_model=PlanDraftOut,
    responses=problems(PlanInForce, NotInThisState),
)
async def load_plan_draft(code: PlanCode, caller: Planner, document: PlanDocument, session: Write) -> Response:
    """Load the next plan as data 导入: measures, units, targets, named projects. All faults are answered at once."""
    new = await actions.load_draft(session, caller, code, document)
    return await _answer(session, caller, code, status.HTTP_201_CREATED if new else status.HTTP_200_OK)


@router.post(
    "/{code}/adoptions",
    operation_id="adopt_plan",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def adopt_plan(code: PlanCode, caller: Adopter, new: PlanAdoption, session: Write) -> PlanAdopted:
    """Put it in force from its own first day 生效: another person than who loaded it. Open tasks go on when asked."""
    return await adopt(session, caller, code, new)


@router.post(
    "/{code}/withdrawals",
    operation_id="withdraw_plan_draft",
    status_code=status.HTTP_201_CREATED,
    response_model=PlanDraftOut,
    responses=problems(NotFound, NotInThisState),
)
async def withdraw_plan_draft(code: PlanCode, caller: Planner, new: PlanDraftNote, session: Write) -> Response:
    """Take it back before it is in force 撤回."""
    await actions.withdraw_draft(session, caller, code, new.note)
    return await _answer(session, caller, code, status.HTTP_201_CREATED)
