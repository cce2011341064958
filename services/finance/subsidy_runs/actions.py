"""Preparing, approving, cancelling and closing runs. Who prepared one cannot approve it."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.books.models import Book
from services.finance.entries.actions import post_entries
from services.finance.entries.rules import Draft, Line
from services.finance.programmes.codes import ProgrammeState
from services.finance.programmes.models import Programme
from services.finance.refusals import NoSuchStep
from services.finance.scopes import district_of
from services.finance.subsidy_payments.actions import PAYABLE, create_payments
from services.finance.subsidy_runs.codes import RunState
from services.finance.subsidy_runs.models import SubsidyLine, SubsidyRun
from services.finance.subsidy_runs.queries import COUNT_CHANGES, INSERT_LINES
from services.finance.subsidy_runs.refusals import InputsHaveChanged, NoDistrictBook, NoProgramme
from services.finance.subsidy_runs.schemas import SubsidyRunNew
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.jobs import enqueue

PREPARE = "finance.subsidy_run.prepare"
EXPENSE = "5001"  # 业务活动费用 of the district's own book
# The planner has no statistics of what a WITH made: it loops over it, or merges on the one key that never differs, and
# either grows with the square of the lines. Hashing does not.
HASHING = text(
    "SELECT set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true),"
    " set_config('work_mem', '128MB', true)"
)
FEEDS = text("SELECT coalesce(jsonb_object_agg(feed, position), '{}') FROM feed_cursors")


async def prepare_run(session: AsyncSession, actor: Actor, new: SubsidyRunNew) -> UUID:
    """Store the run and queue its computation. Raises NoProgramme, one_run_is_open_at_a_time."""
    approved = set(await session.scalars(select(Programme.code).where(Programme.state == ProgrammeState.APPROVED)))
    asked = set(new.programmes) if new.programmes is not None else approved
    if not asked or asked - approved:
        raise NoProgramme(codes="、".join(sorted(asked - approved)) or "—", pointer="/programmes")
    made = SubsidyRun(
        id=new_id(),
        division=district_of(actor),
        month=new.month.replace(day=1),
        programmes=sorted(asked),
        state=RunState.PREPARING,
        prepared_by=actor.id,
    )
    session.add(made)
    await session.flush()
    made.job = await enqueue(session, actor, PREPARE, {"run": str(made.id)}, division=made.division)
    await session.flush()
    await _announce(session, made, "begun", {"month": made.month, "programmes": made.programmes})
    return made.id


async def compute_lines(session: AsyncSession, id: UUID) -> dict[str, Any]:
    """The computation itself, one statement; a run that is computed already is left alone."""
    run = await locked_run(session, id)
    if run.state == RunState.PREPARING:
        values = {"run": run.id, "month": run.month, "programmes": run.programmes}
        await session.execute(HASHING)
        await session.execute(INSERT_LINES, values)
        totals = select(func.count(), func.coalesce(func.sum(SubsidyLine.amount), 0)).where(SubsidyLine.run == run.id)
        run.lines, run.total = (await session.execute(totals)).one()
        feeds = await session.scalar(FEEDS)
        run.inputs = {"feeds": feeds, "prepared_at": str(await session.scalar(select(func.now())))}
        run.state = RunState.PREPARED
        await session.flush()
        await _announce(session, run, "prepared", {"lines": run.lines, "total": run.total})
    return {"run": str(run.id), "lines": run.lines, "total": str(run.total)}


async def approve_run(session: AsyncSession, actor: Actor, id: UUID, on: date) -> None:
    """Second person. Raises NoSuchStep, InputsHaveChanged, NoDistrictBook, another_person_decides."""
    run = await locked_run(session, id)
    _in_state(run, RunState.PREPARED)
    run.approved_by = actor.id
    await session.flush()
    values = {"run": run.id, "month": run.month, "programmes": run.programmes}
    await session.execute(HASHING)
    if changed := await session.scalar(COUNT_CHANGES, values):
        raise InputsHaveChanged(lines=changed)
    run.state = RunState.APPROVED
    await session.flush()
    await create_payments(session, run.id)
    await _post(session, run, on)
    await _announce(session, run, "approved", {"total": run.total, "prepared_by": run.prepared_by})


async def cancel_run(session: AsyncSession, id: UUID) -> None:
    """Nothing of a cancelled run counts as settled. Raises NoSuchStep."""
    run = await locked_run(session, id)
    _in_state(run, RunState.PREPARED, RunState.PREPARING)
    run.state = RunState.CANCELLED
    await session.flush()
    await _announce(session, run, "cancelled", {})


async def close_run(session: AsyncSession, id: UUID) -> None:
    """Every payment is made. Raises NoSuchStep."""
    run = await locked_run(session, id)
    _in_state(run, RunState.PAID)
    run.state = RunState.CLOSED
    await session.flush()
    await _announce(session, run, "closed", {})


async def locked_run(session: AsyncSession, id: UUID) -> SubsidyRun:
    """The run, held until the end of the transaction."""
    found = await session.scalar(select(SubsidyRun).where(SubsidyRun.id == id).with_for_update())
    if found is None:
        raise NotFound(what="subsidy run")
    return found


def _in_state(run: SubsidyRun, *expected: RunState) -> None:
    state = RunState[run.state.upper()]
    if state not in expected:
        raise NoSuchStep(state=state, state_zh=state.zh)


async def _post(session: AsyncSession, run: SubsidyRun, on: date) -> None:
    """What the district owes from now on, by programme."""
    book = await session.scalar(select(Book).where(Book.kindergarten.is_(None), Book.division == run.division))
    if book is None:
        raise NoDistrictBook
    sums = (
        select(SubsidyLine.programme, func.sum(SubsidyLine.amount))
        .where(SubsidyLine.run == run.id)
        .group_by(SubsidyLine.programme)
        .order_by(SubsidyLine.programme)
    )
    found: list[tuple[str, Decimal]] = [(code, total) for code, total in await session.execute(sums) if total]
    if found:
        lines = [line for code, total in found for line in (Line(EXPENSE, total, code), Line(PAYABLE, -total, code))]
        draft = Draft("subsidy_run", str(run.id), on, f"核定补助 {run.month:%Y-%m}", tuple(lines))
        await post_entries(session, book.id, [draft])


async def _announce(session: AsyncSession, run: SubsidyRun, what: str, data: dict[str, Any]) -> None:
    await announce(session, f"finance.subsidy_run.{what}", f"subsidy-runs/{run.id}", division=run.division, data=data)
