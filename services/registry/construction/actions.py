"""The verbs of a construction project: load, decide, write, record, announce."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.construction.codes import ConstructionKind, ConstructionStep, ConstructionTrack
from services.registry.construction.models import (
    ConstructionMilestone,
    ConstructionObstacle,
    ConstructionProject,
    ConstructionReport,
)
from services.registry.construction.queries import PROJECT
from services.registry.construction.rules import MACHINE, OWN
from services.registry.construction.schemas import (
    ConstructionHandover,
    ConstructionMilestonePut,
    ConstructionNatureNew,
    ConstructionNew,
    ConstructionObstacleNew,
    ConstructionPatch,
    ConstructionReportPut,
)
from services.registry.construction.sites import site
from services.registry.divisions.models import Division
from services.registry.plans.actions import report_progress
from services.registry.plans.codes import ProjectKind, Stage
from services.registry.plans.models import Plan, Project
from services.registry.plans.schemas import ProjectProgress
from services.registry.refusals import refuse
from services.registry.steps.actions import record
from shared import etags
from shared.auth import Actor
from shared.days import today
from shared.documents import written_row
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal
from shared.pinyin import pinyin_key

REGISTERED = "registry.construction_project.registered"
UNKNOWN, UNSTATED = "待补录", "区教委(计划未写明,待区确定)"
KIND = {each.value: each for each in ConstructionKind}
KINDS = {
    ProjectKind.INTERNATIONAL.value: ConstructionKind.NEW,
    ProjectKind.TOWNSHIP_CENTRE.value: ConstructionKind.NEW,
    ProjectKind.ATTACHED_CLASS.value: ConstructionKind.REBUILDING,
    ProjectKind.RESIDENTIAL.value: ConstructionKind.RESIDENTIAL,
}
STAGES = {
    ConstructionStep.PLAN: Stage.APPROVED,
    ConstructionStep.BUILD: Stage.COMPLETED,
    ConstructionStep.ACCEPT: Stage.ACCEPTED,
    ConstructionStep.DELIVER: Stage.HANDED_OVER,
}


async def register_project(session: AsyncSession, actor: Actor, new: ConstructionNew) -> UUID:
    """Enter a project; one of a residential area names the residential project and its developer."""
    refuse(await _faults(session, actor, new))
    fields = new.model_dump(exclude={"kind"})
    made = ConstructionProject(
        id=new_id(),
        kind=new.kind.value,
        state="underway",
        pinyin=pinyin_key(new.name),
        registered_on=today(),
        **fields,
    )
    session.add(made)
    await session.flush()
    data = {"id": made.id, "name": made.name, "kind": made.kind, "plan_project": made.plan_project}
    await announce(session, REGISTERED, f"construction-projects/{made.id}", division=made.division, data=data)
    return made.id


async def _faults(session: AsyncSession, actor: Actor, new: ConstructionNew) -> list[Fault]:
    faults = []
    if not new.division.startswith(actor.divisions) or await session.get(Division, new.division) is None:
        said = "没有这个区划,或不在您的管理范围内。", "There is no such division in your scope."
        faults.append(Fault("/division", "division-unknown", *said))
    if new.plan_project is not None and await session.get(Project, new.plan_project) is None:
        said = "计划中没有这个项目。", "The plan has no such project."
        faults.append(Fault("/plan_project", "plan-project-unknown", *said))
    if new.kind is ConstructionKind.RESIDENTIAL:
        faults += [
            Fault(f"/{name}", "residential-project-needed", "小区配套园须填写此项。", "A residential area needs it.")
            for name in ("residential_project", "developer")
            if not getattr(new, name)
        ]
    return faults


async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> ConstructionProject:
    """The project, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    found = await session.scalar(select(ConstructionProject).where(ConstructionProject.id == id).with_for_update())
    if found is None:
        raise NotFound(what="construction project")
    body, *_ = await written_row(session, PROJECT, id=id)
    if refused := refusal(MACHINE, verb, site(json.loads(body), today()), actor.id, today()):
        raise refused
    return found


async def note_step(
    session: AsyncSession, actor: Actor, case: ConstructionProject, verb: str, *, note: str = "", **data: Any
) -> None:
    await record(session, actor, "construction_project", case, MACHINE, verb, note=note, data=data)


def not_ahead(day: date | None, pointer: str) -> list[Fault]:
    """A fact does not lie ahead."""
    if day is None or day <= today():
        return []
    return [Fault(pointer, "day-lies-ahead", "不得晚于今日。", "It is not after today.")]


async def edit_project(session: AsyncSession, actor: Actor, id: UUID, patch: ConstructionPatch, asked: int) -> None:
    """Change the fields that were sent, if the caller has seen the present version."""
    case = await held(session, actor, id, "edit")
    sent = patch.model_dump(exclude_unset=True)
    changes = {name: value for name, value in sent.items() if getattr(case, name) != value}
    etags.check(asked, case.version, {name: getattr(case, name) for name in changes})
    if not changes:
        return
    new = ConstructionNew.model_construct(
        **{name: changes.get(name, getattr(case, name)) for name in ConstructionNew.model_fields}
        | {"kind": KIND[case.kind]}
    )
    refuse(await _faults(session, actor, new))
    before = {name: getattr(case, name) for name in changes}
    if "division" in changes:  # its parts stay in one scope with it
        for part in (ConstructionMilestone, ConstructionObstacle, ConstructionReport):
            await session.execute(update(part).where(part.project == id).values(division=changes["division"]))
    if "name" in changes:
        case.pinyin = pinyin_key(changes["name"])
    for name, value in changes.items():
        setattr(case, name, value)
    await session.flush()
    await note_step(session, actor, case, "edit", before=before, after=changes)


async def set_milestone(
    session: AsyncSession,
    actor: Actor,
    id: UUID,
    track: ConstructionTrack,
    step: ConstructionStep,
    put: ConstructionMilestonePut,
) -> None:
    """Bring one step of one track to this state; what it was before stands in the steps."""
    case = await held(session, actor, id, "set_milestone")
    refuse(not_ahead(put.actual_on, "/actual_on"))
    values = put.model_dump()
    key = {"project": id, "track": track.value, "step": step.value}
    stored = insert(ConstructionMilestone).values(**key, division=case.division, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=list(key), set_=values))
    await note_step(session, actor, case, "set_milestone", **{"track": track, "step": step} | values)
    if track is ConstructionTrack.KINDERGARTEN and put.actual_on is not None and step in STAGES:
        await tell_the_plan(session, actor, case, STAGES[step], put.actual_on, put.document or STAGES[step].zh)


async def raise_obstacle(session: AsyncSession, actor: Actor, id: UUID, new: ConstructionObstacleNew) -> None:
    """Say what stands in the way, whose it is and by when it should be gone."""
    case = await held(session, actor, id, "raise_obstacle")
    made = ConstructionObstacle(id=new_id(), project=id, division=case.division, raised_on=today(), **new.model_dump())
    session.add(made)
    await note_step(session, actor, case, "raise_obstacle", note=new.description, obstacle=made.id, due_on=new.due_on)


async def resolve_obstacle(session: AsyncSession, actor: Actor, id: UUID, obstacle: UUID, note: str) -> None:
    """Say how it was removed. Raises NotFound, also for one that is resolved already."""
    case = await held(session, actor, id, "resolve_obstacle")
    found = await session.get(ConstructionObstacle, obstacle)
    if found is None or found.project != id or found.resolved_on is not None:
        raise NotFound(what="open obstacle")
    found.resolved_on, found.resolution = today(), note
    await note_step(session, actor, case, "resolve_obstacle", note=note, obstacle=obstacle)


async def report_month(session: AsyncSession, actor: Actor, id: UUID, month: date, put: ConstructionReportPut) -> None:
    """Hand in the report of a month that has begun; handed in again it replaces the former."""
    case = await held(session, actor, id, "report_month")
    refuse(not_ahead(month, "month"))
    values = put.model_dump() | {"reported_on": today(), "reported_by": actor.id}
    stored = insert(ConstructionReport).values(project=id, month=month, division=case.division, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=["project", "month"], set_=values))
    await note_step(session, actor, case, "report_month", note=put.summary, month=month, percent=put.percent)


async def decide_nature(session: AsyncSession, actor: Actor, id: UUID, new: ConstructionNatureNew) -> None:
    """Decide 公办, or with a reason 委托办成普惠性民办."""
    case = await held(session, actor, id, "decide_nature")
    case.nature, case.nature_reason, case.nature_document = new.nature.value, new.reason, new.document
    await note_step(session, actor, case, "decide_nature", note=new.reason, nature=new.nature, document=new.document)


async def hand_over_property(session: AsyncSession, actor: Actor, id: UUID, new: ConstructionHandover) -> None:
    """Record that the property right went to the district's education department."""
    case = await held(session, actor, id, "hand_over_property")
    accepted = await session.get(ConstructionMilestone, (id, OWN.value, ConstructionStep.ACCEPT.value))
    faults = not_ahead(new.property_on, "/property_on")
    if accepted is not None and accepted.actual_on is not None and new.property_on < accepted.actual_on:
        said = "移交日期早于验收日期。", "It is handed over before it was accepted."
        faults.append(Fault("/property_on", "handover-before-acceptance", *said))
    refuse(faults)
    case.property_on, case.property_document = new.property_on, new.document
    case.property_certificate, case.property_area = new.certificate, new.area
    await note_step(session, actor, case, "hand_over_property", **new.model_dump())


async def tell_the_plan(
    session: AsyncSession, actor: Actor, case: ConstructionProject, stage: Stage, on: date, text: str
) -> None:
    """The plan's project comes as far as the building did; never back, and only within the caller's scope."""
    if case.plan_project is None:
        return
    project = await session.get(Project, case.plan_project)
    order = [each.value for each in Stage]
    if project is None or not project.division.startswith(actor.divisions):
        return
    if order.index(stage) > order.index(project.status):
        progress = ProjectProgress(status=stage, status_on=on, status_note=text)
        await report_progress(session, project.id, progress, project.version)


async def register_named(session: AsyncSession, actor: Actor) -> tuple[int, int]:
    """Enter every project the current plan names that has none yet; return how many were entered, and of how many."""
    plan = await session.scalar(select(Plan).where(Plan.since <= today()).order_by(Plan.since.desc()).limit(1))
    named = list(await session.scalars(select(Project).where(Project.plan == plan.code))) if plan else []
    followed = select(ConstructionProject.plan_project).where(ConstructionProject.plan_project.is_not(None))
    have = set(await session.scalars(followed))
    missing = [each for each in named if each.id not in have and each.division.startswith(actor.divisions)]
    for each in missing:
        kind = KINDS[each.kind]
        new = ConstructionNew(
            name=each.name,
            division=each.division,
            kind=kind,
            plan_project=each.id,
            residential_project=each.name if kind is ConstructionKind.RESIDENTIAL else "",
            developer=UNKNOWN if kind is ConstructionKind.RESIDENTIAL else "",
            planned_seats=0,
            planned_classes=0,
            lead_unit=UNSTATED,
            assisting_units=[],
        )
        await register_project(session, actor, new)
    return len(missing), len(named)


async def cancel_project(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Give the project up, with the reason."""
    case = await held(session, actor, id, "cancel")
    case.state = "cancelled"
    await note_step(session, actor, case, "cancel", note=note)
