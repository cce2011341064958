"""The job: a kept file becomes findings, and rows of the register.

It may be killed at any moment. What is checked and what is stored is written down with it; a worker that takes over
reads the file again and goes on with the steps that are not done.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func

from services.registry.imports import loading, records
from services.registry.imports.checking import check_step, twice_elsewhere
from services.registry.imports.codes import ImportMode, ImportState
from services.registry.imports.committing import Progress, store_all, store_lane
from services.registry.imports.filing import forget_file, kept_file
from services.registry.imports.models import Import
from services.registry.imports.orders import Order, order_of
from services.registry.imports.staging import Lane, Lanes, Plan, Step, lanes, side_by_side, stage
from services.registry.rolls import faults, processes
from services.registry.rolls.columns import MOST_COLUMNS, Header, understand
from services.registry.rolls.faults import RowFault, fault
from services.registry.rolls.preparing import Preparation, Prepared
from services.registry.rolls.reading import Source, Unreadable, blocks, text_source
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import DomainError
from shared.jobs import Cancelled, Work, job
from shared.settings import settings

MOST_LANES = 4
SMALL = 500_000  # bytes; a smaller file is not worth a second connection
Outcome = Mapping[str, Any]


class DryRunIsOutdated(DomainError):
    zh = "试导入之后情况有变:{count}行现在不能导入。"
    en = "Things changed since the dry run: {count} rows cannot be stored any more."
    hint_zh = "请查看新的检查结果,再决定是否导入。"
    hint_en = "Look at the new findings, then decide again."


@dataclass(slots=True)
class Reading:
    """What is seen of a file while its rows go by."""

    rows: int = 0
    found: list[RowFault] = field(default_factory=list)
    twice: dict[int, int] = field(default_factory=dict)
    _first: dict[int, int] = field(default_factory=dict)

    def note(self, block: Prepared) -> None:
        self.rows += block.rows
        self.found += block.faults
        first = self._first.setdefault
        for row, mark in zip(block.marked, block.marks, strict=True):
            if (seen := first(mark, row)) != row:
                self.twice[row] = seen


@dataclass(slots=True)
class Roll:
    """One import while it runs: staged in lanes."""

    work: Work
    order: Order
    opened: list[Lane]
    plan: Plan
    reading: Reading

    @property
    def waiting(self) -> list[Step]:
        return [step for step in self.plan.steps if step.kindergartens and not step.stored]

    def of(self, lane: int) -> list[Step]:
        return [step for step in self.waiting if step.lane == lane]


@job("registry.roll.import")
async def import_roll(work: Work) -> Outcome:
    """Check a roll, and store it when that was asked."""
    import_id = UUID(work.arguments["import"])
    try:
        async with lanes(work.database.url, work.actor) as group:
            await group.alone(import_id)
            return await _import(work, import_id, group)
    except Cancelled:
        async with work.database.begin(work.actor) as session:
            so_far = await records.stored_so_far(session, import_id)
            await records.set_state(session, import_id, ImportState.CANCELLED, **so_far)
        raise


async def _import(work: Work, import_id: UUID, group: Lanes) -> Outcome:
    ring = settings().field_keys.get_secret_value()
    async with work.step(message="读取文件") as session:
        order = await order_of(session, import_id)
        if not order.is_open:
            return {"state": order.state}
        if order.state == ImportState.RECEIVED:
            await records.forget_check(session, import_id)
        skipped = await records.refused_rows(session, import_id)
    count = 1 if order.in_one_transaction or order.size < SMALL else min(MOST_LANES, processes.helpers() + 1)
    content = await kept_file(group.opened[0].connection, KeyRing.parse(ring), import_id)
    opening = group.begin(count)
    try:
        source, header = await _opened(order, content)
    except Unreadable as why:
        return await _refuse(work, order, [fault(1, "", "", faults.FILE_UNREADABLE, why=why.zh, why_en=why.en)])
    if wrong := _whole(source, header):
        return await _refuse(work, order, wrong)
    opened = await opening
    reference = await loading.reference(opened[0], order.school_year, today())
    roll = Roll(work, order, opened, Plan(count, order.kept_steps(count)), Reading())
    preparation = Preparation(source.dialect, header, reference)
    prepared = processes.prepare(preparation, ring, blocks(source), len(content), skipped)
    await stage(opened, roll.plan, prepared, roll.reading.note)
    found = await _check(roll)
    tally = records.Tally(roll.reading.rows, sum(step.rows for step in roll.plan.steps), found)
    ended = await (_go_on(roll, tally) if order.resumed else _decide(roll, tally))
    return ended if ended is not None else await _store(roll)


async def _opened(order: Order, content: bytes) -> tuple[Source, Header]:
    if order.format == "xlsx":
        source = await processes.open_workbook(content)
    else:
        source = await asyncio.to_thread(text_source, order.format, content)
    return source, understand(source.header[: MOST_COLUMNS + 1])


def _whole(source: Source, header: Header) -> list[RowFault]:
    """What is wrong with the file as a whole."""
    row = max(source.first - 1, 1)
    if len(source.header) > MOST_COLUMNS:
        return [fault(row, "", "", faults.TOO_MANY_COLUMNS, count=len(source.header), most=MOST_COLUMNS)]
    if not source.body:
        return [fault(row, "", "", faults.FILE_EMPTY)]
    return [faults.of_header(row, each) for each in header.faults]


async def _refuse(work: Work, order: Order, found: list[RowFault]) -> Outcome:
    """The file as a whole cannot be taken."""
    async with work.step(message="文件未通过") as session:
        await records.add_findings(session, order.id, found)
        await records.set_state(session, order.id, ImportState.REFUSED, rows=0, checked_at=func.now())
    return {"state": ImportState.REFUSED.value, "findings": len(found)}


async def _check(roll: Roll) -> list[RowFault]:
    """Everything that was found, row by row."""
    reading, order = roll.reading, roll.order

    async def lane_faults(number: int) -> list[RowFault]:
        lane = roll.opened[number]
        found = [await check_step(lane, step, order.on_existing, reading.twice) for step in roll.of(number)]
        return [each for faults_ in found for each in faults_]

    by_lane = await side_by_side(*(lane_faults(number) for number in range(len(roll.opened))))
    found = [*reading.found, *(each for faults_ in by_lane for each in faults_)]
    if not reading.rows:
        found.append(fault(1, "", "", faults.FILE_EMPTY))
    return found + twice_elsewhere(reading.twice, found)


async def _decide(roll: Roll, tally: records.Tally) -> Outcome | None:
    """Write down the check. None: go on and store; otherwise what the job ends with."""
    order, dry = roll.order, roll.order.state == ImportState.RECEIVED and roll.order.mode == ImportMode.DRY_RUN
    if order.state == ImportState.STORING and tally.refusing:
        await _outdated(roll, tally)
    stores = not dry and tally.accepted and not (order.atomic and tally.refusing)
    state = ImportState.CHECKED if dry else ImportState.STORING if stores else ImportState.REFUSED
    async with roll.work.step(total=tally.rows, message="检查完毕") as session:
        if order.state == ImportState.RECEIVED:
            await records.add_findings(session, order.id, tally.faults)
            await records.set_state(session, order.id, state, checked_at=func.now(), **tally.counts)
        if dry:
            await records.keep_keys(session, roll.opened, roll.waiting, order.id)
        if stores:
            await records.plan_steps(session, order.id, roll.waiting)
    return None if stores else {"state": state.value, "findings": len(tally.faults)} | tally.counts


async def _outdated(roll: Roll, tally: records.Tally) -> None:
    """Rows that the dry run showed as sound are not any more: nothing is stored, the new findings are shown."""
    refusing = [each for each in tally.faults if each.refuses]
    async with roll.work.step(message="与试导入结果不一致") as session:
        await records.add_findings(session, roll.order.id, refusing)
        await records.keep_keys(session, roll.opened, roll.waiting, roll.order.id)
        values = {"accepted": tally.accepted, "refused": Import.rows - tally.accepted}
        await records.set_state(session, roll.order.id, ImportState.CHECKED, **values)
    raise DryRunIsOutdated(count=len({each.row for each in refusing}))


async def _go_on(roll: Roll, tally: records.Tally) -> Outcome | None:
    """After a worker died: what others changed meanwhile is found now."""
    refusing = [each for each in tally.faults if each.refuses]
    return await _overtaken(roll, refusing) if refusing else None


async def _overtaken(roll: Roll, found: list[RowFault]) -> Outcome | None:
    """Rows refused after the check: all or nothing ends here."""
    async with roll.work.step(message="部分行已被他人登记") as session:
        await records.add_findings(session, roll.order.id, found)
        if roll.order.atomic:
            values = {"accepted": 0, "refused": Import.rows}
            await records.set_state(session, roll.order.id, ImportState.REFUSED, **values)
    return {"state": ImportState.REFUSED.value, "findings": len(found)} if roll.order.atomic else None


async def _store(roll: Roll) -> Outcome:
    order, report = roll.order, Progress(roll.work, roll.reading.rows)
    if order.atomic:
        found = await store_all(roll.opened[0], roll.waiting, order.id, order.on_existing, report)
        if found and (ended := await _overtaken(roll, found)) is not None:
            return ended
    else:
        by_lane = await side_by_side(
            *(
                store_lane(lane, roll.of(number), order.id, order.on_existing, report)
                for number, lane in enumerate(roll.opened)
            )
        )
        await _overtaken(roll, [each for found in by_lane for each in found])
    async with roll.work.step(done=roll.reading.rows, total=roll.reading.rows, message="已写入") as session:
        so_far = await records.stored_so_far(session, order.id)
        accepted = so_far["born"] + so_far["updated"]
        values = so_far | {"accepted": accepted, "refused": Import.rows - accepted}
        await records.set_state(session, order.id, ImportState.STORED, stored_at=func.now(), **values)
        await records.forget_keys(session, order.id)
        if accepted == roll.reading.rows:
            await forget_file(session, order.id)
    return {"state": ImportState.STORED.value} | so_far
