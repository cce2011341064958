"""小学化: the negative list answered whole, with evidence for what was found."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.quality.primary_style_checks.schemas import PrimaryStyleCheckOut, PrimaryStyleCheckPage
from tests.quality import given
from tests.stack import Service

ITEMS = ["T1a", "T1b", "T1c", "T2a", "T2b", "T3", "T4"]


def check(kindergarten: UUID, *found: str, **changes: Any) -> dict[str, Any]:
    answers = [{"item": each, "found": each in found, "evidence": "照片" if each in found else ""} for each in ITEMS]
    new = {"kindergarten": str(kindergarten), "on": str(given.TODAY), "occasion": "visit", "answers": answers}
    return new | changes


async def test_qua_05_what_is_found_is_flagged(quality: Service):
    one, clean = await given.kindergarten(quality), await given.kindergarten(quality)
    inspector = quality.client(("inspector", given.DISTRICT))
    await inspector.post("/v1/primary-style-checks", json=check(clean))
    made = await inspector.post("/v1/primary-style-checks", json=check(one, "T1a", "T2b"))
    assert made.status_code == 201, made.text
    assert PrimaryStyleCheckOut.model_validate_json(made.content).found == ["T1a", "T2b"]
    page = await inspector.get("/v1/primary-style-checks", params={"flagged": "true"})
    found = PrimaryStyleCheckPage.model_validate_json(page.content).items
    assert [each.kindergarten for each in found] == [one]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answers": [{"item": "T1a", "found": False}]}, "list-is-answered-whole"),
        ({"answers": [{"item": each, "found": each == "T3"} for each in ITEMS]}, "finding-needs-evidence"),
        ({"on": str(given.TODAY + timedelta(1))}, "invalid-input"),
    ],
)
async def test_a_check_that_cannot_be_is_refused(quality: Service, change: dict[str, Any], code: str):
    one = await given.kindergarten(quality)
    inspector = quality.client(("inspector", given.DISTRICT))
    refused = await inspector.post("/v1/primary-style-checks", json=check(one) | change)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
