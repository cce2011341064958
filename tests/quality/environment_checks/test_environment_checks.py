"""环境创设: the guide's points 34 to 37, each answered once."""

from typing import Any

import pytest

from services.quality.environment_checks.schemas import EnvironmentCheckOut, EnvironmentCheckPage
from tests.quality import given
from tests.stack import Service

POINTS = ["P34", "P35", "P36", "P37"]


def check(kindergarten: object, *unmet: str, **changes: Any) -> dict[str, Any]:
    answers = [
        {"item": each, "finding": "unmet" if each in unmet else "met", "note": "材料少" if each in unmet else ""}
        for each in POINTS
    ]
    return {"kindergarten": str(kindergarten), "on": str(given.TODAY), "answers": answers} | changes


async def test_what_is_not_met_is_flagged(quality: Service):
    one, other = await given.kindergarten(quality), await given.kindergarten(quality)
    inspector = quality.client(("inspector", given.DISTRICT))
    await inspector.post("/v1/environment-checks", json=check(other))
    made = await inspector.post("/v1/environment-checks", json=check(one, "P36"))
    assert made.status_code == 201, made.text
    assert EnvironmentCheckOut.model_validate_json(made.content).unmet == ["P36"]
    page = await inspector.get("/v1/environment-checks", params={"flagged": "true"})
    assert [each.kindergarten for each in EnvironmentCheckPage.model_validate_json(page.content).items] == [one]
    own = await quality.client(("teacher", f"k:{other}")).get("/v1/environment-checks")
    assert len(own.json()["items"]) == 1


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([{"item": "P34", "finding": "met"}], "list-is-answered-whole"),
        ([{"item": each, "finding": "met"} for each in [*POINTS, "P12"]], "list-is-answered-whole"),
        ([{"item": each, "finding": "unmet"} for each in POINTS], "finding-needs-evidence"),
    ],
)
async def test_a_check_that_cannot_be_is_refused(quality: Service, answers: list[dict[str, str]], code: str):
    one = await given.kindergarten(quality)
    inspector = quality.client(("inspector", given.DISTRICT))
    refused = await inspector.post("/v1/environment-checks", json=check(one, answers=answers))
    assert (refused.status_code, refused.json()["code"]) == (422, code)
