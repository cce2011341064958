"""Filing and accepting a month's proof. Said again the same way it changes nothing; said otherwise it is a revision."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.models import Kindergarten
from services.finance.payroll_sheets.codes import SheetState
from services.finance.payroll_sheets.models import PayrollProof, PayrollSheet
from services.finance.payroll_sheets.refusals import MonthNotBegun
from services.finance.payroll_sheets.rules import MACHINE
from services.finance.payroll_sheets.schemas import PayrollRow
from shared.auth import Actor
from shared.days import today
from shared.errors import Fault, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal

STANDING = (SheetState.FILED.value, SheetState.ACCEPTED.value)


async def file_sheet(
    session: AsyncSession, actor: Actor, kindergarten: UUID, month: date, rows: Sequence[PayrollRow]
) -> UUID:
    """The month's proof as it now is. Raises NotFound, MonthNotBegun, InvalidInput."""
    of = await session.scalar(select(Kindergarten).where(Kindergarten.id == kindergarten).with_for_update())
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if month > today():
        raise MonthNotBegun(month=f"{month:%Y-%m}")
    _refuse_twice(rows)
    digest = _digest(rows)
    before = (
        await session.scalars(
            select(PayrollSheet)
            .where(PayrollSheet.kindergarten == kindergarten, PayrollSheet.month == month)
            .order_by(PayrollSheet.revision.desc())
            .with_for_update()  # nobody decides what is being replaced
        )
    ).all()
    if before and before[0].state in STANDING and before[0].digest == digest:
        return before[0].id
    if before and before[0].state == SheetState.FILED:
        before[0].state = SheetState.REPLACED
    made = PayrollSheet(
        id=new_id(),
        kindergarten=kindergarten,
        division=of.division,
        month=month,
        revision=before[0].revision + 1 if before else 1,
        digest=digest,
        people=len(rows),
        state=SheetState.FILED,
        filed_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    shared = {"sheet": made.id, "kindergarten": made.kindergarten, "division": made.division, "month": month}
    await session.execute(insert(PayrollProof), [row.model_dump() | shared for row in rows])
    await _announce(session, made)
    return made.id


async def decide_sheet(session: AsyncSession, actor: Actor, id: UUID, *, accept: bool, remark: str) -> None:
    """Accept (which replaces the one before) or return. Raises NotFound, NotInThisState, AnotherPersonNeeded."""
    found = await session.scalar(select(PayrollSheet).where(PayrollSheet.id == id).with_for_update())
    if found is None:
        raise NotFound(what="payroll sheet")
    if refused := refusal(MACHINE, "decide", found, actor.id, today()):
        raise refused
    if accept:
        former = await session.scalar(
            select(PayrollSheet)
            .where(PayrollSheet.kindergarten == found.kindergarten, PayrollSheet.month == found.month)
            .where(PayrollSheet.state == SheetState.ACCEPTED.value)
            .with_for_update()
        )
        if former is not None:
            former.state = SheetState.REPLACED
            await session.flush()
    found.state = SheetState.ACCEPTED if accept else SheetState.RETURNED
    found.decided_by, found.remark = actor.id, remark
    await session.flush()
    await _announce(session, found)


def _digest(rows: Sequence[PayrollRow]) -> str:
    """The same for the same people and sums, in whatever order and with however many zeros they are written."""
    said = sorted(
        repr({name: f"{value:.2f}" if isinstance(value, Decimal) else value for name, value in row}) for row in rows
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _refuse_twice(rows: Sequence[PayrollRow]) -> None:
    times = Counter(row.person for row in rows)
    faults = [
        Fault(f"/rows/{number}/person", "person-named-twice", "同一人员出现两次", "the person is named twice")
        for number, row in enumerate(rows)
        if times[row.person] > 1
    ]
    if faults:
        raise InvalidInput(reason_zh="同一人员出现两次。", reason_en="somebody is named twice.", faults=faults)


async def _announce(session: AsyncSession, said: PayrollSheet) -> None:
    await announce(
        session,
        f"finance.payroll_sheet.{said.state}",
        f"payroll-sheets/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"month": said.month, "revision": said.revision, "people": said.people},
    )
