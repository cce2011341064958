"""The verbs of an application about a licence: load, decide, write, record, announce."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.conditions import answered_once
from services.registry.indicators.actions import DISTRICT_DIGITS
from services.registry.kindergartens.actions import FIELDS, locked, standing_of
from services.registry.kindergartens.checks import entry_faults
from services.registry.kindergartens.models import Kindergarten
from services.registry.kindergartens.transitions import hands_refusal
from services.registry.licences.acts import standing_today
from services.registry.licences.codes import LicenceCondition, LicenceKind
from services.registry.licences.models import LicenceApplication
from services.registry.licences.rules import (
    MACHINE,
    Subject,
    decision_due,
    earliest_effect,
    extended_due,
    kind_refusal,
    renewal_is_late,
)
from services.registry.licences.schemas import LicenceAmendment, LicenceApplicationNew, LicenceExamination
from services.registry.parameters.published import PARAMETERS
from services.registry.refusals import RuleRefuses, refuse
from services.registry.steps.actions import record
from shared.auth import Actor
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal

KINDS = {each.value: each for each in LicenceKind}
APPLIED = "registry.licence_application.applied"


async def apply_for_licence(session: AsyncSession, actor: Actor, new: LicenceApplicationNew) -> UUID:
    """Take an application in. Raises NotFound, LicenceHeldAlready, NoLicenceHeld."""
    entry, on = await locked(session, new.kindergarten), today()
    if refused := kind_refusal(new.kind, await standing_today(session, entry)):
        raise refused
    asked = _asked(new.kind, new)
    await _lawful(session, actor, entry, asked["changes"])
    made = LicenceApplication(
        id=new_id(),
        kindergarten=entry.id,
        division=entry.division,
        kind=new.kind.value,
        state="applied",
        applied_on=on,
        applied_by=actor.id,
        late=renewal_is_late(new.kind, entry.licence_expires_on, PARAMETERS, on),
        earliest_on=earliest_effect(new.kind, entry.founder_code, PARAMETERS, on),
        synthetic=entry.synthetic,
        **asked,
    )
    session.add(made)
    await session.flush()
    data = {"id": made.id, "kind": made.kind, "state": made.state}
    subject = f"licence-applications/{made.id}"
    await announce(session, APPLIED, subject, division=made.division, kindergarten=entry.id, data=data)
    return made.id


def _asked(kind: LicenceKind, new: LicenceAmendment) -> dict[str, Any]:
    """The fields of an application; only a change changes something. Raises InvalidInput."""
    answered_once([each.condition for each in new.evidence], LicenceCondition, "/evidence")
    changes = new.changes.model_dump(mode="json", exclude_unset=True)
    if bool(changes) != (kind is LicenceKind.CHANGE):
        said = "仅变更申请须说明变更事项。", "A change says what is to change, and nothing else does."
        refuse([Fault("/changes", "changes-of-a-change", *said)])
    return {"statement": new.statement, "evidence": to_jsonable_python(new.evidence), "changes": changes}


async def _lawful(session: AsyncSession, actor: Actor, entry: Kindergarten, changes: Mapping[str, Any]) -> None:
    """Refuse at once what the law forbids (REG-15, REG-16), and codes and divisions nobody knows."""
    entered = {name: value for name, value in changes.items() if name != "type"}
    after = {name: getattr(entry, name) for name in FIELDS} | entered
    faults = await entry_faults(session, in_the_district(actor, entry), after, entered.keys(), today(), entry.id)
    refuse([replace(each, pointer=f"/changes{each.pointer}") for each in faults])
    if refusal := hands_refusal(await standing_of(session, entry), changes, today()):
        raise RuleRefuses(refusal, pointer="/changes")


def in_the_district(actor: Actor, entry: Kindergarten) -> Actor:
    """Who may name any place of the district: an applicant, whose own scope is one kindergarten."""
    return replace(actor, divisions=(entry.division[:DISTRICT_DIGITS],))


def subject(row: Mapping[str, Any]) -> Subject:
    """What the machine is asked about, from a row of the table or its JSON."""
    day = row["effective_on"]
    return Subject(
        state=row["state"],
        applied_by=row["applied_by"],
        examined_by=row["examined_by"],
        unmet=row["unmet"],
        extended=row["extended"],
        effective_on=date.fromisoformat(day) if isinstance(day, str) else day,
    )


async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> LicenceApplication:
    """The application, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    found = await session.scalar(select(LicenceApplication).where(LicenceApplication.id == id).with_for_update())
    if found is None:
        raise NotFound(what="licence application")
    row = {each.key: getattr(found, each.key) for each in LicenceApplication.__table__.columns}
    if refused := refusal(MACHINE, verb, subject(row), actor.id, today()):
        raise refused
    return found


async def note_step(
    session: AsyncSession, actor: Actor, case: LicenceApplication, verb: str, *, note: str = "", **data: Any
) -> None:
    await record(session, actor, "licence_application", case, MACHINE, verb, note=note, data=data)


async def amend_application(session: AsyncSession, actor: Actor, id: UUID, new: LicenceAmendment) -> None:
    """The applicant hands in again what was sent back."""
    case = await held(session, actor, id, "amend")
    asked = _asked(KINDS[case.kind], new)
    await _lawful(session, actor, await locked(session, case.kindergarten), asked["changes"])
    for name, value in asked.items():
        setattr(case, name, value)
    case.state, case.applied_by = "applied", actor.id
    await note_step(session, actor, case, "amend", note=new.statement)


async def retract_application(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The applicant takes it back."""
    case = await held(session, actor, id, "retract")
    case.state = "retracted"
    await note_step(session, actor, case, "retract", note=note)


async def send_back_application(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Say at once all that is missing."""
    case = await held(session, actor, id, "send_back")
    case.state = "returned"
    await note_step(session, actor, case, "send_back", note=note)


async def accept_application(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Accept it; the time to decide runs from today."""
    case, on = await held(session, actor, id, "accept"), today()
    entry = await locked(session, case.kindergarten)
    kind = KINDS[case.kind]
    case.state, case.accepted_on = "accepted", on
    case.due_on, case.due_basis = decision_due(kind, entry.founder_code, entry.licence_expires_on, PARAMETERS, on)
    await note_step(session, actor, case, "accept", note=note, due_on=case.due_on, basis=case.due_basis)


async def extend_time(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Extend the time to decide, once, with the reason that is told to the applicant."""
    case = await held(session, actor, id, "extend")
    if case.due_on is None:
        raise RuntimeError("An accepted application has a day to decide by.")
    case.extended, case.due_on = True, extended_due(case.due_on, PARAMETERS, today())
    await note_step(session, actor, case, "extend", note=note, due_on=case.due_on)


async def examine_application(session: AsyncSession, actor: Actor, id: UUID, new: LicenceExamination) -> None:
    """Find each of the eight conditions met or not, on the spot and by the evidence."""
    case = await held(session, actor, id, "examine")
    answered_once([each.condition for each in new.findings], LicenceCondition, "/findings")
    case.findings = to_jsonable_python(new.findings)
    case.unmet = [each.condition.value for each in new.findings if not each.met]
    case.state, case.examined_on, case.examined_by = "examined", today(), actor.id
    await note_step(session, actor, case, "examine", note=new.note, unmet=case.unmet)
