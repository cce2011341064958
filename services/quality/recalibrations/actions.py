"""Giving the task when a team is compared, and taking it off who reached the district's agreement."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.evaluations.agreement import kappa
from services.quality.evaluations.models import Evaluation
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import in_force, number
from services.quality.recalibrations.models import Recalibration
from services.quality.recalibrations.rules import MACHINE, StillTooFarApart
from services.quality.recalibrations.schemas import RecalibrationCompletion
from services.quality.steps.actions import holding, record
from shared.auth import Actor
from shared.days import today
from shared.ids import new_id
from shared.workdays import add_working_days

_held = holding(Recalibration, MACHINE, "recalibration")


def give_tasks(session: AsyncSession, evaluation: Evaluation, pairs: Iterable[tuple[str, str, float]]) -> None:
    """A task for each member of a pair that agrees too little; `pairs` are those, with their weighted kappa."""
    lowest: dict[str, float] = {}
    for one, two, agreed in pairs:
        for each in (one, two):
            lowest[each] = min(agreed, lowest.get(each, agreed))
    due = add_working_days(today(), number(PARAMETERS, "evaluation_recalibration_days", today()))
    for evaluator, agreed in lowest.items():
        made = Recalibration(id=new_id(), division=evaluation.division, evaluation=evaluation.id)
        made.evaluator, made.kappa, made.items = evaluator, agreed, list(evaluation.differing)
        made.state, made.given_on, made.due_on = "open", today(), due
        session.add(made)


async def complete_recalibration(session: AsyncSession, actor: Actor, id: UUID, asked: RecalibrationCompletion) -> None:
    """Another person checks the evaluator's scores against the reference. Raises NotFound, StillTooFarApart."""
    found = await _held(session, actor, id, "complete")
    least = float(in_force(PARAMETERS, "evaluation_kappa_least", today()).value)
    reached = kappa([e.level for e in asked.scores], [e.reference for e in asked.scores], "quadratic")
    if reached is None or reached < least:
        raise StillTooFarApart(reached="—" if reached is None else f"{reached:.2f}", least=least, pointer="/scores")
    found.reached, found.state, found.completed_by, found.completed_on = reached, "done", actor.id, today()
    done = MACHINE["complete"]
    data = {"reached": reached, "items": len(asked.scores)}
    await record(session, actor, "recalibration", found, "complete", done, note=asked.note, data=data)
