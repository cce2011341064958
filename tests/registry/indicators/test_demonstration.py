"""The demonstration district at true size: every figure equals a count of it child by child."""

from datetime import date
from time import perf_counter
from typing import Any

import psycopg

from services.registry.indicators.schemas import IndicatorValuePage
from services.registry.plans.schemas import Plan
from services.registry.seed.loading import load
from services.registry.seed.synthetic import district
from services.registry.seed.truth import truth
from tests.registry.given import KEYS
from tests.stack import Service

ON = date(2026, 11, 1)
DAYS = (ON, date(2025, 9, 1), date(2025, 2, 10))
TOWNS = ("110116001", "110116110")


async def test_the_figures_of_the_district_are_the_true_ones(registry: Service):
    made = district(on=ON)
    with psycopg.connect(registry.database.app_url) as connection:
        load(connection, made, KEYS, "110116")
    client = registry.client(("planner", "110116"))

    async def value(code: str, **query: Any) -> tuple[int, int]:
        answer = await client.get(f"/v1/indicators/{code}/values", params=query)
        (found,) = IndicatorValuePage.model_validate_json(answer.content).items
        return found.numerator, 1 if found.denominator is None else found.denominator

    for day in DAYS:
        for division in ("110116", *TOWNS):
            for name, figure in truth(made, day, division).items():
                code = name.removesuffix("_gross")
                basis = {"rate_mode": "gross"} if name.endswith("_gross") else {}
                query = {"division": division, "as_of": day.isoformat()} | basis
                assert await value(code, **query) == (figure.numerator, figure.denominator), (name, division, day)
    started = perf_counter()
    plan = Plan.model_validate_json((await client.get("/v1/plan", params={"as_of": ON.isoformat()})).content)
    assert perf_counter() - started < 2
    assert plan.synthetic is True
    assert [point.value for target in plan.target_sets[0].targets for point in target.years].count(None) == 0
