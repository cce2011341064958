"""The verbs of a hazard: load, decide, write, record, arm the timers."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.hazards.catalogue import ITEMS
from services.safety.hazards.codes import HazardLevel
from services.safety.hazards.models import Hazard
from services.safety.hazards.rules import MACHINE, REMOVE_HAZARDS, deadline, grade, ladder, latest_extension
from services.safety.hazards.schemas import (
    AssignmentIn,
    DismissalIn,
    ExtensionDecisionIn,
    ExtensionIn,
    FindingPut,
    GradingIn,
    HazardNew,
    RectificationIn,
    ReopeningIn,
)
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from services.safety.steps.actions import admit, known_files, one_at_a_time, record
from services.safety.timers.actions import arm
from shared.auth import Actor
from shared.contracts.safety import HazardFact
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.ids import new_id


class ItemNotInForce(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "判定条目 {item} 不存在或当日未生效。"
    en = "The item {item} does not exist or is not in force on that day."


class DirectItemIsMajor(DomainError):
    zh = "条目 {item} 为直接判定项,属重大隐患,不能降为一般。"
    en = "The item {item} alone makes the hazard major: it cannot be graded general."


class ReasonNeeded(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "按规则为一般隐患,升为重大须说明理由。"
    en = "By rule the hazard is general: say why it is raised to major."


class FindingDiffers(DomainError):
    zh = "来源 {source} 的编号 {reference} 已登记在另一所幼儿园。"
    en = "The reference {reference} of {source} is on record for another kindergarten."


async def report_hazard(session: AsyncSession, actor: Actor, new: HazardNew) -> UUID:
    """Record a hazard that was seen. Raises NotFound, ItemNotInForce, FileUnknown."""
    day = new.found_on or today()
    if day > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/found_on")
    if new.item and grade(ITEMS, new.item, today()) is None:
        raise ItemNotInForce(item=new.item, pointer="/item")
    values = new.model_dump(exclude={"legal_basis", "found_on"})
    return await _store(session, actor, values | {"legal_basis": new.legal_basis or "", "found_on": day})


async def raise_finding(session: AsyncSession, actor: Actor, source: str, reference: str, new: FindingPut) -> UUID:
    """Record another service's finding once, however often it is sent. Raises FindingDiffers, NotFound."""
    await one_at_a_time(session, f"hazard {source} {reference}")
    query = select(Hazard).where(Hazard.source == source, Hazard.source_reference == reference)
    if (found := await session.scalar(query)) is not None:
        if found.kindergarten != new.kindergarten:
            raise FindingDiffers(source=source, reference=reference, pointer="/kindergarten")
        return UUID(str(found.id))
    values: dict[str, Any] = {
        "source": source,
        "source_reference": reference,
        "item": None,
        "immediate_measure": "",
        "photos": [],
    }
    return await _store(session, actor, new.model_dump() | values)


async def raise_once(session: AsyncSession, actor: Actor, source: str, reference: str, values: dict[str, Any]) -> UUID:
    """The hazard of that reference, recorded now when it is not yet. `values` are the columns a report has."""
    await one_at_a_time(session, f"hazard {source} {reference}")
    query = select(Hazard.id).where(Hazard.source == source, Hazard.source_reference == reference)
    if (found := await session.scalar(query)) is not None:
        return found
    return await _store(session, actor, values | {"source": source, "source_reference": reference})


async def _store(session: AsyncSession, actor: Actor, values: dict[str, Any]) -> UUID:
    kindergarten = await session.get(Kindergarten, values["kindergarten"])
    if kindergarten is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    made = Hazard(
        **values,
        id=new_id(),
        division=kindergarten.division,
        state="reported",
        level_basis="",
        responsible="园长",  # 三(二)4: the principal answers for safety until somebody is named
        most_extensions=number(PARAMETERS, "hazard_extensions", today()),
        reported_by=actor.id,
        state_since=today(),
        listed=False,
        version=1,
        reported_months=[],
    )
    await known_files(session, made, made.photos, "/photos")
    session.add(made)
    await session.flush()
    await follow(session, actor, made, "report", made.legal_basis or REMOVE_HAZARDS, files=made.photos)
    return UUID(str(made.id))


async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Hazard:
    """The hazard, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    found = await session.scalar(select(Hazard).where(Hazard.id == id).with_for_update())
    if found is None:
        raise NotFound(what="hazard")
    admit(MACHINE, verb, found, actor)
    return found


def move(hazard: Hazard, state: str) -> None:
    hazard.state, hazard.state_since = state, today()


async def follow(
    session: AsyncSession,
    actor: Actor,
    hazard: Hazard,
    verb: str,
    basis: str | None = None,
    *,
    note: str = "",
    files: Sequence[UUID] = (),
    **data: Any,
) -> None:
    """What every verb ends with: the step, the fact, the timers of the state the hazard is in now."""
    fact = HazardFact(**{name: getattr(hazard, "id" if name == "hazard" else name) for name in HazardFact.model_fields})
    why = basis or MACHINE[verb].basis
    await record(
        session,
        actor,
        "hazard",
        hazard,
        verb,
        why,
        note=note,
        files=files,
        data=data,
        fact=fact.model_dump(mode="json"),
    )
    steps = ladder(PARAMETERS, hazard, hazard.state_since, frozenset(hazard.reported_months))
    await arm(session, "hazard", hazard, steps)


async def grade_hazard(session: AsyncSession, actor: Actor, id: UUID, asked: GradingIn) -> None:
    """Set level and deadline by rule. Raises ItemNotInForce, DirectItemIsMajor, ReasonNeeded."""
    hazard = await held(session, actor, id, "grade")
    item, day = asked.item or hazard.item, today()
    if (by_rule := grade(ITEMS, item, day)) is None:
        raise ItemNotInForce(item=item, pointer="/item")
    level = asked.level or by_rule.level
    if level != by_rule.level:
        if level == HazardLevel.GENERAL:
            raise DirectItemIsMajor(item=item, pointer="/level")
        if not asked.note:
            raise ReasonNeeded(pointer="/note")
    latest = deadline(PARAMETERS, level, day)
    hazard.due_on = hazard.first_due_on = _within(asked.due_on or latest, day, latest, "/due_on")
    hazard.item, hazard.level, hazard.level_basis = item, level.value, asked.basis or by_rule.basis
    if hazard.state == "reported":
        move(hazard, "graded")
    data: dict[str, Any] = {"level": level.value, "item": item, "due_on": hazard.due_on}
    await follow(session, actor, hazard, "grade", hazard.level_basis, note=asked.note, **data)


def _within(day: date, first: date, last: date, pointer: str) -> date:
    if not first <= day <= last:
        raise InvalidInput(
            reason_zh=f"应在 {first} 至 {last} 之间。", reason_en=f"it must be from {first} to {last}.", pointer=pointer
        )
    return day


async def dismiss_hazard(session: AsyncSession, actor: Actor, id: UUID, asked: DismissalIn) -> None:
    """Say that it is no hazard."""
    hazard = await held(session, actor, id, "dismiss")
    move(hazard, "dismissed")
    await follow(session, actor, hazard, "dismiss", asked.basis, note=asked.note)


async def assign_hazard(session: AsyncSession, actor: Actor, id: UUID, asked: AssignmentIn) -> None:
    """Name who rectifies it."""
    hazard = await held(session, actor, id, "assign")
    hazard.responsible, hazard.responsible_account = asked.responsible, asked.responsible_account
    if hazard.state == "graded":
        move(hazard, "assigned")
    await follow(session, actor, hazard, "assign", asked.basis, note=asked.note, responsible=asked.responsible)


async def ask_extension(session: AsyncSession, actor: Actor, id: UUID, asked: ExtensionIn) -> None:
    """Ask for a later deadline, with the reason."""
    hazard = await held(session, actor, id, "ask_extension")
    due = hazard.due_on or today()
    latest = latest_extension(PARAMETERS, due, today())
    hazard.extension_until = _within(asked.until, max(due, today()), latest, "/until")
    hazard.extension_asked_by = actor.id
    await follow(session, actor, hazard, "ask_extension", note=asked.note, files=asked.files, until=asked.until)


async def decide_extension(session: AsyncSession, actor: Actor, id: UUID, asked: ExtensionDecisionIn) -> None:
    """Answer the request, by another person; approved, the deadline moves."""
    hazard = await held(session, actor, id, "decide_extension")
    until = hazard.extension_until
    if asked.approved:
        hazard.due_on, hazard.extensions = until, hazard.extensions + 1
    hazard.extension_asked_by = hazard.extension_until = None
    await follow(session, actor, hazard, "decide_extension", note=asked.note, approved=asked.approved, until=until)


async def rectify_hazard(session: AsyncSession, actor: Actor, id: UUID, asked: RectificationIn) -> None:
    """Hand in the proof that it is gone."""
    hazard = await held(session, actor, id, "rectify")
    hazard.submitted_by = actor.id
    hazard.extension_asked_by = hazard.extension_until = None
    move(hazard, "submitted")
    await follow(session, actor, hazard, "rectify", note=asked.note, files=asked.files)


async def reopen_hazard(session: AsyncSession, actor: Actor, id: UUID, asked: ReopeningIn) -> None:
    """It is there again: rectify anew, with a fresh deadline. A major one is listed and planned anew."""
    hazard = await held(session, actor, id, "reopen")
    hazard.due_on = hazard.first_due_on = deadline(PARAMETERS, hazard.level or "general", today())
    hazard.reopenings, hazard.extensions = hazard.reopenings + 1, 0
    hazard.submitted_by = hazard.accepted_by = None
    hazard.listed = hazard.planned = False
    move(hazard, "assigned")
    await follow(session, actor, hazard, "reopen", note=asked.note, files=asked.files, due_on=hazard.due_on)
