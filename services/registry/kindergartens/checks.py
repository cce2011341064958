"""What is asked of an entry before it is stored: every fault at once, each with its pointer."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.code_lists import unknown_codes
from services.registry.divisions.codes import Level
from services.registry.divisions.models import Division
from services.registry.identifiers.rules import credit_code_findings, school_code_findings
from services.registry.kindergartens.codes import Relation, Status
from services.registry.kindergartens.models import Group, Kindergarten, KindergartenStatus
from services.registry.kindergartens.transitions import BRANCH_HAS_NO_BRANCH, IS_CLOSED
from services.registry.refusals import faults_at
from shared.auth import Actor
from shared.errors import Fault

CODE_LISTS = {"founder_code": "founder_code", "school_type": "school_type_code", "urban_rural_code": "urban_rural_code"}
Entry = Mapping[str, Any]


async def entry_faults(
    session: AsyncSession, actor: Actor, entry: Entry, changed: Collection[str], on: date, self: UUID | None = None
) -> list[Fault]:
    """Faults of the `changed` fields of an entry as it would be stored."""
    found = identifier_faults(entry, changed)
    if "division" in changed:
        found += await _division_faults(session, actor, entry["division"], on)
    found += unknown_codes(CODE_LISTS, {name: entry[name] for name in CODE_LISTS if name in changed}, on)
    if "group_id" in changed and entry["group_id"] and await session.get(Group, entry["group_id"]) is None:
        found.append(Fault("/group_id", "group-unknown", "没有这个教育集团。", "There is no such group."))
    if {"relation", "parent", "host_school"} & set(changed):
        found += await _relation_faults(session, entry, on, self)
    return found


def identifier_faults(entry: Entry, changed: Collection[str]) -> list[Fault]:
    """School code and credit code; a wrong check character of the latter passes with a reason."""
    found: list[Fault] = []
    if "school_code" in changed and entry["school_code"] is not None:
        found += faults_at("/school_code", school_code_findings(entry["school_code"]))
    if {"credit_code", "credit_code_note"} & set(changed) and entry["credit_code"] is not None:
        refusing = ("error",) if entry["credit_code_note"] else ("error", "override")
        findings = credit_code_findings(entry["credit_code"])
        found += faults_at("/credit_code", (each for each in findings if each.severity in refusing))
    return found


async def _division_faults(session: AsyncSession, actor: Actor, code: str, on: date) -> list[Fault]:
    if not code.startswith(actor.divisions):
        return [Fault("/division", "division-out-of-scope", "该区划不在您的管理范围内。", "It is outside your scope.")]
    unit = await session.get(Division, code)
    if unit is None or on >= unit.until:
        return [Fault("/division", "division-unknown", "没有这个区划。", "There is no such division.")]
    if unit.level == Level.DISTRICT:
        said = "须填写所在的村居或镇乡街道。", "Name the village or town it lies in."
        return [Fault("/division", "division-too-wide", *said)]
    return []


async def _relation_faults(session: AsyncSession, entry: Entry, on: date, self: UUID | None) -> list[Fault]:
    """A branch 分园 names the kindergarten it belongs to, an attached class 附设幼儿班 its host school."""
    relation, parent = entry["relation"], entry["parent"]
    if (relation == Relation.BRANCH) != (parent is not None):
        return [Fault("/parent", "branch-names-its-parent", "分园须说明所属幼儿园。", "A branch names its parent.")]
    if (relation == Relation.ATTACHED) != (entry["host_school"] is not None):
        said = "附设幼儿班须说明所在学校。", "An attached class names its host school."
        return [Fault("/host_school", "attached-class-names-its-school", *said)]
    return await _parent_faults(session, parent, on, self) if parent else []


async def _parent_faults(session: AsyncSession, parent: UUID, on: date, self: UUID | None) -> list[Fault]:
    found = await session.get(Kindergarten, parent)
    if found is None or parent == self:
        return [Fault("/parent", "parent-unknown", "没有这个所属幼儿园。", "There is no such parent kindergarten.")]
    if found.relation is not None:
        return faults_at("/parent", [BRANCH_HAS_NO_BRANCH])
    closed = select(KindergartenStatus.id).where(
        KindergartenStatus.kindergarten == parent,
        KindergartenStatus.status == Status.CLOSED.value,
        KindergartenStatus.since <= on,
    )
    if await session.scalar(closed):
        return faults_at("/parent", [IS_CLOSED])
    return []
