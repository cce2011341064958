"""Budgets by two persons, and what they ought to have regarded."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.budgets.codes import BudgetState
from services.finance.budgets.models import Budget
from services.finance.budgets.queries import PER_CHILD, SETTLED
from services.finance.budgets.rules import (
    Allocation,
    Guidance,
    Warned,
    below_last_year,
    guidance,
    less_per_child,
    pace,
    performance_ignored,
    slow_spending,
)
from services.finance.budgets.schemas import BudgetNew
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import numbers_on
from services.finance.parameters.rules import in_force
from services.finance.performance_reviews.codes import ReviewGrade, ReviewState
from services.finance.performance_reviews.models import PerformanceReview
from services.finance.refusals import NoSuchStep
from services.finance.scopes import district_of
from services.finance.subsidy_uses.codes import SubsidyUseState
from services.finance.subsidy_uses.models import SubsidyUse
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
    budgets, grades, factors = await _regarded(session, year, on)
    until = on.replace(day=1) if on.year == year else date(year, 12, 1)
    rows = await session.execute(SETTLED, {"year": year, "until": until})
    settled = {(level, programme): amount for level, programme, amount in rows}
    per_child = {row.year: row.per_child for row in await session.execute(PER_CHILD, {"year": year})}
    expected = pace(await numbers_on(session, on), on if on.year == year else until)
    return [
        *below_last_year(budgets, year),
        *less_per_child(per_child, year),
        *performance_ignored(budgets, grades, factors, year),
        *slow_spending(budgets, settled, expected, year),
        *await _outside(session, year),
        *await _not_rectified(session, on),
    ]


async def asked_for(session: AsyncSession, year: int, on: date) -> list[Guidance]:
    """What last year's reviews ask of this year's allocations."""
    budgets, grades, factors = await _regarded(session, year, on)
    return guidance(budgets, grades, factors, year)


async def _regarded(
    session: AsyncSession, year: int, on: date
) -> tuple[list[Allocation], dict[str, str], dict[str, Decimal]]:
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
    return budgets, grades, effects


async def _outside(session: AsyncSession, year: int) -> list[Warned]:
    """Money the kindergartens spent on what the programme does not permit."""
    total = func.sum(SubsidyUse.amount)
    spent = (
        select(SubsidyUse.level, SubsidyUse.programme, func.count(), total)
        .where(SubsidyUse.outside, SubsidyUse.state != SubsidyUseState.REJECTED)
        .where(SubsidyUse.used_on >= date(year, 1, 1), SubsidyUse.used_on <= date(year, 12, 31))
        .group_by(SubsidyUse.level, SubsidyUse.programme)
        .order_by(SubsidyUse.programme, SubsidyUse.level)
    )
    return [
        Warned(
            "BUD-03", f"{programme} 有 {count} 笔共 {amount} 元用于规定用途之外", level, programme, amount, Decimal(0)
        )
        for level, programme, count, amount in await session.execute(spent)
    ]


async def _not_rectified(session: AsyncSession, on: date) -> list[Warned]:
    late = select(PerformanceReview).where(
        PerformanceReview.state == ReviewState.EVALUATED, PerformanceReview.rectification_due < on
    )
    return [
        Warned(
            "BUD-05",
            f"{each.programme} {each.year} 年绩效整改应于 {each.rectification_due} 前完成",
            None,
            each.programme,
        )
        for each in await session.scalars(late.order_by(PerformanceReview.year, PerformanceReview.programme))
    ]


async def _announce(session: AsyncSession, said: Budget) -> None:
    data = {"level": said.level, "programme": said.programme, "year": said.year, "amount": said.amount}
    subject = f"budgets/{said.id}"
    await announce(session, f"finance.budget.{said.state}", subject, division=said.division, data=data)
