"""The verbs of an annual inspection: load, decide, write, record, announce."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.annual_inspections.codes import AnnualInspectionFinding
from services.quality.annual_inspections.models import AnnualInspection, InspectionItem
from services.quality.annual_inspections.outcomes import announce_decision, decide_by_rule, standing_facts
from services.quality.annual_inspections.refusals import (
    CorrectionTooLong,
    EvidenceNotUsable,
    FactStandsAgainst,
    ItemsLeftOut,
    ItemsNotAsked,
    OnlyUnmetItemsAreOverturned,
)
from services.quality.annual_inspections.rules import MACHINE
from services.quality.annual_inspections.schemas import (
    AnnualInspectionAppealDecision,
    AnnualInspectionAssessment,
    AnnualInspectionCorrection,
    AnnualInspectionDecision,
    AnnualInspectionSubmission,
)
from services.quality.evidence.models import Evidence
from services.quality.frameworks.models import FrameworkItem
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.steps.actions import holding, record
from shared.auth import Actor
from shared.days import today
from shared.workdays import add_working_days

held = holding(AnnualInspection, MACHINE, "annual inspection")


async def note_step(
    session: AsyncSession, actor: Actor, inspection: AnnualInspection, verb: str, *, note: str = "", **data: Any
) -> None:
    await record(session, actor, "annual_inspection", inspection, verb, MACHINE[verb], note=note, data=data)


async def _asked_items(session: AsyncSession, inspection: AnnualInspection) -> dict[str, FrameworkItem]:
    query = select(FrameworkItem).where(FrameworkItem.framework == inspection.framework, FrameworkItem.answer != "none")
    return {each.code: each for each in await session.scalars(query)}


def _complete(given: Sequence[str], asked: Mapping[str, Any], pointer: str) -> None:
    """Raise unless every item asked is answered once. Raises ItemsNotAsked, ItemsLeftOut."""
    strange = sorted({each for each in given if each not in asked or given.count(each) > 1})
    if strange:
        raise ItemsNotAsked(items=", ".join(strange), pointer=pointer)
    if missing := sorted(asked.keys() - set(given)):
        raise ItemsLeftOut(items=", ".join(missing), pointer=pointer)


async def submit_inspection(session: AsyncSession, actor: Actor, id: UUID, asked: AnnualInspectionSubmission) -> None:
    """The kindergarten answers every item and attests the truth of it. Raises ItemsLeftOut, EvidenceNotUsable."""
    inspection = await held(session, actor, id, "submit")
    _complete([each.item for each in asked.answers], await _asked_items(session, inspection), "/answers")
    await _usable(session, inspection, [each.evidence for each in asked.answers])
    known = await _answers(session, inspection)
    for each in asked.answers:
        row = known.get(each.item)
        if row is None:
            row = InspectionItem(
                inspection=id, item=each.item, kindergarten=inspection.kindergarten, division=inspection.division
            )
            session.add(row)
        row.self_met, row.self_note, row.evidence = each.met, each.note, list(each.evidence)
    inspection.state, inspection.submitted_on, inspection.submitted_by = "submitted", today(), actor.id
    await note_step(session, actor, inspection, "submit", met=sum(each.met for each in asked.answers))


async def _answers(session: AsyncSession, inspection: AnnualInspection) -> dict[str, InspectionItem]:
    query = select(InspectionItem).where(InspectionItem.inspection == inspection.id)
    return {each.item: each for each in await session.scalars(query)}


async def _usable(session: AsyncSession, inspection: AnnualInspection, used: Sequence[Iterable[UUID]]) -> None:
    ids = {each for some in used for each in some}
    query = select(Evidence.id).where(
        Evidence.id.in_(ids),
        Evidence.kindergarten == inspection.kindergarten,
        Evidence.withdrawn_on.is_(None),
        or_(Evidence.valid_until.is_(None), Evidence.valid_until >= today()),
    )
    usable = set(await session.scalars(query))
    for place, some in enumerate(used):
        for nth, each in enumerate(some):
            if each not in usable:
                raise EvidenceNotUsable(evidence=each, pointer=f"/answers/{place}/evidence/{nth}")


async def send_back_inspection(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Ask for what is missing; the kindergarten answers anew."""
    inspection = await held(session, actor, id, "send_back")
    inspection.state = "open"
    await note_step(session, actor, inspection, "send_back", note=note)


async def assess_inspection(session: AsyncSession, actor: Actor, id: UUID, asked: AnnualInspectionAssessment) -> None:
    """Set a finding for every item; facts of record weigh against what is said. Raises FactStandsAgainst."""
    inspection = await held(session, actor, id, "assess")
    items = await _asked_items(session, inspection)
    _complete([each.item for each in asked.findings], items, "/findings")
    facts = {each.kind for each in await standing_facts(session, inspection)}
    rows = await _answers(session, inspection)
    for place, each in enumerate(asked.findings):
        item = items[each.item]
        if each.item not in rows:
            rows[each.item] = _unanswered(session, inspection, each.item)
        against = item.fed_by in facts and each.finding != AnnualInspectionFinding.UNMET
        if against and (item.hard or not each.note):
            raise FactStandsAgainst(item=each.item, kind=item.fed_by, pointer=f"/findings/{place}/finding")
        rows[each.item].finding, rows[each.item].finding_note = each.finding.value, each.note
    await session.flush()
    inspection.state, inspection.assessed_by = "assessed", actor.id
    found = await decide_by_rule(session, inspection)
    inspection.unmet, inspection.vetoed = list(found.unmet), found.vetoed
    await note_step(session, actor, inspection, "assess", note=asked.note, unmet=found.unmet, by_rule=found.result)


def _unanswered(session: AsyncSession, inspection: AnnualInspection, item: str) -> InspectionItem:
    """The row of an item about which the kindergarten said nothing."""
    place = {"kindergarten": inspection.kindergarten, "division": inspection.division}
    row = InspectionItem(inspection=inspection.id, item=item, self_met=False, self_note="", evidence=[], **place)
    session.add(row)
    return row


async def order_correction(session: AsyncSession, actor: Actor, id: UUID, asked: AnnualInspectionCorrection) -> None:
    """Give a period in working days to put the unmet items right. Raises CorrectionTooLong."""
    inspection = await held(session, actor, id, "order_correction")
    most = number(PARAMETERS, "inspection_correction_days", today())
    days = asked.days or most
    if days > most:
        raise CorrectionTooLong(most=most, pointer="/days")
    inspection.state, inspection.correction_due_on = "correcting", add_working_days(today(), days)
    due = inspection.correction_due_on
    await note_step(session, actor, inspection, "order_correction", note=asked.note, due_on=due, items=inspection.unmet)


async def report_correction(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Say what was put right; it is assessed anew."""
    inspection = await held(session, actor, id, "report_correction")
    inspection.state, inspection.corrected_on = "submitted", today()
    in_time = inspection.correction_due_on is not None and today() <= inspection.correction_due_on
    await note_step(session, actor, inspection, "report_correction", note=note, in_time=in_time)


async def decide_inspection(session: AsyncSession, actor: Actor, id: UUID, asked: AnnualInspectionDecision) -> None:
    """The result follows from the findings and the facts of this day; nobody chooses it."""
    inspection = await held(session, actor, id, "decide")
    day = today()
    inspection.decided_by, inspection.decided_on = actor.id, day
    inspection.document = asked.document
    inspection.appeal_until = add_working_days(day, number(PARAMETERS, "inspection_appeal_days", day))
    done = MACHINE["decide"]
    await announce_decision(session, actor, inspection, "decide", done, state="decided", note=asked.note)


async def appeal_inspection(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The kindergarten disputes the decision, once and in time."""
    inspection = await held(session, actor, id, "appeal")
    inspection.state, inspection.appealed_on, inspection.appealed_by = "appealed", today(), actor.id
    await note_step(session, actor, inspection, "appeal", note=note)


async def decide_appeal(session: AsyncSession, actor: Actor, id: UUID, asked: AnnualInspectionAppealDecision) -> None:
    """Another person answers it; items overturned count as met and the rule decides anew.

    A veto that rests on a confirmed case is lifted by the appeal of that case alone.
    """
    inspection = await held(session, actor, id, "decide_appeal")
    facts = {each.kind for each in await standing_facts(session, inspection)}
    items, rows = await _asked_items(session, inspection), await _answers(session, inspection)
    wrong = [
        each
        for each in asked.overturned
        if each not in inspection.unmet or (items[each].hard and items[each].fed_by in facts)
    ]
    if wrong:
        raise OnlyUnmetItemsAreOverturned(items=", ".join(wrong), pointer="/overturned")
    for each in asked.overturned:
        rows[each].finding, rows[each].finding_note = AnnualInspectionFinding.MET.value, f"申诉改判({asked.document})"
    await session.flush()
    inspection.state, inspection.appeal_upheld = "final", bool(asked.overturned)
    await note_step(session, actor, inspection, "decide_appeal", note=asked.note, overturned=asked.overturned)
    if asked.overturned:
        inspection.document = asked.document
        await announce_decision(session, actor, inspection, "decide", MACHINE["decide"], note=asked.note)


async def conclude_inspection(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """The period to appeal passed without one."""
    inspection = await held(session, actor, id, "conclude")
    inspection.state = "final"
    await note_step(session, actor, inspection, "conclude")
