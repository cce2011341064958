"""Taking a family's money: each charge is paid up to its amount, each bank record once."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.books.models import Book
from services.finance.charges.models import Charge, ChargeBalance
from services.finance.charges.refusals import NoBookKept
from services.finance.charges.rules import RECEIVABLE
from services.finance.entries.actions import post_entries
from services.finance.entries.rules import Draft, Line
from services.finance.receipts.models import Allocation, Receipt
from services.finance.receipts.refusals import NotThisChild
from services.finance.receipts.schemas import ReceiptNewIn
from shared.auth import Actor
from shared.events import announce
from shared.ids import new_id

BANK = "1002"


async def take_receipt(session: AsyncSession, actor: Actor, new: ReceiptNewIn) -> UUID:
    """Raises NotThisChild, NoBookKept, receipt_is_recorded_once, a_charge_is_not_paid_beyond_its_amount."""
    book = await session.scalar(select(Book).where(Book.kindergarten == new.kindergarten))
    if book is None:
        raise NoBookKept
    total = sum((each.amount for each in new.allocations), Decimal(0))
    key = f"{new.kindergarten}/{new.source_key}"
    lines = (Line(BANK, total, new.source_key), Line(RECEIVABLE[book.standard], -total, new.source_key))
    (posted,) = await post_entries(session, book.id, [Draft("receipt", key, new.received_on, "收到家长缴费", lines)])
    made = Receipt(
        id=new_id(),
        division=book.division,
        **new.model_dump(exclude={"allocations"}),
        amount=total,
        entry=posted.id,
        recorded_by=actor.id,
        synthetic=book.synthetic,
    )
    session.add(made)
    await session.flush()
    for each in sorted(new.allocations, key=lambda each: each.charge):
        await _pay(session, made, each.charge, each.amount)
    await session.flush()
    await announce(
        session,
        "finance.receipt.taken",
        f"receipts/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"amount": total, "on": made.received_on},
    )
    return made.id


async def _pay(session: AsyncSession, receipt: Receipt, charge: UUID, amount: Decimal) -> None:
    query = (
        select(ChargeBalance)
        .join(Charge, Charge.id == ChargeBalance.charge)
        .where(ChargeBalance.charge == charge, Charge.child == receipt.child)
        .where(Charge.kindergarten == receipt.kindergarten)
        .with_for_update(of=ChargeBalance)
    )
    balance = await session.scalar(query)
    if balance is None:
        raise NotThisChild(pointer="/allocations")
    balance.paid += amount
    session.add(
        Allocation(
            receipt=receipt.id,
            charge=charge,
            kindergarten=receipt.kindergarten,
            division=receipt.division,
            amount=amount,
        )
    )
