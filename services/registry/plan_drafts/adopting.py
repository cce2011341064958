"""A draft becomes the plan: its rows are entered once and never rewritten; open tasks go on under it when asked."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_new
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.indicators.models import Target
from services.registry.plan_drafts import checks
from services.registry.plan_drafts.actions import held, note
from services.registry.plan_drafts.schemas import PlanAdopted, PlanAdoption, PlanDocument
from services.registry.plan_tasks import actions as tasks
from services.registry.plan_tasks.deriving import derive_tasks
from services.registry.plan_tasks.models import PlanTask
from services.registry.plan_units.models import PlanUnit
from services.registry.plans.models import Clause, Plan, Project, TargetSet
from services.registry.refusals import refuse
from shared.auth import Actor
from shared.errors import Fault
from shared.pinyin import pinyin_key

OPEN = ("assigned", "confirmed", "submitted")


async def adopt(session: AsyncSession, actor: Actor, code: str, new: PlanAdoption) -> PlanAdopted:
    """Put the draft in force from its own first day; from then on both plans answer by the day asked for."""
    # Two plans adopted at once take turns: each must be the next.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("plans", 0))))
    draft = await held(session, actor, code, "adopt")
    document = PlanDocument.model_validate(draft.document)
    refuse(await checks.faults(session, document))
    before = await session.scalar(select(Plan).where(Plan.since < document.since).order_by(Plan.since.desc()).limit(1))
    plan = await _enter(session, code, draft.division, document)
    carried, left = await _carry(session, actor, before, plan, new) if new.carry_over and before else (0, [])
    derived = await derive_tasks(session, plan)
    draft.state = "adopted"
    await note(session, actor, draft, "adopt", new.note, carried=carried, derived=derived.derived)
    return PlanAdopted(
        plan=code,
        since=plan.since,
        clauses=len(document.clauses),
        targets=sum(len(group.targets) for group in document.target_sets),
        projects=len(document.projects),
        carried=carried,
        left=left,
        derived=derived.derived,
    )


async def _enter(session: AsyncSession, code: str, division: str, document: PlanDocument) -> Plan:
    names = ("version", "title_zh", "title_en", "document_number", "issued_by", "issued_on", "status")
    values = {name: getattr(document, name) for name in (*names, "since", "until", "based_on", "source")}
    listed = [{name: unit.model_dump()[name] for name in ("code", "name_zh", "name_en")} for unit in document.units]
    plan = Plan(code=code, division=division, units=listed, **values)
    session.add(plan)
    await session.flush()
    if document.units:
        rows = [
            unit.model_dump(mode="json")
            | {"pinyin": pinyin_key(unit.name_zh), "division": None, "source": document.document_number}
            for unit in document.units
        ]
        await session.execute(insert_new(PlanUnit).on_conflict_do_nothing(), rows)
    for table, found in (
        (Clause, list(_clauses(code, document))),
        (TargetSet, list(_sets(code, document))),
        (Target, list(_targets(code, document))),
        (Project, list(_projects(code, division, document))),
    ):
        if found:
            await session.execute(insert(table), found)
    return plan


def _clauses(plan: str, document: PlanDocument) -> Iterator[dict[str, Any]]:
    for place, clause in enumerate(document.clauses, 1):
        yield clause.model_dump(mode="json") | {"plan": plan, "place": place}


def _sets(plan: str, document: PlanDocument) -> Iterator[dict[str, Any]]:
    for place, group in enumerate(document.target_sets, 1):
        yield group.model_dump(exclude={"targets"}) | {"plan": plan, "place": place}


def _targets(plan: str, document: PlanDocument) -> Iterator[dict[str, Any]]:
    listed = [(group.code, target) for group in document.target_sets for target in group.targets]
    for place, (group, target) in enumerate(listed, 1):
        yield target.model_dump() | {
            "comparison": target.comparison.value,
            "plan": plan,
            "target_set": group,
            "place": place,
            "since": document.since,
        }


def _projects(plan: str, district: str, document: PlanDocument) -> Iterator[dict[str, Any]]:
    for each in document.projects:
        yield each.model_dump(mode="json") | {
            "plan": plan,
            "division": each.division or district,
            "pinyin": pinyin_key(each.name),
            "status": "stated",
            "status_on": document.issued_on,
            "status_note": "",
            "source": document.document_number,
        }


async def _carry(
    session: AsyncSession, actor: Actor, before: Plan, plan: Plan, new: PlanAdoption
) -> tuple[int, list[UUID]]:
    known = set(await session.scalars(select(Clause.id).where(Clause.plan == plan.code)))
    refuse(
        [
            Fault(f"/clauses/{old}", "clause-unknown", f"新计划没有条款 {to}。", f"The new plan has no measure {to}.")
            for old, to in new.clauses.items()
            if to not in known
        ]
    )
    open_ = select(PlanTask).where(PlanTask.plan == before.code, PlanTask.state.in_(OPEN)).order_by(PlanTask.id)
    carried, left = 0, []
    for task in await session.scalars(open_.with_for_update()):
        clause = new.clauses.get(task.clause, task.clause)
        if clause not in known:
            left.append(task.id)
            continue
        await tasks.carry_over(session, actor, task, plan, clause, plan.until - timedelta(1))
        carried += 1
    return carried, left
