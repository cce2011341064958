"""Planning a cycle, taking new kindergartens in, changing a team."""

import secrets
from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.evaluation_cycles.models import EvaluationCycle, EvaluationPlan
from services.quality.evaluation_cycles.rules import Evaluator, House, calendar, teams
from services.quality.evaluation_cycles.schemas import EvaluationCycleNew
from services.quality.evaluations.models import Evaluation
from services.quality.evaluators.models import EvaluatorRow
from services.quality.frameworks.actions import framework_in_force
from services.quality.kindergartens.models import Kindergarten
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id


class EvaluatorHasAnInterest(DomainError):
    zh = "{account} 应回避该园。"
    en = "{account} has an interest there and stands aside."
    hint_zh = "依据教育督导条例第十条。"
    hint_en = "Education Supervision Regulations, article 10."


class EvaluatorIsLoaded(DomainError):
    zh = "{account} 在 {year} 年的工作量已满。"
    en = "{account} has no place left in {year}."


class EvaluatorUnknown(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "{account} 不是登记的评估人员。"
    en = "{account} is not entered as an evaluator."


class EvaluationBegun(DomainError):
    zh = "该园的评估已经开始。"
    en = "The evaluation of this kindergarten has begun."


async def plan_cycle(session: AsyncSession, actor: Actor, new: EvaluationCycleNew) -> UUID:
    """Give every kindergarten that operates its year and team. Raises NotFound, cycle_is_planned."""
    if not actor.divisions:
        raise NotFound(what="division")
    await framework_in_force(session, new.framework, today())
    made = EvaluationCycle(
        id=new_id(),
        division=min(actor.divisions, key=len),
        framework=new.framework,
        first_year=new.first_year,
        years=number(PARAMETERS, "evaluation_cycle_years", today()),
        team_size=number(PARAMETERS, "evaluation_team_size", today()),
        seed=secrets.token_hex(16),
        planned_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _plan(session, made)
    await _announce(session, made, "planned")
    return made.id


async def replan_cycle(session: AsyncSession, id: UUID) -> None:
    """Take in kindergartens that came since, and fill teams anew where no evaluation has begun. Raises NotFound."""
    cycle = await session.scalar(select(EvaluationCycle).where(EvaluationCycle.id == id).with_for_update())
    if cycle is None:
        raise NotFound(what="evaluation cycle")
    await _plan(session, cycle)
    await _announce(session, cycle, "replanned")


async def _announce(session: AsyncSession, cycle: EvaluationCycle, what: str) -> None:
    data = {"framework": cycle.framework, "first_year": cycle.first_year, "years": cycle.years}
    subject = f"evaluation-cycles/{cycle.id}"
    await announce(session, f"quality.evaluation_cycle.{what}", subject, division=cycle.division, data=data)


async def _plan(session: AsyncSession, cycle: EvaluationCycle) -> None:
    plans = {
        p.kindergarten: p for p in await session.scalars(select(EvaluationPlan).where(EvaluationPlan.cycle == cycle.id))
    }
    begun = set(await session.scalars(select(Evaluation.plan)))
    places = {each.id: each for each in await session.scalars(_operating(cycle))}
    houses = await _houses(session, cycle, [each for each in places.values() if each.id not in plans])
    first = max(cycle.first_year, min(today().year, cycle.first_year + cycle.years - 1)) if plans else cycle.first_year
    years = cycle.first_year + cycle.years - first
    for house, year in calendar(houses, first, years, cycle.seed, cycle.years).items():
        place = places[UUID(house)]
        made = EvaluationPlan(id=new_id(), cycle=cycle.id, kindergarten=place.id, division=place.division, year=year)
        made.team, made.missing, made.version = [], cycle.team_size, 1
        session.add(made)
        plans[place.id] = made
    await _staff(session, cycle, list(plans.values()), begun)
    await session.flush()


def _operating(cycle: EvaluationCycle) -> Select[Kindergarten]:
    return select(Kindergarten).where(
        Kindergarten.status == "operating", Kindergarten.division.startswith(cycle.division)
    )


async def _houses(session: AsyncSession, cycle: EvaluationCycle, places: Sequence[Kindergarten]) -> list[House]:
    """The kindergartens with the year each was last evaluated by this framework."""
    rows = await session.execute(
        select(Evaluation.kindergarten, func.max(Evaluation.year))
        .where(Evaluation.framework_code == cycle.framework, Evaluation.published_on.is_not(None))
        .group_by(Evaluation.kindergarten)
    )
    last = {kindergarten: year for kindergarten, year in rows}  # noqa: C416  # rows are typed, dict() of them is not
    return [
        House(str(each.id), last.get(each.id), each.opened_on.year if each.opened_on else cycle.first_year)
        for each in places
    ]


async def evaluators(session: AsyncSession) -> list[Evaluator]:
    """Who evaluates today."""
    rows = await session.scalars(select(EvaluatorRow).order_by(EvaluatorRow.account))
    return [
        Evaluator(each.account, each.load, frozenset(one["kindergarten"] for one in each.conflicts))
        for each in rows
        if each.ended_on is None or each.ended_on > today()
    ]


async def _staff(
    session: AsyncSession, cycle: EvaluationCycle, plans: Sequence[EvaluationPlan], begun: set[UUID]
) -> None:
    """Fill the teams of each year within loads and interests; a team at work keeps its people and their time."""
    pool = await evaluators(session)
    for year in range(cycle.first_year, cycle.first_year + cycle.years):
        fixed = [each for each in plans if each.year == year and each.id in begun]
        free = {str(each.kindergarten): each for each in plans if each.year == year and each.id not in begun}
        busy = [account for each in fixed for account in each.team]
        left = [Evaluator(e.account, max(0, e.load - busy.count(e.account)), e.conflicts) for e in pool]
        for house, team in teams(free.keys(), left, cycle.team_size, cycle.seed).items():
            free[house].team, free[house].missing = list(team), cycle.team_size - len(team)


async def change_team(session: AsyncSession, id: UUID, team: list[str]) -> None:
    """Set a team by hand, within the same limits. Raises EvaluatorHasAnInterest, EvaluatorIsLoaded, EvaluationBegun."""
    plan = await session.scalar(select(EvaluationPlan).where(EvaluationPlan.id == id).with_for_update())
    if plan is None:
        raise NotFound(what="evaluation plan")
    if await session.scalar(select(Evaluation.id).where(Evaluation.plan == id)) is not None:
        raise EvaluationBegun
    cycle = await session.get_one(EvaluationCycle, plan.cycle)
    pool = {each.account: each for each in await evaluators(session)}
    others = await session.scalars(
        select(EvaluationPlan.team).where(EvaluationPlan.year == plan.year, EvaluationPlan.id != id)
    )
    busy = [account for other in others for account in other]
    for place, account in enumerate(team):
        known = pool.get(account)
        if known is None:
            raise EvaluatorUnknown(account=account, pointer=f"/team/{place}")
        if str(plan.kindergarten) in known.conflicts:
            raise EvaluatorHasAnInterest(account=account, pointer=f"/team/{place}")
        if busy.count(account) >= known.load:
            raise EvaluatorIsLoaded(account=account, year=plan.year, pointer=f"/team/{place}")
    plan.team, plan.missing = sorted(set(team)), max(0, cycle.team_size - len(set(team)))
