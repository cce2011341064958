import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Security, status

from services.safety.parameters.published import PARAMETERS
from services.safety.permissions import May
from services.safety.routines import actions, queries, rules
from services.safety.routines.codes import MealKind
from services.safety.routines.schemas import (
    BusRunPut,
    DrillIn,
    MealPut,
    MorningCheckPut,
    OutbreakSignal,
    RoutineAnswer,
    RoutineGap,
    RoutineQuery,
)
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.schemas import Day

router = APIRouter(tags=["routines"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ROUTINES])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ROUTINES])]
WINDOW = timedelta(14)  # longer than any number of days a signal looks back


@router.put(
    "/morning-checks/{kindergarten}/{group}/{day}", operation_id="put_morning_check", responses=problems(NotFound)
)
async def put_morning_check(
    kindergarten: UUID, group: str, day: Day, sent: MorningCheckPut, caller: Recorder, session: Write
) -> RoutineAnswer:
    """Record the morning check of a class 晨检: present, absent, and by cause."""
    return await actions.put_morning_check(session, caller, kindergarten, group, day, sent)


@router.put("/meals/{kindergarten}/{day}/{meal}", operation_id="put_meal", responses=problems(NotFound))
async def put_meal(
    kindergarten: UUID, day: Day, meal: MealKind, sent: MealPut, caller: Recorder, session: Write
) -> RoutineAnswer:
    """Record a meal 陪餐与留样."""
    return await actions.put_meal(session, caller, kindergarten, day, meal, sent)


@router.put("/bus-runs/{kindergarten}/{day}/{run}", operation_id="put_bus_run", responses=problems(NotFound))
async def put_bus_run(
    kindergarten: UUID, day: Day, run: str, sent: BusRunPut, caller: Recorder, session: Write
) -> RoutineAnswer:
    """Record a run of a school bus 校车: children counted on and off."""
    return await actions.put_bus_run(session, caller, kindergarten, day, run, sent)


@router.post("/drills", operation_id="record_drill", status_code=status.HTTP_201_CREATED, responses=problems(NotFound))
async def record_drill(sent: DrillIn, caller: Recorder, session: Write) -> DrillIn:
    """Record a drill 演练."""
    await actions.record_drill(session, caller, sent)
    return sent


@router.get("/outbreak-signals", operation_id="list_outbreak_signals")
async def list_outbreaks(query: Annotated[RoutineQuery, Query()], _: Reader, reader: Read) -> list[OutbreakSignal]:
    """Illness that gathers in a class or a kindergarten 聚集性信号."""
    on = query.as_of or today()
    (body,) = await reader.one(queries.ABSENCES, "checks", since=on - WINDOW, until=on, division=query.division)
    absences = [
        rules.Absence(
            row["kindergarten"], row["group"], date.fromisoformat(row["day"]), each["cause"], each["children"]
        )
        for row in json.loads(body)
        for each in row["causes"]
    ]
    return [OutbreakSignal.model_validate(asdict(each)) for each in rules.outbreaks(PARAMETERS, absences, on)]


@router.get("/routine-gaps", operation_id="list_routine_gaps")
async def list_gaps(query: Annotated[RoutineQuery, Query()], _: Reader, reader: Read) -> list[RoutineGap]:
    """Kindergartens without an evacuation drill this quarter (SAF-11)."""
    first, last = rules.quarter(query.as_of or today())
    (body,) = await reader.one(queries.UNDRILLED, "gaps", since=first, until=last, division=query.division)
    return [
        RoutineGap(kindergarten=row["id"], name=row["name"], rule="SAF-11", zh=f"{first} 至 {last} 未开展疏散演练")
        for row in json.loads(body)
    ]
