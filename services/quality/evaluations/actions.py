"""Carrying an evaluation out: sample, observe, score, compare, reconcile."""

import secrets
from collections.abc import Sequence
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.models import ClassCopy
from services.quality.evaluation_cycles.models import EvaluationCycle, EvaluationPlan
from services.quality.evaluations.agreement import kappa
from services.quality.evaluations.models import (
    Evaluation,
    EvaluationLevel,
    EvaluationObservation,
    EvaluationScore,
)
from services.quality.evaluations.refusals import (
    ClassNotDrawn,
    LevelsLeftOut,
    NoClassesToSample,
    ObservationTooShort,
    ScoresLeftOut,
    TeamTooSmall,
)
from services.quality.evaluations.rules import MACHINE, sample
from services.quality.evaluations.schemas import (
    EvaluationNew,
    EvaluationObservationIn,
    EvaluationReconciliation,
    EvaluationScoreIn,
    EvaluationScores,
)
from services.quality.frameworks.actions import ChildrenAreNotScored, framework_in_force
from services.quality.frameworks.models import FrameworkItem
from services.quality.frameworks.rules import scores_children
from services.quality.kindergartens.models import Kindergarten
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import in_force, number
from services.quality.recalibrations.actions import give_tasks
from services.quality.steps.actions import holding, record
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id

DOUBLE = 2


held = holding(Evaluation, MACHINE, "evaluation")


async def step(
    session: AsyncSession, actor: Actor, evaluation: Evaluation, verb: str, *, note: str = "", **data: Any
) -> None:
    await record(session, actor, "evaluation", evaluation, verb, MACHINE[verb], note=note, data=data)


async def open_evaluation(session: AsyncSession, new: EvaluationNew) -> UUID:
    """Begin what was planned. Raises NotFound, TeamTooSmall, plan_is_carried_out_once."""
    plan = await session.scalar(select(EvaluationPlan).where(EvaluationPlan.id == new.plan).with_for_update())
    if plan is None:
        raise NotFound(what="evaluation plan", pointer="/plan")
    if len(plan.team) < DOUBLE:
        raise TeamTooSmall
    cycle = await session.get_one(EvaluationCycle, plan.cycle)
    framework = await framework_in_force(session, cycle.framework, today())
    place = await session.get_one(Kindergarten, plan.kindergarten)
    made = Evaluation(
        id=new_id(),
        kindergarten=place.id,
        division=place.division,
        plan=plan.id,
        framework=framework.id,
        framework_code=framework.code,
        framework_edition=framework.edition,
        year=today().year,
        state="planned",
        team=list(plan.team),
        opened_on=today(),
        synthetic=place.synthetic,
    )
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.evaluation.opened",
        f"evaluations/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"framework": made.framework_code, "year": made.year, "state": made.state},
    )
    return made.id


async def draw_sample(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Draw at least a third of each age group by a seed nobody chose; the draw cannot be repeated."""
    evaluation = await held(session, actor, id, "draw_sample")
    day = today()
    query = select(ClassCopy).where(
        ClassCopy.kindergarten == evaluation.kindergarten, ClassCopy.since <= day, ClassCopy.until > day
    )
    classes = {str(each.id): each for each in await session.scalars(query)}
    if not classes:
        raise NoClassesToSample
    kinds: dict[str, list[str]] = {}
    for key, each in classes.items():
        kinds.setdefault(each.kind, []).append(key)
    seed = secrets.token_hex(16)
    drawn = sample(kinds, number(PARAMETERS, "evaluation_class_share", day), seed)
    evaluation.sampled = [
        {"id": key, "name": classes[key].name, "kind": kind, "of": len(kinds[kind])}
        for kind in sorted(drawn)
        for key in drawn[kind]
    ]
    evaluation.seed, evaluation.unobserved, evaluation.state = seed, len(evaluation.sampled), "sampled"
    await step(session, actor, evaluation, "draw_sample", seed=seed, classes=len(classes), drawn=evaluation.unobserved)


async def observe_class(session: AsyncSession, actor: Actor, id: UUID, new: EvaluationObservationIn) -> None:
    """Record half a day in a class that was drawn. Raises ClassNotDrawn, ObservationTooShort, ChildrenAreNotScored."""
    evaluation = await held(session, actor, id, "observe")
    if str(new.class_id) not in {each["id"] for each in evaluation.sampled}:
        raise ClassNotDrawn(pointer="/class_id")
    least = number(PARAMETERS, "evaluation_observation_minutes", today())
    if new.minutes < least:
        raise ObservationTooShort(least=least, pointer="/minutes")
    if not evaluation.opened_on <= new.on <= today():
        raise InvalidInput(
            reason_zh="应在评估开始之后、今天之前。", reason_en="it lies between the opening and today.", pointer="/on"
        )
    if scores_children(new.narrative):
        raise ChildrenAreNotScored(items="narrative", pointer="/narrative")
    place = {"kindergarten": evaluation.kindergarten, "division": evaluation.division}
    session.add(EvaluationObservation(id=new_id(), evaluation=id, observer=actor.id, **place, **new.model_dump()))
    await session.flush()
    seen = func.count(func.distinct(EvaluationObservation.class_id))
    observed = await session.scalar(select(seen).where(EvaluationObservation.evaluation == id))
    evaluation.unobserved = len(evaluation.sampled) - (observed or 0)
    await step(session, actor, evaluation, "observe", class_id=new.class_id, minutes=new.minutes)


async def scored_items(session: AsyncSession, evaluation: Evaluation) -> dict[str, FrameworkItem]:
    """The items of the framework that get a level; one whose text is missing cannot."""
    query = select(FrameworkItem).where(
        FrameworkItem.framework == evaluation.framework,
        FrameworkItem.answer == "scale",
        FrameworkItem.text.is_not(None),
    )
    return {each.code: each for each in await session.scalars(query)}


async def score_items(session: AsyncSession, actor: Actor, id: UUID, asked: EvaluationScores) -> None:
    """Hand in one's own levels, unseen by the others; the last one in makes them be compared. Raises ScoresLeftOut."""
    evaluation = await held(session, actor, id, "score")
    given = [each.item for each in asked.scores]
    items = await scored_items(session, evaluation)
    if wrong := sorted(items.keys() ^ set(given)) or sorted({each for each in given if given.count(each) > 1}):
        raise ScoresLeftOut(items=", ".join(wrong), pointer="/scores")
    place = {"kindergarten": evaluation.kindergarten, "division": evaluation.division}
    for each in asked.scores:
        session.add(EvaluationScore(evaluation=id, evaluator=actor.id, **place, **each.model_dump()))
    evaluation.scored_by = [*evaluation.scored_by, actor.id]
    evaluation.state = "scoring"
    await session.flush()
    if set(evaluation.team) <= set(evaluation.scored_by):
        await _compare(session, evaluation)
    await step(session, actor, evaluation, "score", items=len(given))


async def _compare(session: AsyncSession, evaluation: Evaluation) -> None:
    """Measure agreement pair by pair; where all gave an item the same level, it counts."""
    levels: dict[str, dict[str, int]] = {}
    query = select(EvaluationScore).where(EvaluationScore.evaluation == evaluation.id)
    for each in await session.scalars(query.order_by(EvaluationScore.item)):
        levels.setdefault(each.evaluator, {})[each.item] = each.level
    evaluation.agreement = [_pair(one, two, levels[one], levels[two]) for one, two in combinations(sorted(levels), 2)]
    measured = [each["quadratic_kappa"] for each in evaluation.agreement if each["quadratic_kappa"] is not None]
    evaluation.kappa = min(measured, default=None)
    least = float(in_force(PARAMETERS, "evaluation_kappa_least", today()).value)
    evaluation.recalibration = evaluation.kappa is not None and evaluation.kappa < least
    apart = [
        (e["one"], e["two"], k) for e in evaluation.agreement if (k := e["quadratic_kappa"]) is not None and k < least
    ]
    items = next(iter(levels.values()))
    same = {item: level for item, level in items.items() if {each[item] for each in levels.values()} == {level}}
    evaluation.differing = sorted(items.keys() - same.keys())
    evaluation.state = "reconciling" if evaluation.differing else "agreed"
    give_tasks(session, evaluation, apart)
    for item, level in same.items():
        set_level(session, evaluation, item, level, "agreed", "")


def _pair(one: str, two: str, first: dict[str, int], second: dict[str, int]) -> dict[str, Any]:
    a, b = [first[item] for item in sorted(first)], [second[item] for item in sorted(first)]
    return {
        "one": one,
        "two": two,
        "items": len(a),
        "same": sum(x == y for x, y in zip(a, b, strict=True)),
        "kappa": kappa(a, b),
        "linear_kappa": kappa(a, b, "linear"),
        "quadratic_kappa": kappa(a, b, "quadratic"),
    }


def set_level(
    session: AsyncSession, evaluation: Evaluation, item: str, level: int, origin: str, note: str
) -> EvaluationLevel:
    place = {"kindergarten": evaluation.kindergarten, "division": evaluation.division}
    made = EvaluationLevel(evaluation=evaluation.id, item=item, level=level, origin=origin, note=note, **place)
    session.add(made)
    return made


async def reconcile_scores(session: AsyncSession, actor: Actor, id: UUID, asked: EvaluationReconciliation) -> None:
    """The team agrees on every item on which it differed. Raises LevelsLeftOut."""
    evaluation = await held(session, actor, id, "reconcile")
    _exactly(asked.levels, evaluation.differing)
    for each in asked.levels:
        set_level(session, evaluation, each.item, each.level, "reconciled", each.note)
    evaluation.state = "agreed"
    await step(session, actor, evaluation, "reconcile", note=asked.note, items=evaluation.differing)


def _exactly(levels: Sequence[EvaluationScoreIn], items: Sequence[str]) -> None:
    given = [each.item for each in levels]
    if sorted(given) != sorted(items):
        raise LevelsLeftOut(items=", ".join(sorted(set(given) ^ set(items)) or sorted(set(given))), pointer="/levels")
