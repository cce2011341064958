"""From agreed levels to the published result: moderate, publish, appeal, finalise, improve."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.annual_inspections.rules import VETOING, counts
from services.quality.evaluations.actions import held, scored_items, step
from services.quality.evaluations.codes import EvaluationGrade
from services.quality.evaluations.models import Evaluation, EvaluationLevel
from services.quality.evaluations.refusals import DueTooLate, ItemNotScored
from services.quality.evaluations.rules import CITY, Scored, grade, total
from services.quality.evaluations.schemas import EvaluationAppealDecision, ImprovementPlanIn
from services.quality.frameworks.models import FrameworkItem
from services.quality.kindergartens.models import Kindergarten
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import in_force, number
from services.quality.service_facts.models import ServiceFact
from shared.auth import Actor
from shared.contracts.quality import EVALUATION_PUBLISHED, EvaluationFact
from shared.contracts.safety import QUALITY_FINDING_RAISED, FindingFact
from shared.days import today
from shared.events import announce
from shared.workdays import add_working_days

IMPROVING = "幼儿园督导评估办法(教督〔2023〕5号)"
GRADES = {
    EvaluationGrade.EXCELLENT: "evaluation_grade_excellent",
    EvaluationGrade.GOOD: "evaluation_grade_good",
    EvaluationGrade.QUALIFIED: "evaluation_grade_qualified",
}


async def _grade_by_rule(session: AsyncSession, evaluation: Evaluation) -> None:
    """Points, parts and grade from the levels that count, and from what the year holds against the kindergarten."""
    items = await scored_items(session, evaluation)
    tree = {each.code: each for each in await session.scalars(_of(evaluation))}
    levels = await session.scalars(select(EvaluationLevel).where(EvaluationLevel.evaluation == evaluation.id))
    scored = [Scored(_top(tree, each.item), each.level) for each in levels if each.item in items]
    weights = {code: each.weight if each.weight is not None else Decimal(1) for code, each in tree.items()}
    evaluation.points, parts = total(scored, weights)
    evaluation.parts = {part: str(value) for part, value in parts.items()}
    facts = await session.scalars(select(ServiceFact).where(ServiceFact.kindergarten == evaluation.kindergarten))
    serious = any(
        each.kind == VETOING and counts(each.kind, standing=each.standing, on=each.on, year=evaluation.year)
        for each in facts
    )
    day = evaluation.opened_on
    thresholds = {each: Decimal(in_force(PARAMETERS, name, day).value) for each, name in GRADES.items()}
    evaluation.grade = grade(evaluation.points, thresholds, serious_case=serious).value
    evaluation.grade_reason = f"年度内有经确认的严重师德失范行为({CITY})" if serious else None


def _of(evaluation: Evaluation) -> Select[FrameworkItem]:
    return select(FrameworkItem).where(FrameworkItem.framework == evaluation.framework)


def _top(tree: dict[str, FrameworkItem], code: str) -> str:
    while tree[code].parent:
        code = tree[code].parent
    return code


async def moderate_evaluation(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Set points and grade by rule; whoever evaluated does not moderate."""
    evaluation = await held(session, actor, id, "moderate")
    await _grade_by_rule(session, evaluation)
    evaluation.moderated_by, evaluation.state = actor.id, "moderated"
    await step(session, actor, evaluation, "moderate", note=note, points=evaluation.points, grade=evaluation.grade)


async def _tell(session: AsyncSession, evaluation: Evaluation, status: Literal["provisional", "final"]) -> None:
    fact = EvaluationFact(
        kindergarten=evaluation.kindergarten,
        division=evaluation.division,
        framework=evaluation.framework_code,
        framework_version=evaluation.framework_edition,
        grade=str(evaluation.grade),
        qualified=evaluation.grade != EvaluationGrade.UNQUALIFIED,
        status=status,
        published_on=today(),
    )
    await announce(
        session,
        EVALUATION_PUBLISHED,
        f"evaluations/{evaluation.id}",
        division=evaluation.division,
        kindergarten=evaluation.kindergarten,
        data=fact.model_dump(mode="json"),
    )


async def publish_evaluation(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Publish it provisionally; the kindergarten may appeal within the district's working days."""
    evaluation = await held(session, actor, id, "publish")
    evaluation.state, evaluation.published_on = "provisional", today()
    evaluation.appeal_until = add_working_days(today(), number(PARAMETERS, "evaluation_appeal_days", today()))
    await step(session, actor, evaluation, "publish", grade=evaluation.grade)
    await _tell(session, evaluation, "provisional")


async def appeal_evaluation(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The kindergarten disputes the result, once and in time."""
    evaluation = await held(session, actor, id, "appeal")
    evaluation.state, evaluation.appealed_on, evaluation.appeal = "appealed", today(), note
    await step(session, actor, evaluation, "appeal", note=note)


async def decide_appeal(session: AsyncSession, actor: Actor, id: UUID, asked: EvaluationAppealDecision) -> None:
    """Another person answers; levels that were wrong are set and the rule grades anew. Raises ItemNotScored."""
    evaluation = await held(session, actor, id, "decide_appeal")
    query = select(EvaluationLevel).where(EvaluationLevel.evaluation == id)
    levels = {each.item: each for each in await session.scalars(query)}
    if unknown := [each.item for each in asked.levels if each.item not in levels]:
        raise ItemNotScored(items=", ".join(unknown), pointer="/levels")
    for each in asked.levels:
        level = levels[each.item]
        level.level, level.origin, level.note = each.level, "appeal", each.note
    await session.flush()
    evaluation.appeal_upheld, evaluation.state = bool(asked.levels), "provisional"
    if asked.levels:
        await _grade_by_rule(session, evaluation)
    items = [each.item for each in asked.levels]
    await step(session, actor, evaluation, "decide_appeal", note=asked.note, items=items, grade=evaluation.grade)
    if asked.levels:
        await _tell(session, evaluation, "provisional")


async def finalise_evaluation(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Publish the final result once nobody can appeal any more."""
    evaluation = await held(session, actor, id, "finalise")
    evaluation.state, evaluation.final_on = "final", today()
    await step(session, actor, evaluation, "finalise", grade=evaluation.grade)
    await _tell(session, evaluation, "final")


async def plan_improvement(session: AsyncSession, actor: Actor, id: UUID, asked: ImprovementPlanIn) -> None:
    """Say what will be better, by whom and when. Raises DueTooLate, ItemNotScored."""
    evaluation = await held(session, actor, id, "plan_improvement")
    known = await scored_items(session, evaluation)
    if unknown := [each.item for each in asked.measures if each.item not in known]:
        raise ItemNotScored(items=", ".join(unknown), pointer="/measures")
    latest = add_working_days(today(), number(PARAMETERS, "evaluation_improvement_days", today()))
    for place, each in enumerate(asked.measures):
        if not today() <= each.due_on <= latest:
            raise DueTooLate(latest=latest, pointer=f"/measures/{place}/due_on")
    evaluation.improvement = [each.model_dump(mode="json") for each in asked.measures]
    evaluation.improvement_due_on = max(each.due_on for each in asked.measures)
    await step(session, actor, evaluation, "plan_improvement", measures=len(asked.measures))
    for item in dict.fromkeys(each.item for each in asked.measures):
        measures = "；".join(each.measure for each in asked.measures if each.item == item)
        await _to_be_rectified(session, evaluation, item, measures)


async def _to_be_rectified(session: AsyncSession, evaluation: Evaluation, code: str, measures: str) -> None:
    """Tell the one rectification engine: the same item planned again is the same finding there."""
    place = await session.get_one(Kindergarten, evaluation.kindergarten)
    item = await session.get(FrameworkItem, (evaluation.framework, code))
    fact = FindingFact(
        reference=f"evaluations/{evaluation.id}/{code}",
        kindergarten=evaluation.kindergarten,
        category="conduct",
        place=f"评估要点 {code}",
        description=f"{item.text if item and item.text else code}：{measures}"[:2000],
        legal_basis=IMPROVING,
        found_on=today(),
        synthetic=place.synthetic,
    )
    await announce(
        session,
        QUALITY_FINDING_RAISED,
        f"evaluations/{evaluation.id}",
        division=evaluation.division,
        kindergarten=evaluation.kindergarten,
        data=fact.model_dump(),
    )


async def verify_improvement(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Re-visit and find it done."""
    evaluation = await held(session, actor, id, "verify_improvement")
    evaluation.improvement_verified_on = today()
    await step(session, actor, evaluation, "verify_improvement", note=note)
