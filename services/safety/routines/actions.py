"""Daily records by natural key: put again they are the same record; a fault becomes a hazard once."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.absences.actions import admit_returning
from services.safety.hazards.actions import raise_once
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.routines import rules
from services.safety.routines.codes import MealKind
from services.safety.routines.models import BusRun, Drill, Meal, MorningCheck
from services.safety.routines.schemas import BusRunPut, DrillIn, MealPut, MorningCheckPut, RoutineAnswer
from services.safety.suppliers.actions import supplier_faults
from shared.auth import Actor
from shared.days import now, today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


async def _place(session: AsyncSession, kindergarten: UUID, day: date) -> Kindergarten:
    found = await session.get(Kindergarten, kindergarten)
    if found is None:
        raise NotFound(what="kindergarten")
    if day > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/day")
    return found


async def _put(session: AsyncSession, table: type[Any], key: dict[str, Any], values: dict[str, Any]) -> None:
    change = insert(table).values(key | values)
    names = [table.__mapper__.columns[name].name for name in key]
    await session.execute(change.on_conflict_do_update(index_elements=names, set_=values | {"recorded_at": now()}))


async def put_morning_check(
    session: AsyncSession, actor: Actor, kindergarten: UUID, group: str, day: date, sent: MorningCheckPut
) -> RoutineAnswer:
    """Record a morning check. Raises NotFound, HealthExamNeeded (SAF-14)."""
    place = await _place(session, kindergarten, day)
    causes = [each.model_dump(mode="json") for each in sent.causes]
    if sum(each.children for each in sent.causes) > sent.absent:
        raise InvalidInput(
            reason_zh="病因缺勤多于缺勤人数。", reason_en="more are absent by cause than at all.", pointer="/causes"
        )
    key = {"kindergarten": kindergarten, "group": group, "day": day}
    values = {"present": sent.present, "absent": sent.absent, "causes": causes, "note": sent.note}
    for each in sent.returning:
        await admit_returning(session, actor, place, each.child, each.last_present_on, day)
    await _put(session, MorningCheck, key, values | {"division": place.division, "recorded_by": actor.id})
    return RoutineAnswer(kindergarten=kindergarten, day=day, faults=[], hazard=None)


async def put_meal(
    session: AsyncSession, actor: Actor, kindergarten: UUID, day: date, meal: MealKind, sent: MealPut
) -> RoutineAnswer:
    """Record a meal; without company or samples, or from an unchecked supplier, it is a hazard (SAF-12)."""
    place = await _place(session, kindergarten, day)
    faults = rules.meal_faults(
        PARAMETERS, accompanied=bool(sent.accompanied_by), dishes=sent.dishes, samples=sent.samples,
        least_grams=sent.least_grams, on=day, kept_hours=sent.kept_hours, kept_celsius=sent.kept_celsius,
    )  # fmt: skip
    bought = [] if sent.supplier_checked else ["未进货查验"]
    bought += await supplier_faults(session, kindergarten, sent.suppliers, day)
    faults += bought
    key = {"kindergarten": kindergarten, "day": day, "meal": meal.value}
    values = sent.model_dump() | {"faults": faults, "division": place.division, "recorded_by": actor.id}
    await _put(session, Meal, key, values)
    item = "M-01" if not sent.accompanied_by else "M-02" if len(faults) > len(bought) else "M-03"
    found = await _fault(
        session, actor, place, f"meal:{kindergarten}:{day}:{meal.value}", "food", item, meal.zh, faults
    )
    return RoutineAnswer(kindergarten=kindergarten, day=day, faults=faults, hazard=found)


async def put_bus_run(
    session: AsyncSession, actor: Actor, kindergarten: UUID, day: date, run: str, sent: BusRunPut
) -> RoutineAnswer:
    """Record a run of a bus; a child left on board or a bus without licence is a hazard (SAF-13)."""
    place = await _place(session, kindergarten, day)
    faults = rules.bus_faults(
        dedicated=sent.dedicated, licence_until=sent.licence_until, boarded=sent.boarded, alighted=sent.alighted, on=day
    )
    if not sent.attendant:
        faults.append("无照管人员随车")
    key = {"kindergarten": kindergarten, "day": day, "run": run}
    values = sent.model_dump() | {"faults": faults, "division": place.division, "recorded_by": actor.id}
    await _put(session, BusRun, key, values)
    found = await _fault(session, actor, place, f"bus:{kindergarten}:{day}:{run}", "bus", "B-01", sent.plate, faults)
    return RoutineAnswer(kindergarten=kindergarten, day=day, faults=faults, hazard=found)


async def _fault(
    session: AsyncSession,
    actor: Actor,
    place: Kindergarten,
    reference: str,
    category: str,
    item: str,
    where: str,
    faults: list[str],
) -> UUID | None:
    if not faults:
        return None
    values = {
        "kindergarten": place.id,
        "category": category,
        "place": where,
        "description": ";".join(faults),
        "item": item,
        "legal_basis": "",
        "immediate_measure": "",
        "photos": [],
        "found_on": today(),
        "synthetic": place.synthetic,
    }
    return await raise_once(session, actor, "self", reference, values)


async def record_drill(session: AsyncSession, actor: Actor, sent: DrillIn) -> UUID:
    """Record a drill that was held."""
    place = await _place(session, sent.kindergarten, sent.held_on)
    made = Drill(**sent.model_dump(), id=new_id(), division=place.division, recorded_by=actor.id)
    session.add(made)
    await session.flush()
    await announce(
        session,
        "safety.drill.held",
        f"drills/{made.id}",
        division=place.division,
        kindergarten=place.id,
        data={"kind": sent.kind, "held_on": sent.held_on},
    )
    return UUID(str(made.id))
