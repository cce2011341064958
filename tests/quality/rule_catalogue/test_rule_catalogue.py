"""The rules of quality with severity, basis and the numbers in force."""

import re

from services.quality.rule_catalogue.router import QualityParameter, QualityRule
from tests.quality import given
from tests.stack import Service


async def test_every_rule_has_its_basis_and_shows_somewhere_that_exists(quality: Service):
    client = quality.client(given.OFFICER)
    rules = [QualityRule.model_validate(each) for each in (await client.get("/v1/rules")).json()]
    assert [each.code for each in rules] == [f"QUA-{n:02}" for n in range(1, 11)]
    assert all(each.basis for each in rules)
    paths = quality.app.openapi()["paths"]
    for each in rules:
        method, address = each.where.split(" ")
        assert method.lower() in paths[address.partition("?")[0]], each.where
        if "?" in address:
            name = re.split(r"[?=]", address)[1]
            asked = paths[address.partition("?")[0]]["get"]["parameters"]
            assert name in {parameter.get("name") for parameter in asked}


async def test_numbers_are_those_in_force_on_the_day(quality: Service):
    client = quality.client(given.OFFICER)

    async def numbers(day: str) -> dict[str, QualityParameter]:
        found = (await client.get("/v1/parameters", params={"as_of": day})).json()
        return {each["name"]: QualityParameter.model_validate(each) for each in found}

    assert "inspector_visits_month" not in await numbers("2018-12-31")
    now = await numbers("2026-06-01")
    assert (now["inspector_visits_month"].value, now["evaluation_grade_good"].tag) == ("1", "illustrative")
    (first, *_) = (await client.get("/v1/rules", params={"as_of": "2018-12-31"})).json()
    assert first["parameters"] == []
