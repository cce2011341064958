"""Measures of a plan become drafts of tasks 任务分解: one for each measure that has none yet."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.indicators.models import Target
from services.registry.plan_tasks.actions import placed
from services.registry.plan_tasks.models import PlanTask
from services.registry.plan_tasks.schemas import PlanTasksDerived
from services.registry.plans.models import Clause, Plan
from shared.events import announce
from shared.ids import new_id
from shared.pinyin import pinyin_key

DERIVED = "registry.plan.divided"
PROPOSED_LEAD = "education_commission"
PROPOSED = "计划未写明牵头单位,拟由区教委牵头,待区确定"
TITLE = 500


async def derive_tasks(session: AsyncSession, plan: Plan) -> PlanTasksDerived:
    """Draft a task for each measure without one; again, and nothing is added.

    The lead is the unit the plan's words name; where they name none it is a proposal and says so. Due on the plan's
    last day; a measure with a target of the plan takes the target's indicator as its evidence.
    """
    # Two who derive at once take turns.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"tasks of {plan.code}", 0))))
    have = set(await session.scalars(select(PlanTask.clause).where(PlanTask.plan == plan.code)))
    targets = {
        each.clause: each
        for each in await session.scalars(select(Target).where(Target.plan == plan.code).order_by(Target.place.desc()))
        if each.clause
    }
    wanted = select(Clause).where(Clause.plan == plan.code).order_by(Clause.place)
    made = [
        await _draft(session, plan, clause, targets.get(clause.id))
        for clause in await session.scalars(wanted)
        if clause.id not in have
    ]
    if made:
        await session.execute(insert(PlanTask), made)
        data = {"plan": plan.code, "tasks": len(made)}
        await announce(session, DERIVED, f"plans/{plan.code}", division=plan.division, data=data)
    total = select(func.count()).select_from(PlanTask).where(PlanTask.plan == plan.code)
    return PlanTasksDerived(plan=plan.code, derived=len(made), tasks=await session.scalar(total) or 0)


async def _draft(session: AsyncSession, plan: Plan, clause: Clause, target: Target | None) -> dict[str, Any]:
    lead = clause.lead or PROPOSED_LEAD
    fields = {"lead": lead, "assist": [each for each in dict.fromkeys(clause.assist) if each != lead]}
    return {
        "id": new_id(),
        "plan": plan.code,
        "clause": clause.id,
        "title": clause.quote[:TITLE],
        "pinyin": pinyin_key(clause.quote[:TITLE]),
        "basis": clause.basis if clause.lead else PROPOSED,
        "due_on": plan.until - timedelta(1),
        "measure": target.wording if target else "",
        "indicator": target.indicator if target else None,
        "parameters": target.parameters if target else {},
        "comparison": target.comparison if target else None,
        "threshold": target.threshold if target else None,
        "evidence_service": clause.service,
        "evidence_path": "",
        "state": "draft",
        **fields,
        **await placed(session, plan.division, fields),
    }
