"""From findings and facts to the result in force: decided, vetoed, restored; each change is announced as a revision."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.annual_inspections.codes import AnnualInspectionFinding
from services.quality.annual_inspections.models import AnnualInspection, InspectionItem
from services.quality.annual_inspections.rules import DECIDED, LIFT_VETO, VETO, VETOING, Outcome, counts, outcome
from services.quality.frameworks.models import FrameworkItem
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.service_facts.actions import keep
from services.quality.service_facts.models import ServiceFact
from services.quality.steps.actions import record
from shared.auth import Actor
from shared.contracts.quality import ANNUAL_INSPECTION_DECIDED, AnnualInspectionFact
from shared.days import today
from shared.events import announce
from shared.machine import Verb


async def standing_facts(session: AsyncSession, inspection: AnnualInspection) -> Sequence[ServiceFact]:
    """The facts of record that weigh on this inspection."""
    query = select(ServiceFact).where(ServiceFact.kindergarten == inspection.kindergarten)
    return [
        each
        for each in await session.scalars(query)
        if counts(each.kind, standing=each.standing, on=each.on, year=inspection.year)
    ]


async def hard_items(session: AsyncSession, inspection: AnnualInspection) -> dict[str, str]:
    """The one-vote items and their words."""
    query = select(FrameworkItem.code, FrameworkItem.text).where(
        FrameworkItem.framework == inspection.framework, FrameworkItem.hard
    )
    return {code: text or code for code, text in await session.execute(query)}


async def decide_by_rule(session: AsyncSession, inspection: AnnualInspection) -> Outcome:
    """What the rule says today."""
    query = select(InspectionItem.item, InspectionItem.finding).where(
        InspectionItem.inspection == inspection.id, InspectionItem.finding.is_not(None)
    )
    findings = {item: str(finding) for item, finding in await session.execute(query)}
    veto = any(each.kind == VETOING for each in await standing_facts(session, inspection))
    limits = (
        number(PARAMETERS, "inspection_conditional_unmet", today()),
        number(PARAMETERS, "inspection_failed_unmet", today()),
    )
    return outcome(findings, await hard_items(session, inspection), veto=veto, limits=limits)


async def announce_decision(
    session: AsyncSession,
    actor: Actor,
    inspection: AnnualInspection,
    verb: str,
    done: Verb,
    *,
    state: str | None = None,
    note: str = "",
) -> None:
    """Put the result by rule in force as the next revision, in that state, and tell everyone."""
    with session.no_autoflush:
        found = await decide_by_rule(session, inspection)
    inspection.state = state or inspection.state
    inspection.result, inspection.vetoed = found.result.value, found.vetoed
    inspection.unmet, inspection.reasons = list(found.unmet), list(found.reasons)
    inspection.revision, inspection.effective_from = inspection.revision + 1, _since(inspection, done)
    fact = AnnualInspectionFact.model_validate(inspection).model_dump(mode="json")
    data = {"result": found.result, "vetoed": found.vetoed, "revision": inspection.revision}
    await record(session, actor, "annual_inspection", inspection, verb, done, note=note, data=data, fact=fact)
    if f"quality.annual_inspection.{done.happened}" != ANNUAL_INSPECTION_DECIDED:
        await announce(
            session,
            ANNUAL_INSPECTION_DECIDED,
            f"annual-inspections/{inspection.id}",
            division=inspection.division,
            kindergarten=inspection.kindergarten,
            data=fact,
        )


def _since(inspection: AnnualInspection, done: Verb) -> date | None:
    """From when the revision counts: a decision and a veto from today, what undoes them from the day of the decision.

    While a veto stands, no other revision changes since when.
    """
    if done is VETO or not inspection.revision:
        return today()
    return inspection.effective_from if inspection.vetoed else inspection.decided_on


async def veto_annual_inspection(
    session: AsyncSession, actor: Actor, source: UUID, kindergarten: UUID, division: str, on: date, *, standing: bool
) -> None:
    """A serious ethics violation is confirmed (or its confirmation revoked): the inspection of that year follows.

    An inspection not yet decided will be decided by it; a decided one is revised at once (QUA-03, 三(二)2-d). `source`
    names the fact and says nothing of the case behind it.
    """
    state = "confirmed" if standing else "revoked"
    await keep(
        session, VETOING, source, kindergarten=kindergarten, division=division, state=state, standing=standing, on=on
    )
    query = select(AnnualInspection).where(
        AnnualInspection.kindergarten == kindergarten, AnnualInspection.year == on.year
    )
    inspection = await session.scalar(query.with_for_update())
    if inspection is None:
        return
    if not standing:
        await _clear(session, inspection)
    done, verb = (VETO, "veto") if standing else (LIFT_VETO, "lift_veto")
    if inspection.state in DECIDED:
        await announce_decision(session, actor, inspection, verb, done)
        return
    inspection.vetoed = (await decide_by_rule(session, inspection)).vetoed
    await record(session, actor, "annual_inspection", inspection, verb, done)


async def _clear(session: AsyncSession, inspection: AnnualInspection) -> None:
    """Items found unmet on the strength of a confirmation that no longer stands are met."""
    if any(each.kind == VETOING for each in await standing_facts(session, inspection)):
        return
    fed = select(FrameworkItem.code).where(
        FrameworkItem.framework == inspection.framework, FrameworkItem.fed_by == VETOING
    )
    rows = select(InspectionItem).where(
        InspectionItem.inspection == inspection.id,
        InspectionItem.item.in_(fed),
        InspectionItem.finding == AnnualInspectionFinding.UNMET,
    )
    for each in await session.scalars(rows):
        each.finding, each.finding_note = AnnualInspectionFinding.MET.value, "所依据的认定已撤销"
    await session.flush()
