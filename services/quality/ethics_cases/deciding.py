"""Deciding a case and answering its appeal, with what follows elsewhere: annual inspection and bar from employment."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.annual_inspections.outcomes import veto_annual_inspection
from services.quality.employment_bars.actions import bar_person, lift_bar
from services.quality.ethics_cases.actions import held, step
from services.quality.ethics_cases.catalogue import BEHAVIOURS, SANCTIONS
from services.quality.ethics_cases.models import EthicsCase
from services.quality.ethics_cases.refusals import (
    BarNeedsTermAndNumber,
    ConfirmedNamesBehaviours,
    LeaderDecides,
    ListedAsSerious,
    UnconfirmedIsNotSanctioned,
)
from services.quality.ethics_cases.rules import PoliceComesFirst, harms_children, is_serious, term_end
from services.quality.ethics_cases.schemas import EthicsAppealDecision, EthicsDecision
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.permissions import ROLES, May
from shared.auth import Actor
from shared.days import today
from shared.ids import new_id
from shared.tables import FOREVER

# A veto is an act of the office: the inspection's record names no one who knows of a sealed case.
OFFICE = "quality"


async def decide_case(session: AsyncSession, actor: Actor, id: UUID, asked: EthicsDecision) -> None:
    """Decide by level; a confirmed serious violation vetoes the year's inspection in the same transaction."""
    case = await held(session, actor, id, "decide")
    day = today()
    _consistent(asked)
    _within_level(actor, asked)
    if harms_children(BEHAVIOURS, asked.behaviours) and case.police_on is None:
        raise PoliceComesFirst
    by_rule = is_serious(BEHAVIOURS, asked.behaviours, day)
    if by_rule and asked.serious is False:
        raise ListedAsSerious(pointer="/serious")
    case.confirmed, case.serious = asked.confirmed, asked.confirmed and (by_rule or bool(asked.serious))
    case.confirmed_behaviours = [each.value for each in asked.behaviours]
    case.norms, case.leader_accountability = list(asked.norms), asked.leader_accountability
    case.sanctions = [
        {
            "sanction": each.value,
            "label_zh": each.zh,
            "since": day.isoformat(),
            "until": term_end(day, months).isoformat() if (months := SANCTIONS[each].months) else None,
        }
        for each in asked.sanctions
    ]
    case.state, case.decided_by, case.decided_on, case.document = "decided", actor.id, day, asked.document
    case.appeal_until = day + timedelta(number(PARAMETERS, "ethics_appeal_days", day))
    await step(session, actor, case, "decide", asked.note)
    if asked.bar is not None:
        await _bar(session, case, asked)
    if case.serious:
        case.veto_source = new_id()
        await _veto(session, case, case.veto_source, standing=True)


def _consistent(asked: EthicsDecision) -> None:
    if not asked.confirmed and (asked.behaviours or asked.sanctions or asked.bar or asked.serious):
        raise UnconfirmedIsNotSanctioned
    if asked.confirmed and not asked.behaviours:
        raise ConfirmedNamesBehaviours(pointer="/behaviours")


def _within_level(actor: Actor, asked: EthicsDecision) -> None:
    """降级、撤职、开除 and a bar are for a leader."""
    above = next((each for each in asked.sanctions if SANCTIONS[each].level == "leader"), None)
    if (above or asked.bar) and not actor.may(ROLES, May.DECIDE_SEVERE_ETHICS):
        raise LeaderDecides(what=above.zh if above else "从业禁止")


async def _bar(session: AsyncSession, case: EthicsCase, asked: EthicsDecision) -> None:
    bar, day = asked.bar, today()
    if bar is None or (bar.months is None) is not bar.life or case.accused_blind is None:
        raise BarNeedsTermAndNumber(pointer="/bar")
    until = term_end(day, bar.months) if bar.months else FOREVER
    await bar_person(session, case, case.accused_blind, day, until, asked.document)


async def _veto(session: AsyncSession, case: EthicsCase, source: UUID, *, standing: bool) -> None:
    office = Actor(OFFICE, "", (), float("inf"))
    on = case.decided_on or today()
    await veto_annual_inspection(session, office, source, case.kindergarten, case.division, on, standing=standing)


async def decide_appeal(session: AsyncSession, actor: Actor, id: UUID, asked: EthicsAppealDecision) -> None:
    """Uphold it, and everything that followed is revoked at once; or reject it, and the decision is final."""
    case = await held(session, actor, id, "decide_appeal")
    case.appeal_upheld, case.state = asked.upheld, "revoked" if asked.upheld else "final"
    await step(session, actor, case, "decide_appeal", f"{asked.document} {asked.note}")
    if asked.upheld:
        await lift_bar(session, case)
        if case.veto_source is not None:
            await _veto(session, case, case.veto_source, standing=False)
