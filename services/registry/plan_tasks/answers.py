"""What every verb of a task answers: the task as it is, what is late, what may be done; and its live figure."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.indicators.asking import covers
from services.registry.indicators.schemas import TargetFigure
from services.registry.indicators.targets import Held, counted, counts, distinct
from services.registry.offers import held
from services.registry.parameters.published import PARAMETERS
from services.registry.plan_tasks.queries import PLAN_NOW, SOME, TASK, WORK
from services.registry.plan_tasks.rules import MACHINE, quarter_of, report_due, warnings
from services.registry.plan_tasks.schemas import (
    PlanTaskEvidence,
    PlanTaskLate,
    PlanTaskOut,
    PlanTasksOverdue,
    PlanTaskWarning,
)
from services.registry.plan_tasks.works import speaks, work
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import written, written_row
from shared.errors import NotFound
from shared.etags import tagged
from shared.machine import offered

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": PlanTaskOut}
INNER = ("members", "towns", "state_now", "submitted_by")
UNDER_WAY = ("assigned", "confirmed")


def _completed(body: str, caller: Actor, on: date) -> str:
    row: dict[str, Any] = json.loads(body)
    may, found = held(caller, row["division"], None), work(row, speaks=speaks(row, caller))
    row["warnings"] = [asdict(each) for each in warnings(found, PARAMETERS, on)]
    row["next_report_due_on"] = report_due(quarter_of(on), PARAMETERS) if row["state"] in UNDER_WAY else None
    row["actions"] = offered(MACHINE, found, caller.id, may, today())
    if row["indicator"]:
        row["evidence_path"] = f"/v1/plan/tasks/{row['id']}/evidence"
    shown = {name: value for name, value in row.items() if name not in INNER}
    return PlanTaskOut.model_validate(shown).model_dump_json()


async def read(reader: Reader, id: UUID, on: date) -> Response:
    body, version = await reader.one(TASK, "task", id=id, as_of=on)
    return tagged(_completed(body, reader.actor, on), version)


async def answer(session: AsyncSession, caller: Actor, id: UUID, code: int = status.HTTP_201_CREATED) -> Response:
    body, version = await written_row(session, TASK, id=id, as_of=today())
    return tagged(_completed(body, caller, today()), version, code)


async def assigned(session: AsyncSession, tasks: list[UUID]) -> Response:
    """The tasks that were given out together."""
    body = await written(session, SOME, tasks=tasks, as_of=today())
    return Response(f'{{"items":{body}}}', status.HTTP_201_CREATED, media_type="application/json")


async def works(reader: Reader, on: date, id: UUID | None = None, plan: str | None = None) -> list[dict[str, Any]]:
    """The tasks in scope of the plan current on the day. Raises NotFound on a day before the first plan."""
    if plan is None:
        plan = (await reader.one(PLAN_NOW, "plan", as_of=on))[0]
    if plan is None:
        raise NotFound(what="plan")
    body, *_ = await reader.one(WORK, "plan", as_of=on, id=id, plan=plan)
    found: list[dict[str, Any]] = json.loads(body)
    return found


async def overdue(reader: Reader, on: date, unit: str | None, plan: str | None) -> PlanTasksOverdue:
    """Every task in scope with something late, the longest first."""
    plan = plan or (await reader.one(PLAN_NOW, "plan", as_of=on))[0]
    if plan is None:
        raise NotFound(what="plan")
    rows = [row for row in await works(reader, on, plan=plan) if unit in (None, row["lead"], *row["assist"])]
    late = [(row, warnings(work(row), PARAMETERS, on)) for row in rows]
    names = ("id", "clause", "title", "lead", "lead_name", "assist")
    items = [
        PlanTaskLate(
            **{name: row[name] for name in names}, warnings=[PlanTaskWarning(**asdict(each)) for each in found]
        )
        for row, found in late
        if found
    ]
    return PlanTasksOverdue(
        as_of=on, plan=plan, items=sorted(items, key=lambda each: -max(late.days for late in each.warnings))
    )


async def evidence(reader: Reader, id: UUID, on: date) -> PlanTaskEvidence:
    """The live figure of the task's indicator in its place. Raises NotFound for a task without one or out of scope."""
    rows = [row for row in await works(reader, on, id, await _plan_of(reader, id, on)) if row["indicator"]]
    found = await figures(reader, rows, on)
    if id not in found:
        raise NotFound(what="evidence")
    (row,), (target, figure, synthetic) = rows, found[id]
    return PlanTaskEvidence(
        task=id,
        as_of=on,
        division=row["division"],
        indicator=row["indicator"],
        indicator_name=row["indicator_name_zh"],
        version=target.formula.version,
        unit=target.formula.unit,
        comparison=row["comparison"],
        threshold=target.threshold_shown,
        synthetic=synthetic,
        **{name: getattr(figure, name) for name in ("numerator", "denominator", "value", "gap", "met", "standing")},
    )


async def _plan_of(reader: Reader, id: UUID, on: date) -> str:
    body, _ = await reader.one(TASK, "task", id=id, as_of=on)
    return str(json.loads(body)["plan"])


async def figures(
    reader: Reader, rows: Sequence[dict[str, Any]], on: date
) -> dict[UUID, tuple[Held, TargetFigure, bool]]:
    """The figure of each task that has an indicator, one SELECT a place; a place not wholly the caller's has none."""
    held_ = [(row, _held(row)) for row in rows if row["indicator"]]
    found: dict[UUID, tuple[Held, TargetFigure, bool]] = {}
    for division in sorted({row["division"] for row, _ in held_ if covers(reader.actor, row["division"])}):
        here = [(row, each) for row, each in held_ if row["division"] == division]
        sides = distinct([each.formula for _, each in here])
        tally = (await counted(reader, sides, division, [on]))[on]
        for row, each in here:
            figure = each.figure(*counts(tally, sides, each.formula), on)
            found[UUID(row["id"])] = each, figure, tally["synthetic"]
    return found


def _held(row: dict[str, Any]) -> Held:
    names = ("code", "version", "name_zh", "kind", "unit", "decimals", "definition", "since")
    known = {name: row[f"indicator_{name}"] for name in names}
    return Held.read(known | {name: row[name] for name in ("parameters", "comparison", "threshold")})
