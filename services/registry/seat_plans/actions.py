"""Planning the seats of a town's year, and reading the plan beside what there is."""

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Integer, Text, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.divisions.models import Division
from services.registry.indicators.asking import covers
from services.registry.network.answers import town_report
from services.registry.seat_plans.models import SeatPlan
from services.registry.seat_plans.rules import MACHINE, Planned
from services.registry.seat_plans.schemas import SeatPlanOut, SeatPlanPut, SeatPlanReport, SeatPlanRow
from services.registry.steps.actions import record
from services.registry.steps.queries import steps_of
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import columns, many, one
from shared.errors import NotFound
from shared.ids import new_id
from shared.machine import refusal

_table = SeatPlan.__table__
_year = _table.c.school_year == bindparam("school_year", type_=Integer)
PLAN = one(
    select(*columns(_table, SeatPlanOut, steps=steps_of(_table))).where(
        _year, _table.c.division == bindparam("division", type_=Text)
    )
)
PLANNED = many(select(*(_table.c[name] for name in ("division", "seats", "inclusive_seats", "state"))).where(_year))


async def enter(session: AsyncSession, actor: Actor, year: int, division: str, put: SeatPlanPut) -> bool:
    """Plan the seats; a plan that changes is to be approved anew. Return whether it is new. Raises NotFound."""
    town = await session.get(Division, division)
    if town is None or town.level != "town" or not covers(actor, division):
        raise NotFound(what="division")
    found = await _held(session, year, division)
    values = put.model_dump()
    if found is not None and all(getattr(found, name) == value for name, value in values.items()):
        return False
    plan = found or SeatPlan(id=new_id(), division=division, school_year=year)
    for name, value in (values | {"state": "entered", "entered_by": actor.id}).items():
        setattr(plan, name, value)
    plan.approved_on = plan.document = None
    if found is None:
        session.add(plan)
    await session.flush()
    await _note(session, actor, plan, "enter", **values)
    return found is None


async def approve(session: AsyncSession, actor: Actor, year: int, division: str, document: str) -> None:
    """Approve it: another person than who planned. Raises NotFound and what the rules refuse."""
    plan = await _held(session, year, division)
    if plan is None:
        raise NotFound(what="seat plan")
    if refused := refusal(MACHINE, "approve", Planned(plan.state, plan.entered_by), actor.id, today()):
        raise refused
    plan.state, plan.approved_on, plan.document = "approved", today(), document
    await session.flush()
    await _note(session, actor, plan, "approve", document=document)


async def _held(session: AsyncSession, year: int, division: str) -> SeatPlan | None:
    return await session.scalar(
        select(SeatPlan).where(SeatPlan.school_year == year, SeatPlan.division == division).with_for_update()
    )


async def _note(session: AsyncSession, actor: Actor, plan: SeatPlan, verb: str, **data: Any) -> None:
    told = SimpleNamespace(id=plan.id, division=plan.division, kindergarten=None, state=plan.state)
    fact = {"school_year": plan.school_year, "seats": plan.seats, "state": plan.state}
    await record(session, actor, "seat_plan", told, MACHINE, verb, data=data, fact=fact)


async def report(reader: Reader, year: int, on: date) -> SeatPlanReport:
    """Every town in scope: what is planned for the year beside what there is on the day."""
    rows = json.loads((await reader.one(PLANNED, "seat plan", school_year=year))[0])
    planned = {row["division"]: row for row in rows}
    items = []
    for town in (await town_report(reader, on, None)).items:
        row = planned.get(town.division)
        seats = row["seats"] if row else None
        items.append(
            SeatPlanRow(
                **{name: getattr(town, name) for name in ("division", "name", "zone", "seats", "vacant", "people")},
                planned=seats,
                planned_inclusive=row["inclusive_seats"] if row else None,
                state=row["state"] if row else None,
                inclusive_seats=town.public + town.inclusive_private,
                used=town.children,
                planned_less_seats=None if seats is None else seats - town.seats,
                planned_less_people=None if seats is None or town.people is None else seats - town.people,
            )
        )
    return SeatPlanReport(school_year=year, as_of=on, items=items)
