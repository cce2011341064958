"""Identifying a weak kindergarten by the rule, planning its support, reviewing, releasing."""

from datetime import timedelta
from http import HTTPStatus
from types import SimpleNamespace
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.actions import kindergarten_of
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.steps.actions import admit, happened, locked, record
from services.quality.support_cases.models import SupportCase
from services.quality.support_cases.rules import MACHINE
from services.quality.support_cases.schemas import SupportCaseNew, SupportPlan, SupportReview
from services.quality.weak_kindergartens.actions import judged
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, InvalidInput
from shared.events import announce
from shared.ids import new_id

CONCEPT = "support_case"


class NotWeakByTheRule(DomainError):
    zh = "按 {edition} 规则,该园依据不足({count} 项),不予认定。"
    en = "By the rule {edition} it is not weak: {count} reasons hold."
    hint_zh = "GET /v1/weak-kindergartens 列出事实与依据。"
    hint_en = "GET /v1/weak-kindergartens shows the facts and reasons."


class GoalUnknown(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "方案中没有第 {goal} 项目标。"
    en = "The plan has no goal {goal}."


async def identify(session: AsyncSession, actor: Actor, new: SupportCaseNew) -> UUID:
    """Keep the facts, the reasons and the edition of the rule. Raises NotWeakByTheRule, supported_already."""
    day = new.as_of or today()
    happened(day, "/as_of")
    place = await kindergarten_of(session, new.kindergarten)
    rule, facts, found, weak = await judged(session, place.id, day)
    if not weak:
        raise NotWeakByTheRule(edition=rule.edition, count=len(found))
    made = SupportCase(id=new_id(), kindergarten=place.id, division=place.division, state="identified", as_of=day)
    made.edition, made.reasons, made.facts = rule.edition, found, facts
    made.identified_by, made.identified_on = actor.id, today()
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.support_case.identified",
        f"support-cases/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"reasons": found, "edition": rule.edition},
    )
    return made.id


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> SupportCase:
    found = await locked(session, SupportCase, id, MACHINE[verb].permission, "support case")
    weak = verb == "release" and (await judged(session, found.kindergarten, today()))[3]
    standing = {name: getattr(found, name) for name in ("id", "division", "kindergarten", "state", "identified_by")}
    case = SimpleNamespace(**standing, reviewed_on=found.reviewed_on, still_weak=weak)
    admit(MACHINE, verb, case, actor)
    return found


def _next_review() -> timedelta:
    return timedelta(number(PARAMETERS, "support_review_days", today()))


async def plan(session: AsyncSession, actor: Actor, id: UUID, asked: SupportPlan) -> None:
    """Goals with their measures, persons and days; planned again, the former plan stays in the history."""
    for n, each in enumerate(asked.goals):
        if each.due_on < today():
            raise InvalidInput(
                reason_zh="不能早于今天。", reason_en="it cannot be before today.", pointer=f"/goals/{n}/due_on"
            )
    case = await _held(session, actor, id, "plan")
    case.state, case.lead = "planned", asked.lead
    case.goals = [each.model_dump(mode="json") | {"reached_on": None} for each in asked.goals]
    case.review_due_on = today() + _next_review()
    await record(session, actor, CONCEPT, case, "plan", MACHINE["plan"])


async def review(session: AsyncSession, actor: Actor, id: UUID, asked: SupportReview) -> None:
    """Which goals are reached, and by when it is looked at again. Raises GoalUnknown."""
    case = await _held(session, actor, id, "review")
    for n in asked.reached:
        if not 1 <= n <= len(case.goals):
            raise GoalUnknown(goal=n, pointer="/reached")
    case.goals = [
        goal | {"reached_on": goal["reached_on"] or to_jsonable_python(today())} if n in asked.reached else goal
        for n, goal in enumerate(case.goals, 1)
    ]
    case.reviewed_on, case.review_due_on = today(), today() + _next_review()
    await record(
        session, actor, CONCEPT, case, "review", MACHINE["review"], note=asked.note, data={"reached": asked.reached}
    )


async def release(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Strong again by the rule. Raises StillWeakByTheRule, ReviewComesFirst, AnotherPersonNeeded."""
    case = await _held(session, actor, id, "release")
    case.state, case.released_on, case.review_due_on = "released", today(), None
    await record(session, actor, CONCEPT, case, "release", MACHINE["release"], note=note)
