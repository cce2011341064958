"""Credit notes and refunds: the rule says how much, two persons say that it happens, the database that it fits."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.adjustments.codes import AdjustmentKind, AdjustmentState, RefundCase
from services.finance.adjustments.models import Adjustment
from services.finance.adjustments.rules import refund, unused
from services.finance.adjustments.schemas import AdjustmentNew
from services.finance.books.models import Book
from services.finance.charges.models import Charge, ChargeBalance
from services.finance.charges.refusals import NoBookKept, NumberMissing
from services.finance.charges.rules import RECEIVABLE, credit_account
from services.finance.entries.actions import post_entries
from services.finance.entries.rules import Draft, Line
from services.finance.headcounts.models import Headcount
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import number_on
from services.finance.receipts.actions import BANK
from services.finance.refusals import NoSuchStep
from shared.auth import Actor
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


async def propose_adjustment(session: AsyncSession, actor: Actor, charge: UUID, new: AdjustmentNew) -> UUID:
    """First person. Raises NotFound, NumberMissing, InvalidInput."""
    found = await session.get(Charge, charge)
    balance = await session.get(ChargeBalance, charge)
    if found is None or balance is None:
        raise NotFound(what="charge")
    amount, basis = await _amount(session, found, balance, new)
    made = Adjustment(
        id=new_id(),
        charge=charge,
        kindergarten=found.kindergarten,
        division=found.division,
        **new.model_dump(exclude={"left_on", "absent_days", "amount"}),
        amount=amount,
        basis=basis,
        state=AdjustmentState.PROPOSED,
        proposed_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def decide_adjustment(session: AsyncSession, actor: Actor, id: UUID, *, approve: bool) -> None:
    """Second person; the money moves in the books. Raises NoSuchStep, a_refund_never_exceeds_what_was_paid."""
    found = await session.scalar(select(Adjustment).where(Adjustment.id == id).with_for_update())
    if found is None:
        raise NotFound(what="adjustment")
    if found.state != AdjustmentState.PROPOSED:
        raise NoSuchStep(state=found.state, state_zh=AdjustmentState[found.state.upper()].zh)
    found.state = AdjustmentState.APPROVED if approve else AdjustmentState.REJECTED
    found.decided_by = actor.id
    await session.flush()
    if approve:
        await carry_out(session, found)
    await _announce(session, found)


async def _amount(
    session: AsyncSession, charge: Charge, balance: ChargeBalance, new: AdjustmentNew
) -> tuple[Decimal, dict[str, Any]]:
    """By the rule of the day, less what was given for the same case before: asked twice, it gives once."""
    if new.refund_case is RefundCase.MEALS_AT_COST:
        raise InvalidInput(
            reason_zh="伙食费结余通过伙食费结算(meal-returns)退还。",
            reason_en="what meals left over is returned by settling them (meal-returns).",
            pointer="/refund_case",
        )
    if new.refund_case is RefundCase.WRONG_CHARGE:
        if new.amount is None:
            raise InvalidInput(
                reason_zh="此情形须填写金额。", reason_en="this case needs an amount.", pointer="/amount"
            )
        return new.amount, {"base": f"{_open(balance, new.kind):.2f}"}
    key = f"{charge.category}/{new.refund_case.value}"
    share = await number_on(session, ParameterName.REFUND_SHARE, key, new.on_day)
    if share is None or share.value is None:
        raise NumberMissing(name=ParameterName.REFUND_SHARE.value, key=key, day=new.on_day)
    part = await _unused(session, charge, new)
    before = await _given(session, charge.id, new)
    base = _open(balance, new.kind) + before
    amount = refund(base, part, share.value) - before
    if amount <= 0:
        raise InvalidInput(reason_zh="按规定没有可退金额。", reason_en="by the rule nothing is due.", pointer="/kind")
    basis = {"base": f"{base:.2f}", "unused": f"{part:.6f}", "share": f"{share.value:f}", "document": share.document}
    return amount, basis | {"before": f"{before:.2f}"}


def _open(balance: ChargeBalance, kind: AdjustmentKind) -> Decimal:
    """What can still be paid back, or taken off what is owed."""
    if kind is AdjustmentKind.REFUND:
        return balance.paid - balance.refunded
    return balance.amount - balance.paid - balance.credited


async def _given(session: AsyncSession, charge: UUID, new: AdjustmentNew) -> Decimal:
    same = (Adjustment.charge == charge, Adjustment.kind == new.kind, Adjustment.refund_case == new.refund_case)
    total = select(func.coalesce(func.sum(Adjustment.amount), 0))
    return (await session.execute(total.where(*same, Adjustment.state == AdjustmentState.APPROVED))).scalar_one()


async def _unused(session: AsyncSession, charge: Charge, new: AdjustmentNew) -> Decimal:
    """The share of the charge's period that was not used, by days."""
    if new.refund_case is RefundCase.LEFT_EARLY:
        return unused(charge.covers_since, charge.covers_until, new.left_on or new.on_day)
    if new.refund_case is RefundCase.NEVER_ATTENDED:
        return Decimal(1)
    counted = select(Headcount.open_days).where(
        Headcount.kindergarten == charge.kindergarten, Headcount.month == charge.covers_since.replace(day=1)
    )
    open_days = await session.scalar(counted.order_by(Headcount.revision.desc()).limit(1))
    if new.absent_days is None or not open_days or not 0 < new.absent_days <= open_days:
        most = open_days or 0
        raise InvalidInput(
            reason_zh=f"缺勤天数须为 1 至当月核定开园天数({most} 天)。",
            reason_en=f"days away are 1 to the certified days open ({most}).",
            pointer="/absent_days",
        )
    return Decimal(new.absent_days) / open_days


async def carry_out(session: AsyncSession, found: Adjustment) -> None:
    """Move the money of an approved adjustment in the books. Raises NoBookKept."""
    balance = await session.scalar(select(ChargeBalance).where(ChargeBalance.charge == found.charge).with_for_update())
    charge = await session.get_one(Charge, found.charge)
    book = await session.scalar(select(Book).where(Book.kindergarten == found.kindergarten))
    if balance is None or book is None:
        raise NoBookKept
    if found.kind == AdjustmentKind.REFUND:
        balance.refunded += found.amount
        against = BANK
    else:
        balance.credited += found.amount
        against = RECEIVABLE[book.standard]
    await session.flush()
    lines = (
        Line(credit_account(book.standard, charge.category), found.amount, charge.name),
        Line(against, -found.amount, charge.name),
    )
    draft = Draft("adjustment", str(found.id), found.on_day, f"{found.reason}", lines)
    (posted,) = await post_entries(session, book.id, [draft])
    found.entry = posted.id
    await session.flush()


async def _announce(session: AsyncSession, said: Adjustment) -> None:
    await announce(
        session,
        f"finance.adjustment.{said.state}",
        f"adjustments/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"kind": said.kind, "amount": said.amount, "on": said.on_day},
    )
