import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.absences.rules import HealthExamNeeded
from services.safety.parameters.published import PARAMETERS
from services.safety.permissions import May
from services.safety.routines import actions, queries, rules
from services.safety.routines.codes import MealKind
from services.safety.routines.schemas import (
    BusRunPage,
    BusRunPut,
    DailyQuery,
    DrillIn,
    DrillPage,
    DrillQuery,
    FaultQuery,
    MealGap,
    MealGapQuery,
    MealPage,
    MealPut,
    MorningCheckPage,
    MorningCheckPut,
    OutbreakSignal,
    RoutineAnswer,
    RoutineGap,
    RoutineQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import InvalidInput, NotFound, problems
from shared.idempotency import Route
from shared.schemas import Day
from shared.workdays import is_working_day

router = APIRouter(tags=["routines"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ROUTINES])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ROUTINES])]
LONGEST = timedelta(61)
WINDOW = timedelta(14)  # longer than any number of days a signal looks back


@router.get(
    "/morning-checks",
    operation_id="list_morning_checks",
    response_model=MorningCheckPage,
    responses=exports.responses(MorningCheckPage),
)
async def list_checks(query: Annotated[DailyQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List morning checks in the caller's scope, the newest first."""
    return await exports.answer(request, reader, queries.CHECKS, query)


@router.get("/meals", operation_id="list_meals", response_model=MealPage, responses=exports.responses(MealPage))
async def list_meals(query: Annotated[FaultQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List meals 陪餐与留样; `faulty=true`: those that lack something."""
    return await exports.answer(request, reader, queries.MEALS, query)


@router.get(
    "/bus-runs", operation_id="list_bus_runs", response_model=BusRunPage, responses=exports.responses(BusRunPage)
)
async def list_runs(query: Annotated[FaultQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List runs of school buses; `faulty=true`: those with something wrong."""
    return await exports.answer(request, reader, queries.RUNS, query)


@router.get("/drills", operation_id="list_drills", response_model=DrillPage, responses=exports.responses(DrillPage))
async def list_drills(query: Annotated[DrillQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List drills; `kind=joint`: those with police or fire brigade 联合演练."""
    return await exports.answer(request, reader, queries.DRILLS, query)


@router.get("/meal-gaps", operation_id="list_meal_gaps")
async def list_meal_gaps(query: Annotated[MealGapQuery, Query()], _: Reader, reader: Read) -> list[MealGap]:
    """Working days of operating kindergartens without a record of the meal, or with one that lacks something."""
    if not timedelta(0) <= query.until - query.since <= LONGEST:
        raise InvalidInput(reason_zh="最多 62 天。", reason_en="at most 62 days.", pointer="until")
    span = (query.since + timedelta(step) for step in range((query.until - query.since).days + 1))
    days = [day for day in span if is_working_day(day) and day <= today()]
    asked = {"division": query.division, "meal": query.meal.value, "days": days}
    (body,) = await reader.one(queries.MEAL_GAPS, "meals", **asked)
    return [MealGap.model_validate_json(json.dumps(row | {"rule": "SAF-12"})) for row in json.loads(body)]


@router.put(
    "/morning-checks/{kindergarten}/{group}/{day}",
    operation_id="put_morning_check",
    responses=problems(NotFound, HealthExamNeeded),
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
