"""Settling meals at their cost: what the months left over goes back to the families by what each was charged."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.adjustments.actions import carry_out
from services.finance.adjustments.codes import AdjustmentKind, AdjustmentState, RefundCase
from services.finance.adjustments.models import Adjustment
from services.finance.charges.models import Charge, ChargeBalance
from services.finance.charges.rules import months
from services.finance.kindergartens.models import Kindergarten
from services.finance.meal_accounts.queries import MONTHS
from services.finance.meal_returns.codes import MealReturnState
from services.finance.meal_returns.models import MealReturn
from services.finance.meal_returns.refusals import MealMonthNotKept, MealsAlreadyReturned, NothingLeftOver
from services.finance.meal_returns.rules import families_part, spread
from services.finance.meal_returns.schemas import MealReturnNew
from services.finance.refusals import NoSuchStep
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id

MEALS = "伙食|餐"
REASON = "伙食费按成本结算,退还结余"


async def propose_return(session: AsyncSession, actor: Actor, new: MealReturnNew) -> UUID:
    """First person. Raises NotFound, MealMonthNotKept, MealsAlreadyReturned, NothingLeftOver."""
    of = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten).with_for_update())
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    since, until = new.since.replace(day=1), new.until.replace(day=1)
    await _returned_once(session, of.id, since, until)
    charges = await _charges(session, of.id, since, until)
    income, cost = await _account(session, of.id, since, until)
    gross = sum((each.gross for each in charges), Decimal(0))
    families = {str(each.id): each.amount for each in charges if each.amount}
    returned = families_part(income - cost, gross, sum(families.values(), Decimal(0)))
    if returned <= 0:
        raise NothingLeftOver(income=income, cost=cost)
    shares = {charge: amount for charge, amount in spread(returned, families).items() if amount}
    made = MealReturn(
        id=new_id(),
        kindergarten=of.id,
        division=of.division,
        since=since,
        until=until,
        on_day=new.on_day,
        income=income,
        cost=cost,
        surplus=income - cost,
        returned=returned,
        shares=[{"charge": charge, "amount": f"{amount:.2f}"} for charge, amount in shares.items()],
        state=MealReturnState.PROPOSED,
        proposed_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def decide_return(session: AsyncSession, actor: Actor, id: UUID, *, approve: bool) -> None:
    """Second person: each share lowers what is owed, and what was paid already comes back. Raises NoSuchStep."""
    found = await session.scalar(select(MealReturn).where(MealReturn.id == id).with_for_update())
    if found is None:
        raise NotFound(what="meal return")
    if found.state != MealReturnState.PROPOSED:
        raise NoSuchStep(state=found.state, state_zh=MealReturnState[found.state.upper()].zh)
    found.state = MealReturnState.APPROVED if approve else MealReturnState.REJECTED
    found.decided_by = actor.id
    await session.flush()
    if approve:
        for share in found.shares:
            await _give_back(session, found, UUID(share["charge"]), Decimal(share["amount"]))
    await _announce(session, found)


async def _give_back(session: AsyncSession, found: MealReturn, charge: UUID, amount: Decimal) -> None:
    balance = await session.scalar(select(ChargeBalance).where(ChargeBalance.charge == charge).with_for_update())
    if balance is None:
        raise NotFound(what="charge")
    owed = min(amount, balance.amount - balance.paid - balance.credited)
    for kind, part in ((AdjustmentKind.CREDIT_NOTE, owed), (AdjustmentKind.REFUND, amount - owed)):
        if part > 0:
            made = Adjustment(
                id=new_id(),
                charge=charge,
                kindergarten=found.kindergarten,
                division=found.division,
                kind=kind,
                refund_case=RefundCase.MEALS_AT_COST,
                amount=part,
                on_day=found.on_day,
                reason=REASON,
                basis={"meal_return": str(found.id), "surplus": f"{found.surplus:.2f}"},
                state=AdjustmentState.APPROVED,
                proposed_by=found.proposed_by,
                decided_by=found.decided_by,
            )
            session.add(made)
            await session.flush()
            await carry_out(session, made)


async def _returned_once(session: AsyncSession, of: UUID, since: date, until: date) -> None:
    inside = (MealReturn.since < until, MealReturn.until > since, MealReturn.state != MealReturnState.REJECTED)
    before = await session.scalar(select(MealReturn).where(MealReturn.kindergarten == of, *inside).limit(1))
    if before is not None:
        raise MealsAlreadyReturned(since=before.since, until=before.until, pointer="/since")


async def _charges(session: AsyncSession, of: UUID, since: date, until: date) -> Sequence[Charge]:
    meals = (Charge.category == "collected", Charge.name.regexp_match(MEALS))
    inside = (Charge.kindergarten == of, Charge.covers_since >= since, Charge.covers_since < until)
    return (await session.scalars(select(Charge).where(*meals, *inside).order_by(Charge.id))).all()


async def _account(session: AsyncSession, of: UUID, since: date, until: date) -> tuple[Decimal, Decimal]:
    """Income and cost of the months by the meal account; every month of them is kept."""
    rows = await session.execute(MONTHS, {"since": since, "until": until})
    kept = {row.month: row for row in rows if row.kindergarten == of}
    for month in months(since, until):
        if month not in kept:
            raise MealMonthNotKept(month=f"{month:%Y-%m}", pointer="/since")
    income, cost = (
        sum((Decimal(getattr(row, name)) for row in kept.values()), Decimal(0)) for name in ("income", "cost")
    )
    return income, cost


async def _announce(session: AsyncSession, said: MealReturn) -> None:
    data: dict[str, Any] = {"since": said.since, "until": said.until, "returned": said.returned}
    await announce(
        session,
        f"finance.meal_return.{said.state}",
        f"meal-returns/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data=data,
    )
