"""自评: every item once a year, in the kindergarten's own words, nothing about children's scores."""

from typing import Any

import pytest

from services.quality.self_evaluations.schemas import SelfEvaluationOut, SelfEvaluationPage
from shared.ids import new_id
from tests.quality import given
from tests.quality.evaluations.team import ITEMS
from tests.stack import Service


def put(**changes: Any) -> dict[str, Any]:
    return {
        "levels": [{"item": each, "level": 4} for each in ITEMS],
        "report": "过程管理较好,户外器械需更新。",
    } | changes


async def test_a_self_evaluation_is_handed_in_and_replaced_with_its_history_kept(quality: Service):
    one = await given.kindergarten(quality)
    principal = quality.client(("principal", f"k:{one}"), sub="principal")
    path = f"/v1/self-evaluations/{one}/{given.YEAR}/beijing-supervision"
    made = await principal.put(path, json=put())
    assert made.status_code == 200, made.text
    assert SelfEvaluationOut.model_validate_json(made.content).framework_edition == "trial"
    await principal.put(path, json=put(report="补充家长意见。"))
    officer = quality.client(given.OFFICER)
    assert (await officer.get(path)).json()["report"] == "补充家长意见。"
    page = SelfEvaluationPage.model_validate_json((await officer.get("/v1/self-evaluations")).content)
    assert [each.kindergarten for each in page.items] == [one]
    rows = await quality.database.fetch(
        "SELECT before->>'report' FROM row_history WHERE table_name = 'self_evaluations'"
    )
    assert rows == [("过程管理较好,户外器械需更新。",)]


async def test_of_the_guide_the_46_points_whose_words_are_known_are_asked(quality: Service):
    one = await given.kindergarten(quality)
    points = [f"P{n:02}" for n in range(1, 49) if n not in (2, 48)]
    path = f"/v1/self-evaluations/{one}/{given.YEAR}/guide"
    levels = [{"item": each, "level": 3} for each in points]
    principal = quality.client(("principal", f"k:{one}"))
    assert (await principal.put(path, json=put(levels=levels))).status_code == 200
    refused = await principal.put(path, json=put(levels=[*levels, {"item": "P02", "level": 3}]))
    assert (refused.status_code, refused.json()["code"]) == (422, "item-not-scored")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"levels": [{"item": "C1", "level": 4}]}, "scores-left-out"),
        ({"levels": [{"item": each, "level": 4} for each in [*ITEMS, "C1"]]}, "scores-left-out"),
        ({"levels": [{"item": each, "level": 0} for each in ITEMS]}, "invalid-input"),
        ({"report": "附幼儿测评成绩排名"}, "children-are-not-scored"),
        ({"children": []}, "invalid-input"),
    ],
)
async def test_a_self_evaluation_that_cannot_be_is_refused(quality: Service, change: dict[str, Any], code: str):
    one = await given.kindergarten(quality)
    path = f"/v1/self-evaluations/{one}/{given.YEAR}/beijing-supervision"
    refused = await quality.client(("principal", f"k:{one}")).put(path, json=put(**change))
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_evidence_is_ones_own_and_so_is_the_house(quality: Service):
    one, other = await given.kindergarten(quality), await given.kindergarten(quality)
    principal = quality.client(("principal", f"k:{one}"))
    levels = [{"item": each, "level": 4, "evidence": [str(new_id())]} for each in ITEMS]
    path = f"/v1/self-evaluations/{{}}/{given.YEAR}/beijing-supervision"
    assert (await principal.put(path.format(one), json=put(levels=levels))).status_code == 404
    assert (await principal.put(path.format(other), json=put())).status_code == 404
