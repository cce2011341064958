"""Paying a run: the bank's file, the bank's answer, the kindergarten's receipt. Each payment is made once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.books.models import Book
from services.finance.entries.actions import post_entries
from services.finance.entries.rules import Draft, Line
from services.finance.refusals import NoSuchStep
from services.finance.subsidy_payments.codes import Outcome, PaymentState
from services.finance.subsidy_payments.models import Disbursement, Instruction, Payment
from services.finance.subsidy_payments.refusals import NothingToInstruct, NotPaidYet, ResultsDoNotFit
from services.finance.subsidy_payments.schemas import BankResult, BankResultsTaken
from services.finance.subsidy_runs.codes import RunState
from services.finance.subsidy_runs.models import SubsidyRun
from shared.auth import Actor
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id

PAYABLE, TREASURY, BANK = "2307", "1011", "1002"
SUBSIDY_INCOME = {"government": "4001", "nonprofit": "4401"}

_create = text(
    """
    INSERT INTO subsidy_payments (run, kindergarten, division, lines, carried_in, amount, carried_out, state)
    SELECT :run, t.kindergarten, t.division, t.lines, t.carried, greatest(t.lines + t.carried, 0),
           least(t.lines + t.carried, 0), CASE WHEN t.lines + t.carried > 0 THEN 'ready' ELSE 'nothing' END
    FROM (SELECT l.kindergarten, min(l.division) AS division, sum(l.amount) AS lines,
                 coalesce((SELECT p.carried_out FROM subsidy_payments p WHERE p.kindergarten = l.kindergarten
                           ORDER BY p.id DESC LIMIT 1), 0) AS carried
          FROM subsidy_lines l WHERE l.run = :run GROUP BY l.kindergarten) t
    """
)
# The account on file that day; a kindergarten without one is held until it has filed one.
_instruct = text(
    """
    WITH chosen AS (
      SELECT p.id, p.kindergarten, p.division, p.amount, a.holder, a.bank, a.number,
             (SELECT count(*) + 1 FROM payment_instructions i WHERE i.payment = p.id) AS attempt
      FROM subsidy_payments p
        LEFT JOIN LATERAL (SELECT holder, bank, number FROM bank_accounts b WHERE b.kindergarten = p.kindergarten
          AND b.state = 'accepted' AND b.since <= :on AND b.until > :on
          ORDER BY b.since DESC, b.id DESC LIMIT 1) a ON true
      WHERE p.run = :run AND p.state IN ('ready', 'held', 'failed') FOR UPDATE OF p),
    moved AS (
      UPDATE subsidy_payments p SET state = CASE WHEN c.number IS NULL THEN 'held' ELSE 'instructed' END, reason = ''
      FROM chosen c WHERE p.id = c.id),
    made AS (
      INSERT INTO payment_instructions (reference, payment, disbursement, attempt, kindergarten, division, holder, bank,
        number, amount)
      SELECT replace(c.id::text, '-', '') || lpad(c.attempt::text, 2, '0'), c.id, :file, c.attempt, c.kindergarten,
             c.division, c.holder, c.bank, c.number, c.amount
      FROM chosen c WHERE c.number IS NOT NULL RETURNING amount)
    SELECT count(*), coalesce(sum(amount), 0) FROM made
    """.replace("::", r"\:\:")
)
_progress = text(
    "SELECT count(*) FILTER (WHERE state IN ('paid', 'nothing')), count(*) FILTER (WHERE state = 'paid'), count(*)"
    " FROM subsidy_payments WHERE run = :run"
)


async def create_payments(session: AsyncSession, run: UUID) -> None:
    """One payment a kindergarten for the lines of an approved run and what was carried over."""
    await session.execute(_create, {"run": run})


async def instruct_payments(session: AsyncSession, actor: Actor, run: UUID, on: date) -> UUID:
    """Put everything that can be paid into one file for the bank. Raises NotFound, NoSuchStep, NothingToInstruct."""
    held = await _locked_run(session, run)
    state = RunState[held.state.upper()]
    if state not in (RunState.APPROVED, RunState.PAYING, RunState.PARTLY_PAID):
        raise NoSuchStep(state=state, state_zh=state.zh)
    made = Disbursement(id=new_id(), run=run, division=held.division, payments=0, total=Decimal(0), made_by=actor.id)
    session.add(made)
    await session.flush()
    made.payments, made.total = (await session.execute(_instruct, {"run": run, "file": made.id, "on": on})).one()
    if not made.payments:
        raise NothingToInstruct
    held.state = RunState.PAYING
    await session.flush()
    await _announce(session, held, "disbursed", {"file": made.id, "payments": made.payments, "total": made.total})
    return made.id


async def take_results(session: AsyncSession, file: UUID, results: Sequence[BankResult]) -> BankResultsTaken:
    """The bank's answer, whole or not at all; what was known is left alone. Raises NotFound, ResultsDoNotFit."""
    found = await session.get(Disbursement, file)
    if found is None:
        raise NotFound(what="disbursement")
    held = await _locked_run(session, found.run)
    query = select(Instruction).where(Instruction.disbursement == file).with_for_update()
    asked = {each.reference: each for each in await session.scalars(query)}
    if faults := _misfits(asked, results):
        raise ResultsDoNotFit(count=len(faults), faults=faults)
    fresh = {each.reference: each for each in results if asked[each.reference].outcome is None}
    for result in fresh.values():
        await _settle(session, asked[result.reference], result)
    paid = [asked[each.reference] for each in fresh.values() if each.outcome is Outcome.PAID]
    await _post_paid(session, held, paid)
    await _follow(session, held)
    counted = {"paid": len(paid), "failed": len(fresh) - len(paid), "repeated": len(results) - len(fresh)}
    await _announce(session, held, "results_taken", counted)
    return BankResultsTaken(**counted, state=held.state)


async def receive_payment(session: AsyncSession, actor: Actor, id: UUID, on: date) -> None:
    """The kindergarten confirms the money, and its own book says so. Raises NotFound, NotPaidYet."""
    found = await session.scalar(select(Payment).where(Payment.id == id).with_for_update())
    if found is None:
        raise NotFound(what="payment")
    if found.state != PaymentState.PAID:
        raise NotPaidYet
    if found.received_on is not None:
        return
    found.received_on, found.received_by = on, actor.id
    book = await session.scalar(select(Book).where(Book.kindergarten == found.kindergarten))
    if book is not None:
        lines = (Line(BANK, found.amount), Line(SUBSIDY_INCOME[book.standard], -found.amount))
        await post_entries(session, book.id, [Draft("subsidy_receipt", str(id), on, "收到财政补助", lines)])
    await session.flush()
    data = {"amount": found.amount, "on": on}
    await announce(
        session,
        "finance.subsidy_payment.received",
        f"subsidy-payments/{id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data=data,
    )


def _misfits(asked: dict[str, Instruction], results: Sequence[BankResult]) -> list[Fault]:
    faults = []
    for place, each in enumerate(results):
        known = asked.get(each.reference)
        if known is None:
            faults.append(Fault(f"/results/{place}/reference", "unknown", "文件中没有该流水号", "not in this file"))
        elif known.amount != each.amount:
            faults.append(Fault(f"/results/{place}/amount", "differs", "金额与指令不符", "not the amount asked for"))
        elif known.outcome is not None and known.outcome != each.outcome:
            faults.append(Fault(f"/results/{place}/outcome", "settled", "与已登记结果不符", "settled otherwise before"))
    return faults


async def _settle(session: AsyncSession, asked: Instruction, result: BankResult) -> None:
    asked.outcome, asked.reason, asked.settled_on = result.outcome, result.reason, result.settled_on
    payment = await session.get_one(Payment, asked.payment)
    payment.state, payment.reason = PaymentState[result.outcome.name], result.reason
    payment.paid_on = result.settled_on if result.outcome is Outcome.PAID else None
    await session.flush()


async def _post_paid(session: AsyncSession, run: SubsidyRun, paid: Sequence[Instruction]) -> None:
    book = await session.scalar(select(Book).where(Book.kindergarten.is_(None), Book.division == run.division))
    if book is None or not paid:
        return
    drafts = [
        Draft(
            "subsidy_payment",
            str(each.payment),
            each.settled_on or run.month,
            f"拨付补助 {run.month:%Y-%m}",
            (Line(PAYABLE, each.amount, each.reference), Line(TREASURY, -each.amount, each.reference)),
        )
        for each in paid
    ]
    await post_entries(session, book.id, drafts)


async def _follow(session: AsyncSession, run: SubsidyRun) -> None:
    done, paid, every = (await session.execute(_progress, {"run": run.id})).one()
    run.state = RunState.PAID if done == every else RunState.PARTLY_PAID if paid else RunState.PAYING
    await session.flush()


async def _locked_run(session: AsyncSession, id: UUID) -> SubsidyRun:
    found = await session.scalar(select(SubsidyRun).where(SubsidyRun.id == id).with_for_update())
    if found is None:
        raise NotFound(what="subsidy run")
    return found


async def _announce(session: AsyncSession, run: SubsidyRun, what: str, data: dict[str, Any]) -> None:
    await announce(session, f"finance.subsidy_run.{what}", f"subsidy-runs/{run.id}", division=run.division, data=data)
