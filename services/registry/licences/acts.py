"""Acts on a licence: what is recorded, and what the register then says of the kindergarten."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.actions import change, locked, standing_of
from services.registry.kindergartens.codes import Status
from services.registry.kindergartens.models import Kindergarten
from services.registry.kindergartens.transitions import STATUSES, hands_refusal
from services.registry.licences.codes import LicenceActKind, LicenceStanding
from services.registry.licences.models import LicenceAct
from services.registry.licences.rules import BESIDE, OFFICIAL, correction_refusal, official_refusal, standing
from services.registry.licences.schemas import LicenceActNew, LicenceCorrection
from services.registry.parameters.published import PARAMETERS
from services.registry.periods import on
from services.registry.refusals import RuleRefuses, refuse
from services.registry.statuses.actions import change_status
from services.registry.statuses.schemas import StatusChange
from shared.auth import Actor
from shared.days import today
from shared.errors import Fault
from shared.events import announce
from shared.ids import new_id

KINDS = {each.value: each for each in LicenceActKind}
RECORDED = "registry.licence.recorded"


async def last_act(session: AsyncSession, kindergarten: UUID) -> LicenceAct | None:
    found = select(LicenceAct).where(LicenceAct.kindergarten == kindergarten)
    return await session.scalar(found.order_by(LicenceAct.since.desc(), LicenceAct.id.desc()).limit(1))


async def standing_today(session: AsyncSession, entry: Kindergarten) -> LicenceStanding:
    """How the licence of a locked entry stands."""
    found = select(LicenceAct.kind).where(LicenceAct.kindergarten == entry.id, LicenceAct.kind.not_in(BESIDE))
    last = await session.scalar(found.order_by(LicenceAct.since.desc(), LicenceAct.id.desc()).limit(1))
    return standing(entry.licence_number, entry.licence_expires_on, last, PARAMETERS, today())


async def record_act(
    session: AsyncSession,
    actor: Actor,
    entry: Kindergarten,
    kind: LicenceActKind,
    since: date,
    document: str,
    *,
    reason: str = "",
    application: UUID | None = None,
    fields: dict[str, Any] | None = None,
) -> None:
    """Store the act, bring the register in step and announce it. `fields` are what it changes of the entry."""
    await _in_order(session, entry, since)
    await change(session, actor, entry, fields or {})
    made = LicenceAct(
        id=new_id(),
        kindergarten=entry.id,
        division=entry.division,
        kind=kind.value,
        since=since,
        number=entry.licence_number,
        expires_on=entry.licence_expires_on,
        document=document,
        reason=reason,
        application=application,
        decided_by=actor.id,
        recorded_on=today(),
        synthetic=entry.synthetic,
    )
    session.add(made)
    await session.flush()
    told = ("id", "kind", "since", "number", "expires_on", "document", "synthetic")
    data = {"kindergarten": entry.id} | {name: getattr(made, name) for name in told}
    subject = f"licences/{entry.id}"
    await announce(session, RECORDED, subject, division=entry.division, kindergarten=entry.id, data=data)


CORRECTED = {"number": "licence_number", "issued_on": "licence_issued_on", "expires_on": "licence_expires_on"}


async def correct_licence(session: AsyncSession, actor: Actor, id: UUID, new: LicenceCorrection) -> None:
    """Set right what the register says of a licence, or enter one held before the system; by its document.

    Raises NotFound, LicenceNotStanding, InvalidInput and what the rules of founders and types refuse.
    """
    entry = await locked(session, id)
    found = await standing_today(session, entry)
    if refused := correction_refusal(found.value):
        raise refused
    sent = new.model_dump(exclude_unset=True, exclude={"document", "reason"})
    fields = {CORRECTED.get(name, name): value for name, value in sent.items()}
    fields = {name: value for name, value in fields.items() if getattr(entry, name) != value}
    if not fields:
        refuse([Fault("", "nothing-to-correct", "没有需要更正的内容。", "Nothing differs from the register.")])
    if found is LicenceStanding.MISSING and not set(CORRECTED) <= sent.keys():
        said = "补录许可证须填写证号、发证日期和到期日。", "A licence is entered with its number, issue and last day."
        refuse([Fault("", "licence-in-full", *said)])
    if fields.get("licence_issued_on", date.min) > today():
        refuse([Fault("/issued_on", "issued-ahead", "发证日期不得晚于今日。", "It is issued today or earlier.")])
    if refusal := hands_refusal(await standing_of(session, entry), fields, today()):
        raise RuleRefuses(refusal)
    corrected = LicenceActKind.CORRECTED
    await record_act(session, actor, entry, corrected, today(), new.document, reason=new.reason, fields=fields)


async def _in_order(session: AsyncSession, entry: Kindergarten, since: date) -> None:
    last = await last_act(session, entry.id)
    if since > today() or (last and since < last.since):
        said = "不得晚于今日,也不得早于上一许可事项。", "It is neither after today nor before the act before it."
        refuse([Fault("/since", "since-out-of-order", *said)])


async def act_officially(session: AsyncSession, actor: Actor, id: UUID, verb: str, new: LicenceActNew) -> None:
    """Suspend, resume or revoke. The kindergarten's status follows where it is not so already.

    Raises NotFound, LicenceNotStanding, LicenceActedOnAlready and what the rules of statuses refuse.
    """
    entry = await locked(session, id)
    done, status = OFFICIAL[verb]
    last = await last_act(session, id)
    found = await standing_today(session, entry)
    if refused := official_refusal(verb, found.value, last.since if last else None, new.since):
        raise refused
    fields = {}
    if verb == "revoke" and entry.licence_expires_on and new.since <= entry.licence_expires_on:
        fields["licence_expires_on"] = last_day_before(entry, new.since)
    kind = KINDS[done.happened]
    await record_act(session, actor, entry, kind, new.since, new.document, reason=new.reason, fields=fields)
    covering = on((await standing_of(session, entry)).statuses, new.since)
    wanted = STATUSES[status]
    if covering is None or covering.value not in (wanted, Status.CLOSED):
        reason = f"许可证{done.zh}:{new.document}"
        await change_status(session, id, StatusChange(status=wanted, since=new.since, reason=reason))


def last_day_before(entry: Kindergarten, since: date) -> date:
    """The last valid day of a licence that stops on `since`; never before its issue."""
    last = since - timedelta(1)
    return max(last, entry.licence_issued_on) if entry.licence_issued_on else last
