from typing import Annotated

from fastapi import APIRouter, Path, Query, Security

from services.registry.permissions import May
from services.registry.plan_baselines import actions
from services.registry.plan_baselines.codes import FormerPlan
from services.registry.plan_baselines.schemas import PlanBaselinePut, PlanBaselineQuery, PlanBaselines
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.idempotency import Route

router = APIRouter(prefix="/plan/baselines", tags=["plan baselines"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PLAN])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PLAN])]
IndicatorCode = Annotated[str, Path(max_length=100, pattern=r"^[a-z][a-z0-9_]*$", description="Code of the indicator.")]


@router.get("", operation_id="list_plan_baselines")
async def list_plan_baselines(query: Annotated[PlanBaselineQuery, Query()], _: Reader, reader: Read) -> PlanBaselines:
    """What figures were at the end of the three plans before, and what they are now: worse ones are warned of."""
    return await actions.compared(reader, query.as_of or today(), query.division, query.former_plan)


@router.put("/{former_plan}/{indicator}", operation_id="enter_plan_baseline", status_code=204)
async def enter_plan_baseline(
    former_plan: FormerPlan, indicator: IndicatorCode, caller: Planner, put: PlanBaselinePut, session: Write
) -> None:
    """Enter a figure of an earlier plan from its document; again, to correct it. The former value is kept."""
    await actions.enter_baseline(session, caller, former_plan, indicator, put)
