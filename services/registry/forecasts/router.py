from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response, Security, status

from services.registry.forecasts.answers import forecast
from services.registry.forecasts.keeping import keep
from services.registry.forecasts.queries import KEPT, ONE
from services.registry.forecasts.scenarios import scenarios, set_scenario
from services.registry.forecasts.schemas import (
    CODE,
    ForecastKeptOut,
    ForecastNew,
    ForecastOut,
    ForecastQuery,
    Forecasts,
    ForecastScenarioPut,
    ForecastScenarios,
)
from services.registry.permissions import May
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/forecasts", tags=["forecasts"], route_class=Route)
assumptions = APIRouter(prefix="/forecast-scenarios", tags=["forecasts"], route_class=Route)

Analyst = Annotated[Actor, Security(authorize, scopes=[May.READ_NETWORK])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_NETWORK])]
ScenarioCode = Annotated[str, Path(pattern=CODE, max_length=50)]


@router.get("/preview", operation_id="preview_forecast", responses=problems(NotFound))
async def preview_forecast(query: Annotated[ForecastQuery, Query()], _: Analyst, reader: Read) -> ForecastOut:
    """Children of 3 to 5 and the seats they need, one to six school years ahead, by town; nothing is stored."""
    return await forecast(reader, query)


@router.get("", operation_id="list_forecasts", response_model=Forecasts)
async def list_forecasts(_: Analyst, reader: Read) -> Response:
    """The forecasts that were kept, the latest first."""
    body, *_rest = await reader.one(KEPT, "forecast")
    return Response(f'{{"items":{body}}}', media_type="application/json")


@router.get("/{id}", operation_id="get_forecast", response_model=ForecastKeptOut, responses=problems(NotFound))
async def get_forecast(id: UUID, _: Analyst, reader: Read) -> Response:
    """One of them, with its assumptions and figures as they were."""
    body, *_rest = await reader.one(ONE, "forecast", id=id)
    return Response(body, media_type="application/json")


@router.post(
    "",
    operation_id="keep_forecast",
    status_code=status.HTTP_201_CREATED,
    response_model=ForecastKeptOut,
    responses=problems(NotFound),
)
async def keep_forecast(caller: Planner, new: ForecastNew, session: Write, reader: Read) -> Response:
    """Compute a forecast and keep it with the version of its assumptions."""
    made = await keep(session, caller, new, await forecast(reader, new))
    return Response(await written(session, ONE, id=made), status.HTTP_201_CREATED, media_type="application/json")


@assumptions.get("", operation_id="list_forecast_scenarios")
async def list_forecast_scenarios(_: Analyst, reader: Read) -> ForecastScenarios:
    """The scenarios and all versions of their assumptions; those the software came with are illustrative."""
    return ForecastScenarios(items=await scenarios(reader))


@assumptions.put("/{code}", operation_id="set_forecast_scenario", status_code=status.HTTP_204_NO_CONTENT)
async def set_forecast_scenario(code: ScenarioCode, caller: Planner, put: ForecastScenarioPut, session: Write) -> None:
    """Set the assumptions of a scenario: a new version, unless nothing changes. Kept forecasts keep theirs."""
    await set_scenario(session, caller, code, put)
