"""The verbs of a sealed case. None announces an event: what follows from a decision is announced by what it changes."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.employment_bars.rules import NumberIsNotValid, normal_number
from services.quality.ethics_cases.catalogue import BEHAVIOURS
from services.quality.ethics_cases.models import EthicsCase, EthicsReading, EthicsStep
from services.quality.ethics_cases.refusals import AccusedCannotKnow, ActorMustStay
from services.quality.ethics_cases.rules import MACHINE, PoliceComesFirst, harms_children
from services.quality.ethics_cases.schemas import (
    EthicsAcceptance,
    EthicsFindings,
    EthicsHearing,
    EthicsMembers,
    EthicsPoliceReport,
)
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.steps.actions import admit
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.ids import new_id
from shared.workdays import add_working_days


async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> EthicsCase:
    """The case, locked, when the verb may be done. One answer for a case that is not there and one not to be known."""
    found = await session.scalar(select(EthicsCase).where(EthicsCase.id == id).with_for_update())
    if found is None:
        raise NotFound(what="ethics case")
    admit(MACHINE, verb, found, actor)
    return found


async def step(session: AsyncSession, actor: Actor, case: EthicsCase, verb: str, note: str = "") -> None:
    """Record what was done, where only those who know of the case see it."""
    case.version += 1
    await session.flush()
    values: dict[str, Any] = {"id": new_id(), "case": case.id, "verb": verb, "actor": actor.id, "on": today()}
    await session.execute(insert(EthicsStep).values(**values, basis=MACHINE[verb].basis, note=note))


async def open_case(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Log that the case is read. Raises NotFound."""
    if await session.scalar(select(EthicsCase.id).where(EthicsCase.id == id)) is None:
        raise NotFound(what="ethics case")
    await session.execute(insert(EthicsReading).values(id=new_id(), case=id, actor=actor.id))


async def accept_report(session: AsyncSession, actor: Actor, id: UUID, asked: EthicsAcceptance) -> None:
    """Take it up and name who may know: the lead, the members and whoever takes it up; from now on nobody else."""
    case = await held(session, actor, id, "accept")
    known = sorted({asked.lead, actor.id, *asked.members})
    if asked.accused_account in known:
        raise AccusedCannotKnow(pointer="/accused_account")
    case.need_to_know, case.lead, case.accused_account = known, asked.lead, asked.accused_account
    case.state, case.accepted_on = "investigating", today()
    await step(session, actor, case, "accept", asked.note)


async def dismiss_report(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Not taken up, with the reason."""
    case = await held(session, actor, id, "dismiss")
    case.state, case.need_to_know = "dismissed", sorted({*case.need_to_know, actor.id})
    await step(session, actor, case, "dismiss", note)


async def name_members(session: AsyncSession, actor: Actor, id: UUID, asked: EthicsMembers) -> None:
    """Set who may know of it. Raises AccusedCannotKnow, ActorMustStay."""
    case = await held(session, actor, id, "name_members")
    if case.lead not in asked.members:
        raise ActorMustStay(pointer="/members")
    if case.accused_account in asked.members:
        raise AccusedCannotKnow(pointer="/members")
    case.need_to_know = sorted(set(asked.members))
    await step(session, actor, case, "name_members", asked.note)


async def protect_children(session: AsyncSession, actor: Actor, id: UUID, protection: str) -> None:
    """What was done at once so that no child is harmed further."""
    case = await held(session, actor, id, "protect")
    case.protection = protection
    await step(session, actor, case, "protect", protection)


async def report_to_police(session: AsyncSession, actor: Actor, id: UUID, asked: EthicsPoliceReport) -> None:
    """The mandatory report 强制报告 and its receipt."""
    case = await held(session, actor, id, "report_to_police")
    if not case.reported_on <= asked.on <= today():
        raise InvalidInput(
            reason_zh="应在收到报告之后、今天之前。", reason_en="it lies between the report and today.", pointer="/on"
        )
    case.police_on, case.police_unit, case.police_receipt = asked.on, asked.unit, asked.receipt
    await step(session, actor, case, "report_to_police", f"{asked.unit} {asked.receipt}")


async def record_findings(session: AsyncSession, keys: KeyRing, actor: Actor, id: UUID, asked: EthicsFindings) -> None:
    """End the investigation. Raises NumberIsNotValid, PoliceComesFirst when harm to a child came to light only now."""
    case = await held(session, actor, id, "record_findings")
    plain = normal_number(asked.accused_number) if asked.accused_number else None
    if asked.accused_number and plain is None:
        raise NumberIsNotValid(pointer="/accused_number")
    harm = case.harms_children or harms_children(BEHAVIOURS, asked.behaviours)
    if harm and case.police_on is None:
        raise PoliceComesFirst
    case.harms_children = harm
    case.behaviours = [each.value for each in asked.behaviours] or case.behaviours
    case.findings, case.investigated_by, case.state = asked.findings, actor.id, "investigated"
    case.accused_sealed, case.accused_person = keys.encrypt(asked.accused, case.id.bytes), asked.accused_person
    if plain:
        case.accused_number_sealed, case.accused_blind = keys.encrypt(plain, case.id.bytes), keys.blind(plain)
    await step(session, actor, case, "record_findings")


async def notify_person(session: AsyncSession, actor: Actor, id: UUID, proposal: str) -> None:
    """Tell the person what is proposed and of the right to be heard; the period runs in working days."""
    case = await held(session, actor, id, "notify")
    case.proposal, case.state = proposal, "notified"
    case.statement_until = add_working_days(today(), number(PARAMETERS, "ethics_statement_days", today()))
    await step(session, actor, case, "notify", proposal)


async def hear_person(session: AsyncSession, actor: Actor, id: UUID, asked: EthicsHearing) -> None:
    """Record the statement, the hearing, or that it was waived."""
    case = await held(session, actor, id, "hear")
    case.heard_on, case.statement = today(), asked.statement
    await step(session, actor, case, "hear", asked.kind)


async def lodge_appeal(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Enter the person's appeal."""
    case = await held(session, actor, id, "appeal")
    case.state, case.appealed_on, case.appeal = "appealed", today(), note
    await step(session, actor, case, "appeal")


async def conclude_case(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """The period to appeal passed without one."""
    case = await held(session, actor, id, "conclude")
    case.state = "final"
    await step(session, actor, case, "conclude")
