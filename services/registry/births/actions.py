"""Entering births and people by town and year, and the town's confirmation."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.births.models import Birth
from services.registry.births.rules import MACHINE, Figure, FigureDiffers
from services.registry.births.schemas import BirthRow, PopulationRow, Stored
from services.registry.divisions.models import Division, Population
from services.registry.indicators.asking import covers
from services.registry.refusals import refuse
from shared.auth import Actor
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce_all, row
from shared.ids import new_id
from shared.machine import refusal

BIRTHS_ENTERED, BIRTHS_CONFIRMED = "registry.births.entered", "registry.births.confirmed"
PEOPLE_ENTERED = "registry.population.entered"


async def put_births(session: AsyncSession, actor: Actor, rows: Sequence[BirthRow]) -> Stored:
    """Store births; a figure that changes loses its confirmation. All faults at once."""
    keys = [(each.division, each.year) for each in rows]
    faults = [*await _towns(session, actor, [each.division for each in rows]), *_twice(keys)]
    faults += [
        Fault(f"/items/{at}/year", "year-not-over", "该年尚未结束。", "The year is not over.")
        for at, each in enumerate(rows)
        if each.year >= today().year
    ]
    refuse(faults)
    values = [
        each.model_dump() | {"id": new_id(), "entered_by": actor.id, "confirmed_by": None, "confirmed_on": None}
        for each in rows
    ]
    stored = insert(Birth).values(values)
    fresh = {name: stored.excluded[name] for name in ("births", "source", "synthetic", "entered_by")}
    fresh |= {name: stored.excluded[name] for name in ("confirmed_by", "confirmed_on")}
    differs = tuple_(Birth.births, Birth.source, Birth.synthetic).is_distinct_from(
        tuple_(stored.excluded.births, stored.excluded.source, stored.excluded.synthetic)
    )
    upsert = stored.on_conflict_do_update(index_elements=["division", "year"], set_=fresh, where=differs)
    changed = (await session.execute(upsert.returning(Birth.division, Birth.year, Birth.births))).all()
    await announce_all(
        session,
        [
            row(BIRTHS_ENTERED, f"births/{town}/{year}", division=town, data={"year": year, "births": number})
            for town, year, number in changed
        ],
    )
    return Stored(stored=len(changed), unchanged=len(rows) - len(changed))


async def put_populations(session: AsyncSession, actor: Actor, rows: Sequence[PopulationRow]) -> Stored:
    """Store people by town, day, age and basis: the denominator of the enrolment rate. All faults at once."""
    keys = [(each.division, each.counted_on, each.age, each.basis) for each in rows]
    faults = [*await _towns(session, actor, [each.division for each in rows]), *_twice(keys)]
    faults += [
        Fault(f"/items/{at}/counted_on", "day-lies-ahead", "不得晚于今日。", "It is not after today.")
        for at, each in enumerate(rows)
        if each.counted_on > today()
    ]
    refuse(faults)
    stored = insert(Population).values([each.model_dump(mode="json") for each in rows])
    names = ("children", "source", "synthetic")
    fresh = {name: stored.excluded[name] for name in names}
    differs = tuple_(*(getattr(Population, name) for name in names)).is_distinct_from(
        tuple_(*(stored.excluded[name] for name in names))
    )
    key = ["division", "counted_on", "age", "basis"]
    upsert = stored.on_conflict_do_update(index_elements=key, set_=fresh, where=differs)
    told = (Population.division, Population.counted_on, Population.age, Population.basis, Population.children)
    changed = (await session.execute(upsert.returning(*told))).all()
    await announce_all(session, [_told(*each) for each in changed])
    return Stored(stored=len(changed), unchanged=len(rows) - len(changed))


def _told(town: str, counted_on: date, age: int, basis: str, children: int) -> dict[str, Any]:
    data = {"counted_on": counted_on, "age": age, "basis": basis, "children": children}
    return row(PEOPLE_ENTERED, f"populations/{town}/{counted_on}", division=town, data=data)


async def _towns(session: AsyncSession, actor: Actor, towns: list[str]) -> list[Fault]:
    found = select(Division.code).where(Division.level == "town", Division.code.in_(set(towns)))
    known = set(await session.scalars(found))
    return [
        Fault(f"/items/{at}/division", "division-unknown", "没有这个镇乡街道,或不在您的管理范围内。", "No such town.")
        for at, each in enumerate(towns)
        if each not in known or not covers(actor, each)
    ]


def _twice(keys: list[Any]) -> Iterable[Fault]:
    seen: set[Any] = set()
    for at, key in enumerate(keys):
        if key in seen:
            yield Fault(f"/items/{at}", "named-twice", "同一数字出现两次。", "The same figure is given twice.")
        seen.add(key)


async def confirm_births(session: AsyncSession, actor: Actor, division: str, year: int, births: int) -> None:
    """The town confirms the figure on file. Raises NotFound, FigureDiffers and what the rules refuse."""
    found = await session.scalar(select(Birth).where(Birth.division == division, Birth.year == year).with_for_update())
    if found is None:
        raise NotFound(what="figure")
    figure = Figure("confirmed" if found.confirmed_by else "entered", found.entered_by)
    if refused := refusal(MACHINE, "confirm", figure, actor.id, today()):
        raise refused
    if found.births != births:
        raise FigureDiffers(births=found.births, pointer="/births")
    found.confirmed_by, found.confirmed_on = actor.id, today()
    await session.flush()
    data = {"year": year, "births": births}
    await announce_all(session, [row(BIRTHS_CONFIRMED, f"births/{division}/{year}", division=division, data=data)])
