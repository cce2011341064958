"""The verbs of a nursery filing: load, decide, write, record, announce."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.models import Kindergarten
from services.registry.nursery_filings.codes import NurseryEnd, NurseryFilingKind
from services.registry.nursery_filings.facts import checked, scale, shown, subject
from services.registry.nursery_filings.models import NurseryFiling
from services.registry.nursery_filings.rules import (
    MACHINE,
    NoNurseryFilingInForce,
    NurseryFilingInForce,
    refused_by,
)
from services.registry.nursery_filings.schemas import (
    NurseryAmendment,
    NurseryApplication,
    NurseryCancellation,
    NurseryExamination,
    NurseryFilingDecision,
    NurseryRefusal,
    NurseryStop,
)
from services.registry.parameters.published import number_on
from services.registry.recognitions.conditions import Check, blocks
from services.registry.recognitions.rules import latest_end
from services.registry.refusals import refuse
from services.registry.steps.actions import record
from shared.auth import Actor
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal

APPLIED = "registry.nursery_filing.applied"
_NEXT_NUMBER = text(
    "INSERT INTO nursery_numbers (district, year, last) VALUES (:district, :year, 1)"
    " ON CONFLICT (district, year) DO UPDATE SET last = nursery_numbers.last + 1 RETURNING last"
)
DISTRICT = 6  # digits of a district's code


async def apply_for_nursery(session: AsyncSession, actor: Actor, new: NurseryApplication) -> UUID:
    """Take an application in, when the register's own checks let it.

    Raises NotFound, NurseryBlocked, NurseryFilingInForce, NoNurseryFilingInForce.
    """
    entry = await session.get(Kindergarten, new.kindergarten, with_for_update={"key_share": True})
    if entry is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    former = await _former(session, new)
    made = NurseryFiling(
        id=new_id(),
        kindergarten=entry.id,
        division=entry.division,
        kind=new.kind.value,
        former=former.id if former else None,
        state="applied",
        applied_on=today(),
        applied_by=actor.id,
        synthetic=entry.synthetic,
        **_asked(new),
    )
    await _not_blocked(session, made)
    session.add(made)
    await session.flush()
    data = {"id": made.id, "state": made.state, "kind": made.kind}
    subject_ = f"nursery-filings/{made.id}"
    await announce(session, APPLIED, subject_, division=made.division, kindergarten=entry.id, data=data)
    return made.id


async def _former(session: AsyncSession, new: NurseryApplication) -> NurseryFiling | None:
    """The filing that is changed or renewed: the last of the kindergarten's that was filed."""
    filed = select(NurseryFiling).where(NurseryFiling.kindergarten == new.kindergarten, NurseryFiling.state == "filed")
    found: NurseryFiling | None = await session.scalar(filed.order_by(NurseryFiling.until.desc()).limit(1))
    lasting = found is not None and found.until is not None and today() < found.until
    if new.kind is NurseryFilingKind.NEW:
        if found is not None and lasting:
            raise NurseryFilingInForce(number=found.number, pointer="/kind")
        return None
    if found is None or (new.kind is NurseryFilingKind.CHANGE and not lasting):
        raise NoNurseryFilingInForce(pointer="/kind")
    return found


def _asked(new: NurseryAmendment) -> dict[str, Any]:
    return new.model_dump(include=set(NurseryAmendment.model_fields)) | {"service": new.service.value}


async def checks_of(session: AsyncSession, case: NurseryFiling) -> tuple[Check, ...]:
    """Every check of today for what the filing asks."""
    former = await session.get(NurseryFiling, case.former) if case.former else None
    places = former.classes * former.children_per_class if former else None
    return await checked(session, case.kindergarten, scale(vars(case), places), today())


async def _not_blocked(session: AsyncSession, case: NurseryFiling) -> None:
    """Raises NurseryBlocked with every check that refuses."""
    with session.no_autoflush:
        against = blocks(await checks_of(session, case))
    if against:
        error = refused_by(against)
        error.faults = tuple(Fault("", each.code, f"{each.zh}。", f"{each.en}.") for each in against)
        raise error


async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> NurseryFiling:
    """The filing, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    found = await session.scalar(select(NurseryFiling).where(NurseryFiling.id == id).with_for_update())
    if found is None:
        raise NotFound(what="nursery filing")
    against = await checks_of(session, found)
    if refused := refusal(MACHINE, verb, subject(vars(found), against), actor.id, today()):
        raise refused
    return found


async def note_step(
    session: AsyncSession, actor: Actor, case: NurseryFiling, verb: str, *, note: str = "", **data: Any
) -> None:
    fact = {"id": case.id, "state": case.state, "number": case.number, "places": case.classes * case.children_per_class}
    fact |= {"since": case.since, "until": case.until, "ended_on": case.ended_on}
    await record(session, actor, "nursery_filing", case, MACHINE, verb, note=note, data=data, fact=fact)


async def amend_application(session: AsyncSession, actor: Actor, id: UUID, new: NurseryAmendment) -> None:
    """The applicant changes what is asked for, or hands in again what was sent back."""
    case = await held(session, actor, id, "amend")
    for name, value in _asked(new).items():
        setattr(case, name, value)
    await _not_blocked(session, case)
    case.state, case.applied_by = "applied", actor.id
    await note_step(session, actor, case, "amend", note=new.statement, classes=case.classes)


async def retract_application(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The applicant takes the application back."""
    case = await held(session, actor, id, "retract")
    case.state = "retracted"
    await note_step(session, actor, case, "retract", note=note)


async def send_back_application(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Ask for what is missing; what was found is found anew afterwards."""
    case = await held(session, actor, id, "send_back")
    case.state, case.conditions_met = "returned", None
    await note_step(session, actor, case, "send_back", note=note)


async def examine_application(session: AsyncSession, actor: Actor, id: UUID, new: NurseryExamination) -> None:
    """审核: what was found on the spot, beside the register's own checks of the day."""
    case = await held(session, actor, id, "examine")
    case.checks = shown(await checks_of(session, case))
    case.conditions_met, case.findings = new.conditions_met, new.findings
    case.state, case.examined_on, case.examined_by = "examined", today(), actor.id
    await note_step(session, actor, case, "examine", note=new.findings, conditions_met=new.conditions_met)


async def file_nursery(session: AsyncSession, actor: Actor, id: UUID, new: NurseryFilingDecision) -> None:
    """备案: a number and a term; a change keeps both of the filing it changes, which ends where it begins."""
    case = await held(session, actor, id, "file")
    former = await session.get(NurseryFiling, case.former, with_for_update=True) if case.former else None
    refuse(_term_faults(case, former, new))
    if former is not None and case.kind == NurseryFilingKind.CHANGE:
        case.number, case.until = former.number, former.until
        former.state, former.ended_on = "ended", new.since
        await session.flush()  # the former leaves the day free first
    else:
        case.number, case.until = await _numbered(session, case), new.until
    case.state, case.since, case.document = "filed", new.since, new.document
    case.decided_on, case.decided_by = today(), actor.id
    await note_step(session, actor, case, "file", note=new.note, number=case.number, since=new.since, until=case.until)


def _term_faults(case: NurseryFiling, former: NurseryFiling | None, new: NurseryFilingDecision) -> list[Fault]:
    """A term begins today or later, within the longest; a change within the term it keeps."""
    faults = []
    if new.since < today():
        faults.append(Fault("/since", "since-in-the-past", "不得早于今日。", "It is not before today."))
    if case.kind == NurseryFilingKind.CHANGE:
        ends = former.until if former and former.state == "filed" else None
        if ends is None or former is None or former.since is None or not former.since <= new.since < ends:
            said = "须在原备案期限之内。", "It lies within the term of the filing it changes."
            faults.append(Fault("/since", "outside-the-term", *said))
        if new.until is not None and new.until != ends:
            said = "变更不改变备案期限。", "A change keeps the term."
            faults.append(Fault("/until", "change-keeps-the-term", *said))
        return faults
    years = number_on("nursery_filing_years", new.since, pointer="/since")
    if new.until is None or not new.since < new.until <= latest_end(new.since, years):
        said = f"须晚于起始日期,且期限不超过{years}年。", f"It is after the beginning and at most {years} years later."
        faults.append(Fault("/until", "term-too-long", *said))
    if former is not None and former.until is not None and former.until >= today() and new.since != former.until:
        said = f"续期自 {former.until} 起。", f"The renewal begins on {former.until}."
        faults.append(Fault("/since", "renewal-follows-the-term", *said))
    return faults


async def _numbered(session: AsyncSession, case: NurseryFiling) -> str:
    """The next number 备案号 of the year in the district: none is left out and none is given twice."""
    district, year = case.division[:DISTRICT], today().year
    last = (await session.execute(_NEXT_NUMBER, {"district": district, "year": year})).scalar_one()
    return f"TB{district}-{year}-{last:04}"


async def refuse_application(session: AsyncSession, actor: Actor, id: UUID, new: NurseryRefusal) -> None:
    """Decide against the application, in writing and with the reason."""
    case = await held(session, actor, id, "refuse")
    case.state, case.decided_on, case.decided_by, case.document = "refused", today(), actor.id, new.document
    await note_step(session, actor, case, "refuse", note=new.note, document=new.document)


async def stop_nursery(session: AsyncSession, actor: Actor, id: UUID, new: NurseryStop) -> None:
    """The kindergarten gives its nursery classes up."""
    await _end(session, actor, id, "stop", new, NurseryEnd.OWN_WISH)


async def cancel_filing(session: AsyncSession, actor: Actor, id: UUID, new: NurseryCancellation) -> None:
    """注销: the district ends the filing before its term."""
    await _end(session, actor, id, "cancel", new, new.ground, new.document)


async def _end(
    session: AsyncSession,
    actor: Actor,
    id: UUID,
    verb: str,
    new: NurseryStop,
    ground: NurseryEnd,
    document: str = "",
) -> None:
    case = await held(session, actor, id, verb)
    since, until = case.since or today(), case.until or today()
    if not max(today(), since) <= new.ended_on < until:
        said = "须在今日之后、备案期满之前。", "It lies between today and the end of the term."
        refuse([Fault("/ended_on", "outside-the-term", *said)])
    case.state, case.ended_on, case.ended_ground = "ended", new.ended_on, ground.value
    await session.flush()
    await note_step(session, actor, case, verb, note=new.note, ended_on=new.ended_on, document=document)
    renewals = select(NurseryFiling).where(NurseryFiling.former == id, NurseryFiling.state == "filed")
    for each in await session.scalars(renewals):
        # A renewal that lies ahead falls with the term it renews.
        each.state, each.ended_on, each.ended_ground = "ended", each.since, ground.value
        await note_step(session, actor, each, verb, note=new.note, document=document)
