"""The verbs of a task: load, decide, write, record, announce."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.parameters.published import PARAMETERS
from services.registry.plan_tasks import checks
from services.registry.plan_tasks.models import PlanTask, PlanTaskReport
from services.registry.plan_tasks.queries import TASK
from services.registry.plan_tasks.rules import MACHINE, name_of, quarter_of, report_due
from services.registry.plan_tasks.schemas import PlanTaskCarryOver, PlanTaskNew, PlanTaskPatch, PlanTaskReportPut
from services.registry.plan_tasks.works import speaks, work
from services.registry.plan_units.actions import for_the_district
from services.registry.plan_units.codes import PlanUnitKind
from services.registry.plan_units.models import PlanUnit
from services.registry.plans.models import Clause, Plan
from services.registry.refusals import refuse
from services.registry.steps.actions import record
from shared import etags
from shared.auth import Actor
from shared.days import today
from shared.documents import written
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal
from shared.pinyin import pinyin_key

DRAFTED = "registry.plan_task.drafted"
ALL_TOWNS = "towns"
PLACED = (PlanUnitKind.TOWN.value, PlanUnitKind.STREET.value)


async def current_plan(session: AsyncSession, on: date) -> Plan | None:
    """The plan current on a day."""
    return await session.scalar(select(Plan).where(Plan.since <= on).order_by(Plan.since.desc()).limit(1))


async def towns_of(session: AsyncSession, units: Iterable[str]) -> list[str]:
    """The divisions of the towns among these units; 镇乡街道 named together are all of them."""
    named = set(units)
    found = select(PlanUnit.division).where(PlanUnit.kind.in_(PLACED))
    if ALL_TOWNS not in named:
        found = found.where(PlanUnit.code.in_(named))
    return sorted(each for each in await session.scalars(found) if each)


async def placed(session: AsyncSession, district: str, task: Mapping[str, Any]) -> dict[str, Any]:
    """Whose scope a task lies in."""
    lead = await session.get(PlanUnit, task["lead"])
    division = lead.division if lead and lead.division else district
    return {"division": division, "towns": await towns_of(session, [task["lead"], *task["assist"]])}


async def draft_task(session: AsyncSession, actor: Actor, new: PlanTaskNew) -> UUID:
    """Draft a task for a measure of the plan; more than one may serve the same measure."""
    for_the_district(actor)
    plan = await (session.get(Plan, new.plan) if new.plan else current_plan(session, today()))
    values = new.model_dump(exclude={"plan"})
    refuse(await checks.faults(session, plan, values))
    assert plan is not None  # noqa: S101  # `refuse` has left when there is none
    made = PlanTask(
        id=new_id(),
        plan=plan.code,
        state="draft",
        pinyin=pinyin_key(new.title),
        **values,
        **await placed(session, plan.division, values),
    )
    session.add(made)
    await session.flush()
    data = {"id": made.id, "clause": made.clause, "lead": made.lead, "due_on": made.due_on}
    await announce(session, DRAFTED, f"plan-tasks/{made.id}", division=made.division, data=data)
    return made.id


async def case(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> PlanTask:
    """The task, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    found = await session.scalar(select(PlanTask).where(PlanTask.id == id).with_for_update())
    if found is None:
        raise NotFound(what="task")
    body = await written(session, TASK, id=id, as_of=today())
    row = json.loads(body)
    if refused := refusal(MACHINE, verb, work(row, speaks=speaks(row, actor)), actor.id, today()):
        raise refused
    return found


async def note(session: AsyncSession, actor: Actor, task: PlanTask, verb: str, text: str = "", **data: Any) -> None:
    told = SimpleNamespace(id=task.id, division=task.division, kindergarten=None, state=task.state)
    await record(session, actor, "plan_task", told, MACHINE, verb, note=text, data=data)


async def edit_task(session: AsyncSession, actor: Actor, id: UUID, patch: PlanTaskPatch, asked: int) -> None:
    """Change the fields that were sent, if the caller has seen the present version."""
    task = await case(session, actor, id, "edit")
    sent = patch.model_dump(exclude_unset=True)
    changes = {name: value for name, value in sent.items() if getattr(task, name) != value}
    etags.check(asked, task.version, to_jsonable_python({name: getattr(task, name) for name in changes}))
    if not changes:
        return
    after = {name: getattr(task, name) for name in ("clause", *PlanTaskPatch.model_fields)} | changes
    plan = await session.get(Plan, task.plan)
    refuse(await checks.faults(session, plan, after))
    if {"lead", "assist"} & changes.keys() and plan is not None:
        where = await placed(session, plan.division, after)
        changes |= where
        await session.execute(update(PlanTaskReport).where(PlanTaskReport.task == id).values(**where))
    if "title" in changes:
        changes["pinyin"] = pinyin_key(changes["title"])
    before = {name: getattr(task, name) for name in sent if name in changes}
    for name, value in changes.items():
        setattr(task, name, value)
    await session.flush()
    await session.refresh(task)
    await note(session, actor, task, "edit", before=before, after={name: changes[name] for name in before})


async def assign_task(session: AsyncSession, actor: Actor, id: UUID, on: date | None, document: str) -> None:
    """Give the task out to its units 下达; from that day it is reported on and can be late."""
    task = await case(session, actor, id, "assign")
    day, plan = on or today(), await session.get(Plan, task.plan)
    faults = []
    if day > today():
        faults.append(Fault("/assigned_on", "day-lies-ahead", "不得晚于今日。", "It is not after today."))
    if plan is not None and day < plan.since:
        said = "下达日期早于计划起始日期。", "It is before the plan begins."
        faults.append(Fault("/assigned_on", "day-before-the-plan", *said))
    refuse(faults)
    task.state, task.assigned_on = "assigned", day
    await note(session, actor, task, "assign", assigned_on=day, document=document)


async def confirm_task(session: AsyncSession, actor: Actor, id: UUID, text: str) -> None:
    """The lead unit takes the task into its key list 列入本部门重点任务."""
    task = await case(session, actor, id, "confirm")
    task.state, task.confirmed_on = "confirmed", today()
    await note(session, actor, task, "confirm", text)


async def report_quarter(session: AsyncSession, actor: Actor, id: UUID, quarter: date, put: PlanTaskReportPut) -> None:
    """Hand in the report of a quarter that has begun; handed in again it replaces the former, not its first day."""
    task = await case(session, actor, id, "report")
    faults, on = [], today()
    if quarter > on:
        faults.append(Fault("quarter", "quarter-lies-ahead", "该季度尚未开始。", "The quarter has not begun."))
    if task.assigned_on is not None and quarter < quarter_of(task.assigned_on):
        said = "该季度早于任务下达。", "The quarter is before the task was assigned."
        faults.append(Fault("quarter", "quarter-before-assignment", *said))
    refuse(faults)
    values = put.model_dump() | {"reported_on": on, "reported_by": actor.id}
    kept = {"task": id, "quarter": quarter, "division": task.division, "towns": task.towns}
    kept |= {"due_on": report_due(quarter, PARAMETERS), "first_reported_on": on}
    stored = insert(PlanTaskReport).values(**kept, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=["task", "quarter"], set_=values))
    await note(session, actor, task, "report", put.summary, quarter=name_of(quarter), percent=put.percent)


async def submit_task(session: AsyncSession, actor: Actor, id: UUID, text: str) -> None:
    """The lead unit says it is done, and what shows it."""
    task = await case(session, actor, id, "submit")
    task.state, task.submitted_on, task.submitted_by = "submitted", today(), actor.id
    await note(session, actor, task, "submit", text)


async def accept_task(session: AsyncSession, actor: Actor, id: UUID, text: str) -> None:
    """Another person than who reported it finds it done."""
    task = await case(session, actor, id, "accept")
    task.state, task.closed_on = "completed", today()
    await note(session, actor, task, "accept", text)


async def return_task(session: AsyncSession, actor: Actor, id: UUID, text: str) -> None:
    """It is not done yet: back to the unit, with the reason."""
    task = await case(session, actor, id, "return")
    task.state = "confirmed" if task.confirmed_on else "assigned"
    task.submitted_on = task.submitted_by = None
    await note(session, actor, task, "return", text)


async def cancel_task(session: AsyncSession, actor: Actor, id: UUID, text: str) -> None:
    """Give the task up, with the reason."""
    task = await case(session, actor, id, "cancel")
    task.state, task.closed_on = "cancelled", today()
    await note(session, actor, task, "cancel", text)


async def carry_over(
    session: AsyncSession, actor: Actor, task: PlanTask, plan: Plan, clause: str, due_on: date
) -> UUID:
    """Close an open task and draft what goes on of it under a measure of the next plan."""
    kept = ("title", "pinyin", "lead", "assist", "basis", "division", "towns", "measure", "indicator", "parameters")
    also = ("comparison", "threshold", "evidence_service", "evidence_path")
    made = PlanTask(
        id=new_id(),
        plan=plan.code,
        clause=clause,
        due_on=due_on,
        state="draft",
        carried_from=task.id,
        **{name: getattr(task, name) for name in (*kept, *also)},
    )
    session.add(made)
    task.state, task.closed_on = "carried_over", today()
    await session.flush()
    await note(session, actor, task, "carry_over", to=made.id, plan=plan.code, clause=clause)
    return made.id


async def carry_over_task(session: AsyncSession, actor: Actor, id: UUID, new: PlanTaskCarryOver) -> UUID:
    """Carry one open task over to a later plan. Raises NotFound and what the rules refuse."""
    task = await case(session, actor, id, "carry_over")
    plan, own = await session.get(Plan, new.plan), await session.get(Plan, task.plan)
    faults = []
    if plan is None or own is None or plan.since <= own.since:
        faults.append(Fault("/plan", "plan-not-later", "须为其后的计划。", "It is not a later plan."))
    elif await session.get(Clause, (plan.code, new.clause)) is None:
        faults.append(Fault("/clause", "clause-unknown", "该计划没有这一条款。", "The plan has no such measure."))
    elif new.due_on < plan.since:
        said = "完成期限早于计划起始日期。", "It is due before the plan begins."
        faults.append(Fault("/due_on", "due-before-the-plan", *said))
    refuse(faults)
    assert plan is not None  # noqa: S101  # `refuse` has left when there is none
    return await carry_over(session, actor, task, plan, new.clause, new.due_on)
