"""Who agrees too little with another scores a reference set anew, and another person checks that it helped."""

from datetime import timedelta
from typing import Any

from services.quality.recalibrations.schemas import RecalibrationOut, RecalibrationPage
from shared.workdays import add_working_days
from tests.quality import given, matrix
from tests.quality.evaluations.team import Team, levels, team
from tests.stack import Service

REFERENCE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]


def scored(*levels_: int) -> dict[str, Any]:
    pairs = zip(levels_, REFERENCE, strict=True)
    return {"scores": [{"item": f"C{n}", "level": a, "reference": b} for n, (a, b) in enumerate(pairs)]}


async def apart(quality: Service) -> Team:
    """Two who agree and one who says the contrary of both."""
    run = await team(quality)
    await run.scored(levels(5, 4, 3, 2, 1), levels(5, 4, 3, 2, 1), levels(1, 2, 3, 4, 5))
    return run


async def tasks(run: Team, **query: str) -> RecalibrationPage:
    answer = await run.organiser.get("/v1/recalibrations", params=query)
    return RecalibrationPage.model_validate_json(answer.content)


async def test_each_of_a_pair_that_agrees_too_little_gets_a_task_with_a_date(quality: Service):
    run = await apart(quality)
    found = (await tasks(run)).items
    assert {each.evaluator: each.kappa for each in found} == {"anna": -1.0, "bo": -1.0, "chen": -1.0}
    assert {each.due_on for each in found} == {add_working_days(given.TODAY, 20)}
    assert found[0].items == ["C1", "C2", "P2", "R1"]
    assert len((await tasks(run, evaluator="bo", state="open")).items) == 1
    assert (await tasks(run, overdue="true")).items == []
    assert (await run.principal.get("/v1/recalibrations")).status_code == 403


async def test_who_agree_get_none(quality: Service):
    run = await team(quality)
    await run.scored()
    assert (await tasks(run)).items == []


async def test_the_agreement_reached_is_computed_and_must_be_the_districts(quality: Service):
    run = await apart(quality)
    (task,) = (await tasks(run, evaluator="chen")).items
    path = f"/v1/recalibrations/{task.id}/completions"
    low = await run.organiser.post(path, json=scored(*REFERENCE[::-1]))
    assert (low.status_code, low.json()["code"]) == (422, "still-too-far-apart")
    flat = {"scores": [{"item": f"C{n}", "level": 3, "reference": 3} for n in range(10)]}
    assert (await run.organiser.post(path, json=flat)).json()["code"] == "still-too-far-apart"
    own = await quality.client(given.OFFICER, sub="chen").post(path, json=scored(*REFERENCE))
    assert own.json()["code"] == "another-person-needed"
    done = await run.organiser.post(path, json=scored(1, 2, 3, 4, 5, 1, 2, 3, 4, 4))
    found = RecalibrationOut.model_validate_json(done.content)
    assert (found.state, round(found.reached or 0, 3), found.completed_by) == ("done", 0.973, "organiser")
    assert [each.verb for each in found.steps] == ["complete"]


async def test_a_late_task_shows(quality: Service):
    run = await apart(quality)
    await quality.database.fetch("UPDATE recalibrations SET due_on = %s", given.TODAY - timedelta(1))
    assert len((await tasks(run, overdue="true")).items) == 3


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    run = await apart(quality)
    task = (await tasks(run)).items[0]
    states: dict[str, dict[str, Any]] = {"open": {}, "done": {}}
    bodies = {"complete": ("completions", scored(*REFERENCE))}
    grants = matrix.standing("quality.evaluations.", run.kindergarten).values()
    assert (
        await matrix.disagreements(
            quality, "recalibrations", "/v1/recalibrations", str(task.id), states, bodies, grants, "DELETE FROM steps"
        )
        == []
    )
