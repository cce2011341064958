"""Budgets by two persons, and what they ought to have regarded."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.budgets.codes import BudgetState
from services.finance.budgets.models import Budget
from services.finance.budgets.queries import SETTLED
from services.finance.budgets.rules import Allocation, Warned, below_last_year, performance_ignored, slow_spending
from services.finance.budgets.schemas import BudgetNew
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import numbers_on
from services.finance.parameters.rules import in_force
from services.finance.performance_reviews.codes import ReviewGrade
from services.finance.performance_reviews.models import PerformanceReview
from services.finance.refusals import NoSuchStep
from services.finance.scopes import district_of
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id


async def propose_budget(session: AsyncSession, actor: Actor, new: BudgetNew) -> UUID:
    """First of two persons."""
    made = Budget(
        id=new_id(),
        division=district_of(actor),
        **new.model_dump(),
        state=BudgetState.PROPOSED,
        proposed_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def decide_budget(session: AsyncSession, actor: Actor, id: UUID, *, approve: bool) -> None:
    """Second person; an approved budget replaces the one before it. Raises NotFound, NoSuchStep."""
    found = await session.scalar(select(Budget).where(Budget.id == id).with_for_update())
    if found is None:
        raise NotFound(what="budget")
    if found.state != BudgetState.PROPOSED:
        raise NoSuchStep(state=found.state, state_zh=BudgetState[found.state.upper()].zh)
    if approve:
        same = (Budget.level == found.level, Budget.programme == found.programme, Budget.year == found.year)
        former = update(Budget).where(*same, Budget.division == found.division, Budget.state == BudgetState.APPROVED)
        await session.execute(former.values(state=BudgetState.REPLACED))
    found.state, found.decided_by = BudgetState.APPROVED if approve else BudgetState.REJECTED, actor.id
    await session.flush()
    await _announce(session, found)


async def warnings(session: AsyncSession, year: int, on: date) -> list[Warned]:
    """Everything to be said about the budget of a year on a day."""
    held = select(Budget).where(Budget.state == BudgetState.APPROVED, Budget.year.in_((year - 1, year)))
    budgets = [
        Allocation(each.level, each.programme, each.year, each.amount, each.explanation)
        for each in await session.scalars(held.order_by(Budget.programme, Budget.level))
    ]
    reviewed = select(PerformanceReview.programme, PerformanceReview.grade).where(
        PerformanceReview.year == year - 1, PerformanceReview.grade.is_not(None)
    )
    grades = {programme: grade for programme, grade in await session.execute(reviewed) if grade}
    numbers = await numbers_on(session, on)
    effects = {
        grade.value: found.value
        for grade in ReviewGrade
        if (found := in_force(numbers, ParameterName.REVIEW_EFFECT.value, grade.value, on)) and found.value is not None
    }
    pace = in_force(numbers, ParameterName.ALERT_NUMBER.value, f"budget_pace/{on.month:02}", on)
    until = on.replace(day=1) if on.year == year else date(year, 12, 1)
    rows = await session.execute(SETTLED, {"year": year, "until": until})
    settled = {(level, programme): amount for level, programme, amount in rows}
    return [
        *below_last_year(budgets, year),
        *performance_ignored(budgets, grades, effects, year),
        *slow_spending(budgets, settled, pace.value if pace else None, year),
    ]


async def _announce(session: AsyncSession, said: Budget) -> None:
    data = {"level": said.level, "programme": said.programme, "year": said.year, "amount": said.amount}
    subject = f"budgets/{said.id}"
    await announce(session, f"finance.budget.{said.state}", subject, division=said.division, data=data)
