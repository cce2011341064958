"""What must be so of a plan before it is kept: every fault of the document at once."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.divisions.models import Division
from services.registry.indicators.models import Target
from services.registry.plan_drafts.schemas import PlanDocument
from services.registry.plan_tasks.checks import indicator_faults
from services.registry.plan_units.models import PlanUnit
from services.registry.plans.models import Plan, Project
from services.registry.plans.reference import DISTRICT
from shared.errors import Fault


async def faults(session: AsyncSession, document: PlanDocument) -> list[Fault]:
    """Everything wrong with the document as the next plan."""
    return [
        *await _period(session, document),
        *_within(document),
        *await _units(session, document),
        *await _targets(session, document),
        *await _projects(session, document),
    ]


async def _period(session: AsyncSession, document: PlanDocument) -> list[Fault]:
    if document.until <= document.since:
        return [Fault("/until", "until-before-since", "期满日期须晚于起始日期。", "It ends after it begins.")]
    later = await session.scalar(select(Plan.code).where(Plan.since >= document.since).limit(1))
    if later is None:
        return []
    said = f"起始日期须晚于现有计划 {later}。", f"It begins after the plan {later}."
    return [Fault("/since", "plan-not-the-next", *said)]


def _within(document: PlanDocument) -> Iterator[Fault]:
    targets = [each.id for group in document.target_sets for each in group.targets]
    for pointer, ids in (
        ("/clauses", [each.id for each in document.clauses]),
        ("/units", [each.code for each in document.units]),
        ("/target_sets", [each.code for each in document.target_sets]),
        ("/target_sets", targets),
        ("/projects", [each.id for each in document.projects]),
    ):
        for twice in _twice(ids):
            yield Fault(pointer, "named-twice", f"编号 {twice} 重复。", f"{twice} is named twice.")
    known = {each.id for each in document.clauses}
    for pointer, clause in _named_clauses(document):
        if clause not in known:
            yield Fault(pointer, "clause-unknown", f"没有条款 {clause}。", f"There is no measure {clause}.")


def _twice(ids: list[str]) -> list[str]:
    return sorted({each for each in ids if ids.count(each) > 1})


def _named_clauses(document: PlanDocument) -> Iterator[tuple[str, str]]:
    for at, group in enumerate(document.target_sets):
        for n, target in enumerate(group.targets):
            if target.clause is not None:
                yield f"/target_sets/{at}/targets/{n}/clause", target.clause
    for at, project in enumerate(document.projects):
        yield f"/projects/{at}/clause", project.clause


async def _units(session: AsyncSession, document: PlanDocument) -> Iterable[Fault]:
    known = {*await session.scalars(select(PlanUnit.code)), *(each.code for each in document.units)}
    named = [
        *((f"/clauses/{at}/lead", each.lead) for at, each in enumerate(document.clauses) if each.lead),
        *((f"/clauses/{at}/assist", unit) for at, each in enumerate(document.clauses) for unit in each.assist),
        *(
            (f"/target_sets/{at}/targets/{n}/lead", target.lead)
            for at, group in enumerate(document.target_sets)
            for n, target in enumerate(group.targets)
            if target.lead
        ),
    ]
    return [
        Fault(pointer, "unit-unknown", f"没有责任单位 {code}。", f"There is no unit {code}.")
        for pointer, code in named
        if code not in known
    ]


async def _targets(session: AsyncSession, document: PlanDocument) -> list[Fault]:
    found = []
    for at, group in enumerate(document.target_sets):
        for n, target in enumerate(group.targets):
            pointer = f"/target_sets/{at}/targets/{n}"
            values: dict[str, Any] = target.model_dump()
            found += [
                Fault(pointer + each.pointer, each.code, each.zh, each.en)
                for each in await indicator_faults(session, values)
            ]
            if await session.get(Target, target.id) is not None:
                said = f"目标编号 {target.id} 已被使用。", f"The id {target.id} is taken."
                found.append(Fault(f"{pointer}/id", "target-taken", *said))
    return found


async def _projects(session: AsyncSession, document: PlanDocument) -> list[Fault]:
    found = []
    for at, project in enumerate(document.projects):
        place = project.division or DISTRICT
        if not place.startswith(DISTRICT) or await session.get(Division, place) is None:
            found.append(Fault(f"/projects/{at}/division", "division-unknown", "没有这个区划。", "No such division."))
        if await session.get(Project, project.id) is not None:
            said = f"项目编号 {project.id} 已被使用。", f"The id {project.id} is taken."
            found.append(Fault(f"/projects/{at}/id", "project-taken", *said))
    return found
