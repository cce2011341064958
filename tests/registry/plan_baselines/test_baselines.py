"""三期行动计划基线: entered from documents, compared with today, a regression is warned of."""

from decimal import Decimal
from typing import Any

import pytest

from services.registry.plan_baselines.rules import change, is_regression
from services.registry.plan_baselines.schemas import PlanBaselines
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.plan_tasks.office import PLANNER
from tests.stack import Service

URL = "/v1/plan/baselines"
BODY = {"value": "50.00", "counted_on": "2020-12-31", "document": "示例年报(演示)"}


@pytest.mark.parametrize(
    ("then", "now", "better", "worse"),
    [
        ("50", "49.99", "higher", True),
        ("50", "50.00", "higher", False),
        ("50", "50.01", "lower", True),
        ("50", "49.99", "lower", False),
        ("50", None, "higher", None),
    ],
)
def test_a_figure_worse_than_it_was_is_a_regression(then: str, now: str | None, better: str, worse: bool | None):
    figure = Decimal(now) if now else None
    assert is_regression(Decimal(then), figure, better) is worse
    assert change(Decimal(then), figure) == (None if figure is None else figure - Decimal(then))


async def entered(registry: Service, path: str = "third/public_share", **changed: Any) -> int:
    return (await registry.client(PLANNER).put(f"{URL}/{path}", json=BODY | changed)).status_code


async def compared(registry: Service, who: tuple[str, str] = PLANNER, **query: str) -> PlanBaselines:
    answer = await registry.client(who).get(URL, params={"as_of": town.AUTUMN.isoformat()} | query)
    assert answer.status_code == 200, answer.text
    return PlanBaselines.model_validate_json(answer.content)


async def test_the_figure_of_an_earlier_plan_stands_beside_todays(registry: Service):
    await town.small_district(registry)
    assert await entered(registry) == 204
    assert await entered(registry, "second/public_share", value="30", counted_on="2017-12-31") == 204
    assert await entered(registry, "third/kindergartens", value="2", division=town.PLAIN) == 204
    found = await compared(registry)
    assert [(each.former_plan, each.value, each.value_now, each.change, each.regressed) for each in found.items] == [
        ("second", "30", "37.50", "7.50", False),
        ("third", "2", "2", "0", False),
        ("third", "50.00", "37.50", "-12.50", True),
    ]
    assert found.regressed == 1
    assert len((await compared(registry, former_plan="second")).items) == 1
    assert len((await compared(registry, division=town.PLAIN)).items) == 1
    (own,) = (await compared(registry, ("town_officer", town.PLAIN))).items
    assert (own.indicator, own.value_now) == ("kindergartens", "2")


async def test_a_correction_keeps_what_it_was(registry: Service):
    assert await entered(registry) == 204
    assert await entered(registry, value="51.20", document="示例更正(演示)") == 204
    (found,) = (await compared(registry)).items
    assert (found.value, found.version) == ("51.20", 2)
    kept = await registry.database.fetch("SELECT before->>'value' FROM row_history WHERE table_name = 'plan_baselines'")
    assert kept == [("50.00",)]


async def test_what_cannot_be_is_refused(registry: Service):
    assert await entered(registry, "fourth/public_share") == 422
    assert await entered(registry, "third/none_such") == 422
    assert await entered(registry, division="110117") == 422
    assert await entered(registry, counted_on=(given.TODAY.replace(year=given.TODAY.year + 1)).isoformat()) == 422
    assert await entered(registry, parameters={"x": "y"}) == 422
    assert await entered(registry, document="") == 422
    town_ = registry.client(("planner", given.TOWN))
    assert (await town_.put(f"{URL}/third/public_share", json=BODY)).status_code == 422
