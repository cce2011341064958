import json
from types import SimpleNamespace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.permissions import ROLES, May
from services.finance.scenarios import actions, queries
from services.finance.scenarios.refusals import (
    BeforeTheScenario,
    NoSuchNumber,
    NotARuleOfScenarios,
    NothingIsChanged,
    RulesHaveChanged,
)
from services.finance.scenarios.rules import MACHINE, deviation
from services.finance.scenarios.schemas import (
    DeviationPage,
    DeviationQuery,
    NumberChange,
    ScenarioBudgetPage,
    ScenarioBudgetQuery,
    ScenarioChange,
    ScenarioDecision,
    ScenarioEffectPage,
    ScenarioEffectQuery,
    ScenarioExplanationOut,
    ScenarioLinePage,
    ScenarioLineQuery,
    ScenarioNew,
    ScenarioNumberOut,
    ScenarioNumberPage,
    ScenarioNumberQuery,
    ScenarioOut,
    ScenarioPage,
    ScenarioProposal,
    ScenarioQuery,
)
from services.finance.scopes import DistrictDecides
from services.finance.subsidy_runs.refusals import NoProgramme
from services.finance.subsidy_runs.rules import sentences
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written, written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState, offered
from shared.offers import held_at

router = APIRouter(prefix="/scenarios", tags=["scenarios"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SCENARIOS])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_SCENARIOS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_SCENARIOS])]
CHANGED = (NotFound, NotInThisState, NotARuleOfScenarios, BeforeTheScenario)


def _offering(body: str, version: int, caller: Actor, code: int = status.HTTP_200_OK) -> Response:
    row: dict[str, Any] = json.loads(body)
    may = held_at(ROLES, caller, row["division"], None)
    row["actions"] = offered(MACHINE, SimpleNamespace(**row), caller.id, may, today())
    return tagged(json.dumps(row, ensure_ascii=False), version, code)


async def _answer(session: Write, caller: Actor, id: UUID, code: int = status.HTTP_200_OK) -> Response:
    body, version = await written_row(session, queries.SCENARIO, id=id)
    return _offering(body, version, caller, code)


@router.get("", operation_id="list_scenarios", response_model=ScenarioPage, responses=exports.responses(ScenarioPage))
async def list_scenarios(
    query: Annotated[ScenarioQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the scenarios 测算方案 of subsidies and fees."""
    return await exports.answer(request, reader, queries.SCENARIOS, query)


@router.post(
    "",
    operation_id="make_scenario",
    status_code=status.HTTP_201_CREATED,
    response_model=ScenarioOut,
    responses=problems(DistrictDecides, NoProgramme, NotFound, NotARuleOfScenarios, BeforeTheScenario),
)
async def make_scenario(new: ScenarioNew, caller: Proposer, session: Write) -> Response:
    """Copy the rules in force into a scenario and change some: rates, tilts, caps, shares, conditions, fee ceilings."""
    return await _answer(session, caller, await actions.make_scenario(session, caller, new), status.HTTP_201_CREATED)


@router.get("/{id}", operation_id="get_scenario", response_model=ScenarioOut, responses=problems(NotFound))
async def get_scenario(id: UUID, caller: Reader, reader: Read) -> Response:
    """One scenario, its totals under both sets of rules, and what the caller may do now."""
    body, version = await reader.one(queries.SCENARIO, "scenario", id=id)
    return _offering(body, version, caller)


@router.put(
    "/{id}/assumptions",
    operation_id="change_scenario",
    response_model=ScenarioOut,
    responses=problems(NotFound, NotInThisState, BeforeTheScenario),
)
async def change_scenario(id: UUID, said: ScenarioChange, caller: Proposer, session: Write) -> Response:
    """Set months and assumptions anew: enrolment and fees as they are, or scaled by town and type."""
    await actions.change_scenario(session, caller, id, said)
    return await _answer(session, caller, id)


@router.get(
    "/{id}/numbers",
    operation_id="list_scenario_numbers",
    response_model=ScenarioNumberPage,
    responses=exports.responses(ScenarioNumberPage),
)
async def list_numbers(
    id: UUID, query: Annotated[ScenarioNumberQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The scenario's copy of rules, rate tables and ceilings, each value beside the one in force."""
    return await exports.answer(request, reader, queries.NUMBERS, query, id=id)


@router.put(
    "/{id}/numbers", operation_id="set_scenario_number", response_model=ScenarioNumberOut, responses=problems(*CHANGED)
)
async def set_number(id: UUID, change: NumberChange, caller: Proposer, session: Write) -> Response:
    """Change one rule of the scenario, or add one; name, key and first day say which."""
    made = await actions.set_number(session, caller, id, change)
    return Response(await written(session, queries.NUMBER, id=made), media_type="application/json")


@router.delete(
    "/{id}/numbers/{number}",
    operation_id="reset_scenario_number",
    response_model=ScenarioOut,
    responses=problems(NotFound, NotInThisState, NoSuchNumber),
)
async def reset_number(id: UUID, number: UUID, caller: Proposer, session: Write) -> Response:
    """Undo one change: the value in force again, or a number that was added gone."""
    await actions.reset_number(session, caller, id, number)
    return await _answer(session, caller, id)


@router.post(
    "/{id}/simulations",
    operation_id="simulate_scenario",
    status_code=status.HTTP_202_ACCEPTED,
    response_model=ScenarioOut,
    responses=problems(NotFound, NotInThisState),
)
async def simulate_scenario(id: UUID, caller: Proposer, session: Write) -> Response:
    """Simulate 测算 as a job: the computation of the subsidy runs, by the rules in force and by the scenario's."""
    await actions.simulate_scenario(session, caller, id)
    return await _answer(session, caller, id, status.HTTP_202_ACCEPTED)


@router.get(
    "/{id}/budget",
    operation_id="list_scenario_budget",
    response_model=ScenarioBudgetPage,
    responses=exports.responses(ScenarioBudgetPage),
)
async def list_budget(
    id: UUID, query: Annotated[ScenarioBudgetQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """方案预算 by month, nature, town, programme, fund or purpose; `by=tilt` shows 村级公办园 beside the others."""
    return await exports.answer(request, reader, queries.BUDGET, query, id=id)


@router.get(
    "/{id}/effects",
    operation_id="list_scenario_effects",
    response_model=ScenarioEffectPage,
    responses=exports.responses(ScenarioEffectPage),
)
async def list_effects(
    id: UUID, query: Annotated[ScenarioEffectQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Who gains and who loses: subsidy, fee, burden on families and uncovered cost of each kindergarten."""
    return await exports.answer(request, reader, queries.EFFECTS, query, id=id)


@router.get(
    "/{id}/lines",
    operation_id="list_scenario_lines",
    response_model=ScenarioLinePage,
    responses=exports.responses(ScenarioLinePage),
)
async def list_lines(
    id: UUID, query: Annotated[ScenarioLineQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Everything that was simulated, by programme, kindergarten and month."""
    return await exports.answer(request, reader, queries.LINES, query, id=id)


@router.get("/lines/{line}/explanation", operation_id="explain_scenario_line", responses=problems(NotFound))
async def explain_line(line: UUID, _: Reader, reader: Read) -> ScenarioExplanationOut:
    """Why a simulated amount is what it is, and why it was settled otherwise if it was."""
    _, amount, facts, settled = await reader.one(queries.EXPLANATION, "scenario line", id=line)
    why = deviation(facts, settled) if settled and settled["entitled"] != facts["entitled"] else []
    return ScenarioExplanationOut(line=line, amount=amount, sentences=sentences(facts), deviation=why, facts=facts)


@router.get(
    "/{id}/deviations",
    operation_id="list_scenario_deviations",
    response_model=DeviationPage,
    responses=exports.responses(DeviationPage),
)
async def list_deviations(
    id: UUID, query: Annotated[DeviationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """执行偏差: what approved runs settled beside what was simulated, with the causes of each difference."""
    return await exports.answer(request, reader, queries.DEVIATIONS, query, id=id)


@router.post(
    "/{id}/proposals",
    operation_id="propose_scenario",
    response_model=ScenarioOut,
    responses=problems(NotFound, NotInThisState, NothingIsChanged, RulesHaveChanged),
)
async def propose_scenario(id: UUID, said: ScenarioProposal, caller: Proposer, session: Write) -> Response:
    """First signature: propose what was simulated, with the document it will rest on."""
    await actions.propose_scenario(session, caller, id, said)
    return await _answer(session, caller, id)


@router.post(
    "/{id}/decisions",
    operation_id="decide_scenario",
    response_model=ScenarioOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, RulesHaveChanged),
)
async def decide_scenario(id: UUID, said: ScenarioDecision, caller: Decider, session: Write) -> Response:
    """Second signature: what the scenario changed becomes dated rules, or it is rejected."""
    await actions.decide_scenario(session, caller, id, said)
    return await _answer(session, caller, id)
