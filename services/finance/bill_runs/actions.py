"""月度出账: every enrolled child × every published item due that month, split over family, free year and aid."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.aids.codes import AidState
from services.finance.aids.models import Aid
from services.finance.bill_runs.models import BillRun
from services.finance.bill_runs.pricing import Numbers, due
from services.finance.bill_runs.refusals import DaysDoNotFit, MonthNotCertified
from services.finance.bill_runs.schemas import BillRunNew, DaysAttended
from services.finance.books.actions import next_month
from services.finance.books.models import Book
from services.finance.charges.actions import city_shares
from services.finance.charges.models import Charge, ChargeBalance
from services.finance.charges.refusals import NoBookKept
from services.finance.charges.rules import AID_DUE, RECEIVABLE, credit_account
from services.finance.enrolments.models import Enrolment
from services.finance.entries.actions import post_entries
from services.finance.entries.rules import Draft, Line
from services.finance.fee_items.codes import FeeFilingState
from services.finance.fee_items.models import FeeItem
from services.finance.headcounts.models import ClassHeadcount, Headcount
from services.finance.kindergartens.models import Kindergarten
from services.finance.parameters.queries import numbers_on
from shared.auth import Actor
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id

MONEY = ("gross", "waived", "aided", "amount")


async def bill_month(session: AsyncSession, actor: Actor, new: BillRunNew) -> UUID:
    """Raises NotFound, MonthNotCertified, DaysDoNotFit, NoBookKept, NumberMissing."""
    of = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten).with_for_update())
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    month = new.month.replace(day=1)
    book = await session.scalar(select(Book).where(Book.kindergarten == of.id))
    if book is None:
        raise NoBookKept
    enrolled = await _enrolled(session, of.id, month)
    revision = await _certified(session, of.id, month, new.days, {each.child for each in enrolled})
    made = BillRun(
        id=new_id(),
        kindergarten=of.id,
        division=of.division,
        month=month,
        charged_on=new.charged_on,
        headcount_revision=revision,
        made_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    days = {each.child: each.days for each in new.days}
    rows = await _due(session, of, month, new.charged_on, enrolled, days)
    stored = await _store(session, made, rows)
    for name in MONEY:
        setattr(made, name, sum((row[name] for row in stored), Decimal(0)))
    made.charges = len(stored)
    made.entry = await _post(session, book, made, stored)
    await session.flush()
    data = {"month": month, "charges": made.charges, "amount": made.amount, "waived": made.waived}
    subject = f"bill-runs/{made.id}"
    await announce(session, "finance.month.billed", subject, division=of.division, kindergarten=of.id, data=data)
    return made.id


async def _enrolled(session: AsyncSession, of: UUID, month: date) -> Sequence[Enrolment]:
    inside = (Enrolment.kindergarten == of, Enrolment.since < next_month(month), Enrolment.until > month)
    return (await session.scalars(select(Enrolment).where(*inside).order_by(Enrolment.child, Enrolment.since))).all()


async def _certified(
    session: AsyncSession, of: UUID, month: date, days: Sequence[DaysAttended], children: set[UUID]
) -> int:
    """The certified revision, which the days of all children together may not exceed."""
    latest = select(func.max(Headcount.revision)).where(Headcount.kindergarten == of, Headcount.month == month)
    revision = await session.scalar(latest)
    if revision is None:
        raise MonthNotCertified(month=f"{month:%Y-%m}")
    key = (ClassHeadcount.kindergarten == of, ClassHeadcount.month == month, ClassHeadcount.revision == revision)
    certified = await session.scalar(select(func.coalesce(func.sum(ClassHeadcount.child_days), 0)).where(*key)) or 0
    faults = [
        Fault(f"/days/{place}/child", "not-enrolled", "该幼儿当月不在园", "not enrolled that month")
        for place, each in enumerate(days)
        if each.child not in children
    ]
    if (claimed := sum(each.days for each in days)) > certified:
        said = f"出勤人日 {claimed} 超过核定的 {certified}"
        faults.append(Fault("/days", "above-certified", said, f"{claimed} days exceed the {certified} certified"))
    if faults:
        raise DaysDoNotFit(count=len(faults), faults=faults)
    return revision


async def _due(
    session: AsyncSession,
    of: Kindergarten,
    month: date,
    on: date,
    enrolled: Sequence[Enrolment],
    days: Mapping[UUID, int],
) -> list[dict[str, Any]]:
    held = (FeeItem.kindergarten == of.id, FeeItem.state == FeeFilingState.PUBLISHED)
    then = (FeeItem.since <= on, FeeItem.until > on, FeeItem.voluntary.is_(False))
    items = (await session.scalars(select(FeeItem).where(*held, *then).order_by(FeeItem.name))).all()
    in_force = (Aid.kindergarten == of.id, Aid.state == AidState.APPROVED, Aid.since <= month, Aid.until > month)
    aids: dict[UUID, list[str]] = defaultdict(list)
    for aid in await session.scalars(select(Aid).where(*in_force).order_by(Aid.id)):
        aids[aid.child].append(aid.category)
    held_numbers = await numbers_on(session, month)
    numbers = Numbers(held_numbers, str(of.type), month, await city_shares(session, held_numbers, str(of.type), month))
    _days_told(numbers, items, enrolled, days)
    charged = await _charged(session, of.id, month)
    periods: dict[UUID, list[Enrolment]] = defaultdict(list)
    for each in enrolled:
        periods[each.child].append(each)
    return [
        row
        for child, held_periods in periods.items()
        for item in items
        if (child, item.name) not in charged
        and (row := due(numbers, item, held_periods, aids[child], days.get(child, 0)))
    ]


def _days_told(
    numbers: Numbers, items: Sequence[FeeItem], enrolled: Sequence[Enrolment], days: Mapping[UUID, int]
) -> None:
    """Where a fee depends on attendance, the days of every child are told: nobody is billed by a guess."""
    if not any(item.unit == "month" and numbers.attendance(item.category) for item in items):
        return
    if missing := sorted({each.child for each in enrolled} - days.keys()):
        faults = [
            Fault("/days", "days-missing", f"缺少幼儿 {child} 的出勤天数", f"the days of {child} are missing")
            for child in missing
        ]
        raise DaysDoNotFit(count=len(faults), faults=faults[:100])


async def _charged(session: AsyncSession, of: UUID, month: date) -> set[tuple[UUID, str]]:
    """Child and item of what was charged for a longer period that holds this month, or for a part of it."""
    inside = (Charge.kindergarten == of, Charge.covers_since < next_month(month), Charge.covers_until > month)
    return {(child, name) for child, name in await session.execute(select(Charge.child, Charge.name).where(*inside))}


async def _store(session: AsyncSession, run: BillRun, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that were not charged before; the constraint decides, not a look beforehand."""
    if not rows:
        return []
    shared = {
        "kindergarten": run.kindergarten,
        "division": run.division,
        "charged_on": run.charged_on,
        "bill_run": run.id,
        "charged_by": run.made_by,
        "synthetic": run.synthetic,
    }
    full = [row | shared | {"id": new_id()} for row in rows]
    added = insert(Charge).values(full).on_conflict_do_nothing().returning(Charge.id)
    ids = set(await session.scalars(added))
    stored = [row for row in full if row["id"] in ids]
    if stored:
        balances = [
            {"charge": row["id"], "kindergarten": run.kindergarten, "division": run.division, "amount": row["amount"]}
            for row in stored
        ]
        await session.execute(insert(ChargeBalance), balances)
    return stored


async def _post(session: AsyncSession, book: Book, run: BillRun, rows: Sequence[dict[str, Any]]) -> UUID | None:
    """One entry for the month: what families and aid owe, by category."""
    lines: list[Line] = []
    for category in sorted({str(row["category"]) for row in rows}):
        chosen = [row for row in rows if row["category"] == category]
        family, aided = (sum((row[name] for row in chosen), Decimal(0)) for name in ("amount", "aided"))
        lines += [Line(RECEIVABLE[book.standard], family, category)] if family else []
        lines += [Line(AID_DUE[book.standard], aided, category)] if aided else []
        lines += [Line(credit_account(book.standard, category), -family - aided, category)] if family + aided else []
    if not lines:
        return None
    draft = Draft("bill_run", str(run.id), run.charged_on, f"月度出账 {run.month:%Y-%m}", tuple(lines))
    (posted,) = await post_entries(session, book.id, [draft])
    return posted.id
