"""Deciding an application about a licence, and carrying out what was decided."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.founders.actions import no_barred_founder
from services.registry.kindergartens.actions import locked, standing_of
from services.registry.kindergartens.codes import Status, Type
from services.registry.kindergartens.models import Kindergarten
from services.registry.licences.actions import KINDS, held, note_step
from services.registry.licences.acts import last_day_before, record_act
from services.registry.licences.codes import LicenceActKind, LicenceKind
from services.registry.licences.models import LicenceApplication
from services.registry.licences.schemas import LicenceApproval, LicenceRefusal
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.periods import on
from services.registry.recognitions.conditions import MONTHS, months_after
from services.registry.recognitions.models import Recognition
from services.registry.refusals import refuse
from services.registry.statuses.actions import change_status
from services.registry.statuses.schemas import StatusChange
from services.registry.types.actions import HANDS, change_type
from services.registry.types.schemas import TypeChange, TypeChangeQuery
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.errors import DomainError, Fault

ACTS = {
    LicenceKind.ESTABLISH: LicenceActKind.GRANTED,
    LicenceKind.RENEW: LicenceActKind.RENEWED,
    LicenceKind.CHANGE: LicenceActKind.CHANGED,
    LicenceKind.END: LicenceActKind.ENDED,
}
# Which fields each kind of decision has beside day and document.
ASKED = {
    LicenceKind.ESTABLISH: frozenset({"number", "expires_on"}),
    LicenceKind.RENEW: frozenset({"expires_on"}),
    LicenceKind.CHANGE: frozenset[str](),
    LicenceKind.END: frozenset[str](),
}


class RecognitionStillInForce(DomainError):
    zh = "普惠认定有效期至 {until}(不含),须先办理退出。"
    en = "The recognition is in force until {until} (exclusive): withdraw it first."
    hint_zh = "POST /v1/recognitions/{{id}}/withdrawal-requests。"
    hint_en = "POST /v1/recognitions/{{id}}/withdrawal-requests."


async def approve_application(session: AsyncSession, actor: Actor, id: UUID, new: LicenceApproval) -> None:
    """Grant what is asked. A licence is issued at once; a change or an end waits for its day."""
    case = await held(session, actor, id, "approve")
    kind = KINDS[case.kind]
    refuse(_faults(case, kind, new))
    if kind is not LicenceKind.END:
        await no_barred_founder(session, case.kindergarten)
    case.decided_on, case.decided_by, case.document = today(), actor.id, new.document
    case.effective_on = new.since
    at_once = kind in (LicenceKind.ESTABLISH, LicenceKind.RENEW)
    case.state = "completed" if at_once else "approved"
    await note_step(session, actor, case, "approve", note=new.note, since=new.since, document=new.document)
    if at_once:
        fields: dict[str, Any] = {"licence_issued_on": new.since, "licence_expires_on": new.expires_on}
        if kind is LicenceKind.ESTABLISH:
            fields["licence_number"] = new.number
        entry = await locked(session, case.kindergarten)
        await record_act(session, actor, entry, ACTS[kind], new.since, new.document, application=case.id, fields=fields)


def _faults(case: LicenceApplication, kind: LicenceKind, new: LicenceApproval) -> list[Fault]:
    sent = {name for name in ("number", "expires_on") if name in new.model_fields_set}
    faults = [
        Fault(f"/{name}", "not-of-this-kind", "该事项须有或不得有此项。", f"A decision to {kind.value} has it or not.")
        for name in sorted(sent ^ ASKED[kind])
    ]
    if new.since < case.earliest_on and kind in (LicenceKind.CHANGE, LicenceKind.END):
        said = f"最早自{case.earliest_on}起生效。", f"It takes effect from {case.earliest_on} on at the earliest."
        faults.append(Fault("/since", "too-early", *said))
    if "expires_on" in sent and not new.since <= new.expires_on < _latest(new.since):
        said = "到期日早于生效日期或有效期过长。", "It lies before the beginning, or the licence lasts too long."
        faults.append(Fault("/expires_on", "term-too-long", *said))
    return faults


def _latest(since: date) -> date:
    """The first day a licence issued on `since` may no longer cover."""
    return months_after(since, MONTHS * int(in_force(PARAMETERS, "licence_term_years", since).number))


async def refuse_application(session: AsyncSession, actor: Actor, id: UUID, new: LicenceRefusal) -> None:
    """Decide against it, in writing and with the reason."""
    case = await held(session, actor, id, "refuse")
    case.state, case.decided_on, case.decided_by, case.document = "refused", today(), actor.id, new.document
    await note_step(session, actor, case, "refuse", note=new.note, document=new.document)


async def complete_application(session: AsyncSession, reader: Reader, id: UUID, note: str) -> None:
    """Carry out an approved change or end on its day. Nobody closes while children are enrolled."""
    actor = reader.actor
    case = await held(session, actor, id, "complete")
    if case.effective_on is None or case.document is None:
        raise RuntimeError("An approved application has its day and its document.")
    entry, kind = await locked(session, case.kindergarten), KINDS[case.kind]
    await _no_recognition_left(session, entry, case.changes)
    await _retype(session, reader, entry, case)
    fields = {name: value for name, value in case.changes.items() if name != "type" and getattr(entry, name) != value}
    if kind is LicenceKind.END:
        fields["licence_expires_on"] = last_day_before(entry, today())
    case.state = "completed"
    await note_step(session, actor, case, "complete", note=note)
    await record_act(
        session, actor, entry, ACTS[kind], today(), case.document, reason=note, application=case.id, fields=fields
    )
    if kind is LicenceKind.END:
        closed = StatusChange(status=Status.CLOSED, since=today(), reason=f"终止办学:{case.document}")
        await change_status(session, entry.id, closed)


async def _retype(session: AsyncSession, reader: Reader, entry: Kindergarten, case: LicenceApplication) -> None:
    """The type that comes with other hands takes over on the day they do."""
    present = on((await standing_of(session, entry)).types, today())
    if "type" in case.changes and (present is None or present.value != case.changes["type"]):
        hands = {name: case.changes[name] for name in HANDS if name in case.changes}
        change = TypeChange(type=case.changes["type"], since=today(), document=case.document or "", **hands)
        await change_type(session, reader, entry.id, change, TypeChangeQuery(), by_licence=True)


async def _no_recognition_left(session: AsyncSession, entry: Kindergarten, changes: Mapping[str, Any]) -> None:
    """Who becomes for-profit, public or 非普惠 leaves the recognition first (学前教育法 art. 24)."""
    if not changes.get("for_profit") and changes.get("type", Type.INCLUSIVE_PRIVATE) == Type.INCLUSIVE_PRIVATE:
        return
    held = select(Recognition.until).where(
        Recognition.kindergarten == entry.id,
        Recognition.state.in_(("granted", "leaving")),
        Recognition.until > today(),
    )
    if until := await session.scalar(held.order_by(Recognition.until.desc()).limit(1)):
        raise RecognitionStillInForce(until=until)
