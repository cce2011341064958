"""An evaluation from its plan to its improvement: drawn, observed, scored blind, compared, graded, published."""

from datetime import timedelta
from typing import Any

import pytest

from services.quality.evaluations.rules import sample
from services.quality.evaluations.schemas import EvaluationPage
from shared.contracts.quality import EVALUATION_PUBLISHED, EvaluationFact
from shared.contracts.safety import FindingFact
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.quality import given, matrix
from tests.quality.evaluations.team import ITEMS, levels, observation, team
from tests.stack import Service


async def test_a_third_of_each_age_is_drawn_and_anyone_can_draw_again(quality: Service):
    run = await team(quality, small=4, large=1)
    found = await run.done(run.organiser, "samples")
    assert sorted((each.kind, each.of) for each in found.sampled) == [("large", 1), ("small", 4), ("small", 4)]
    rows = await quality.database.fetch("SELECT kind, array_agg(id::text) FROM classes GROUP BY kind")
    again = sample(dict(rows), 3, found.seed or "")
    assert {str(each.id) for each in found.sampled} == {each for ids in again.values() for each in ids}
    twice = await run.post(run.organiser, "samples")
    assert twice.json()["code"] == "not-in-this-state"


async def test_a_house_without_classes_cannot_be_drawn_from(quality: Service):
    run = await team(quality, small=1)
    await quality.database.fetch("DELETE FROM classes")
    assert (await run.post(run.organiser, "samples")).json()["code"] == "no-classes-to-sample"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"minutes": 179}, 422, "observation-too-short"),
        ({"class_id": str(new_id())}, 422, "class-not-drawn"),
        ({"on": str(given.TODAY + timedelta(1))}, 422, "invalid-input"),
        ({"narrative": "给每名幼儿的语言表现打分"}, 422, "children-are-not-scored"),
        ({"child": str(new_id())}, 422, "invalid-input"),
    ],
)
async def test_an_observation_is_half_a_day_in_a_drawn_class_and_scores_no_child(
    quality: Service, change: dict[str, Any], status: int, code: str
):
    run = await team(quality)
    drawn = (await run.done(run.organiser, "samples")).sampled[0]
    refused = await run.post(run.members[0], "observations", **observation(drawn.id) | change)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_nobody_scores_before_every_drawn_class_was_observed_or_outside_the_team(quality: Service):
    run = await team(quality, small=1, large=1)
    drawn = (await run.done(run.organiser, "samples")).sampled
    await run.done(run.members[0], "observations", **observation(drawn[0].id))
    refused = await run.post(run.members[0], "scores", **levels())
    assert (refused.json()["code"], "1" in refused.json()["detail"]) == ("classes-not-observed", True)
    await run.done(run.members[1], "observations", **observation(drawn[1].id))
    assert (await run.post(run.outsider, "scores", **levels())).json()["code"] == "not-in-the-team"
    assert (await run.post(run.members[0], "scores", scores=levels()["scores"][1:])).json()["code"] == "scores-left-out"
    assert (await run.post(run.members[0], "scores", **levels(C1=6))).status_code == 422


async def test_scores_are_blind_until_all_are_in(quality: Service):
    run = await team(quality)
    await run.observed()
    await run.done(run.members[0], "scores", **levels(5, 5, 5, 5, 5))
    await run.done(run.members[1], "scores", **levels())
    assert {each.evaluator for each in (await run.seen(run.members[0])).scores} == {"anna"}
    assert {each.evaluator for each in (await run.seen(run.members[1])).scores} == {"bo"}
    assert (await run.seen(run.members[2])).scores == (await run.seen(run.organiser)).scores == []
    await run.done(run.members[2], "scores", **levels())
    assert {each.evaluator for each in (await run.seen(run.organiser)).scores} == {"anna", "bo", "chen"}
    again = await run.post(run.members[2], "scores", **levels())
    assert again.json()["code"] == "not-in-this-state"


async def test_agreement_is_measured_pair_by_pair_and_low_agreement_calls_for_recalibration(quality: Service):
    run = await team(quality)
    found = await run.scored(levels(5, 4, 3, 2, 1), levels(5, 4, 3, 2, 1), levels(1, 2, 3, 4, 5))
    pairs = {(each.one, each.two): each for each in found.agreement}
    assert pairs["anna", "bo"].kappa == pairs["anna", "bo"].quadratic_kappa == 1
    assert (pairs["anna", "chen"].same, pairs["anna", "chen"].quadratic_kappa) == (1, -1)
    assert (found.state, found.kappa, found.recalibration) == ("reconciling", -1, True)
    assert found.differing == ["C1", "C2", "P2", "R1"]
    assert [(each.item, each.level, each.origin) for each in found.levels] == [("P1", 3, "agreed")]


async def test_the_team_agrees_on_every_item_on_which_it_differed(quality: Service):
    run = await team(quality)
    await run.scored(levels(), levels(), levels(C1=5, R1=2))
    wrong = {"levels": [{"item": "C1", "level": 4}], "note": "讨论"}
    assert (await run.post(run.members[0], "reconciliations", **wrong)).json()["code"] == "levels-left-out"
    agreed = {"levels": [{"item": "C1", "level": 4}, {"item": "R1", "level": 3, "note": "复看记录"}], "note": "讨论"}
    found = await run.done(run.members[0], "reconciliations", **agreed)
    assert (found.state, {each.item: each.level for each in found.levels}) == (
        "agreed",
        dict(zip(ITEMS, (4, 4, 4, 4, 3), strict=True)),
    )


async def test_points_and_grade_follow_by_rule_and_the_team_does_not_moderate(quality: Service):
    run = await team(quality)
    await run.scored(*(levels(5, 3, 4, 4, 1),) * 3)
    member = quality.client(given.OFFICER, sub="anna")
    refused = await run.post(member, "moderations", note="x")
    assert (refused.status_code, refused.json()["code"]) == (403, "team-does-not-moderate")
    found = await run.done(run.organiser, "moderations", note="材料齐全")
    assert {part: str(value) for part, value in found.parts.items()} == {"C": "80.00", "P": "80.00", "R": "20.00"}
    assert (str(found.points), found.grade) == ("68.00", "qualified")


async def test_what_was_found_stays_inside_until_it_is_published(quality: Service):
    run = await team(quality)
    await run.scored()
    await run.done(run.organiser, "moderations", note="内部讨论")
    before = await run.seen(run.principal)
    assert (before.grade, before.points, before.scores, before.levels, before.observations) == (None, None, [], [], [])
    assert "内部讨论" not in (await run.principal.get(f"/v1/evaluations/{run.id}")).text
    for accept in ("application/json", "text/csv"):
        assert "good" not in (await run.principal.get("/v1/evaluations", headers={"accept": accept})).text
    found = await run.principal.get("/v1/evaluations", params={"grade": "good"})
    assert EvaluationPage.model_validate_json(found.content).items == []
    await run.done(run.leader, "publications")
    assert ((await run.seen(run.principal)).grade, (await run.seen(run.principal)).levels != []) == ("good", True)


async def test_publication_is_provisional_then_final_and_told_to_the_other_services(quality: Service):
    run = await team(quality)
    found = await run.published()
    assert (found.state, found.appeal_until) == ("provisional", add_working_days(given.TODAY, 10))
    assert (await run.post(run.leader, "finalisations")).json()["code"] == "appeal-time-runs"
    await quality.database.fetch("UPDATE evaluations SET appeal_until = %s", given.TODAY - timedelta(1))
    assert (await run.post(run.principal, "appeals", note="x")).json()["code"] == "appeal-time-over"
    await run.done(run.leader, "finalisations")
    facts = [EvaluationFact.model_validate(each) for each in await given.events(quality, EVALUATION_PUBLISHED)]
    assert [(each.status, each.grade, each.qualified) for each in facts] == [
        ("provisional", "good", True),
        ("final", "good", True),
    ]
    assert {(each.framework, each.framework_version) for each in facts} == {("beijing-supervision", "trial")}


async def test_an_appeal_upheld_sets_levels_and_grades_anew(quality: Service):
    run = await team(quality)
    await run.published(*(levels(3, 3, 3, 3, 3),) * 3)
    await run.done(run.principal, "appeals", note="保育教育证据未计入")
    fixed = {"levels": [{"item": "P1", "level": 5}, {"item": "P2", "level": 5}], "note": "证据成立"}
    unknown = fixed | {"levels": [{"item": "X1", "level": 5}]}
    assert (await run.post(run.leader, "appeal-decisions", **unknown)).json()["code"] == "item-not-scored"
    found = await run.done(run.leader, "appeal-decisions", **fixed)
    assert (str(found.points), found.grade, found.appeal_upheld) == ("80.00", "good", True)
    assert (await run.post(run.principal, "appeals", note="再次")).json()["code"] == "appealed-once"
    assert (await run.done(run.leader, "finalisations")).state == "final"
    assert len(await given.events(quality, EVALUATION_PUBLISHED)) == 3


async def test_a_serious_ethics_case_of_the_year_makes_it_unqualified(quality: Service):
    run = await team(quality)
    await given.insert(
        quality,
        "service_facts",
        kind="serious_ethics_violation",
        source=new_id(),
        kindergarten=run.kindergarten,
        division=given.VILLAGE,
        state="confirmed",
        standing=True,
        on_day=given.TODAY,
        detail="",
    )
    found = await run.published(*(levels(5, 5, 5, 5, 5),) * 3)
    assert (str(found.points), found.grade) == ("100.00", "unqualified")
    assert "严重师德失范" in (found.grade_reason or "")
    (fact,) = await given.events(quality, EVALUATION_PUBLISHED)
    assert fact["qualified"] is False


async def test_improvement_is_planned_within_working_days_and_verified(quality: Service):
    run = await team(quality)
    await run.published()
    await quality.database.fetch("UPDATE evaluations SET appeal_until = %s", given.TODAY - timedelta(1))
    await run.done(run.leader, "finalisations")
    assert (await run.post(run.organiser, "improvement-verifications", note="x")).json()[
        "code"
    ] == "no-improvement-plan"
    measure = {"item": "P2", "measure": "减少集体等待", "responsible": "保教主任", "due_on": str(given.TODAY)}
    late = measure | {"due_on": str(add_working_days(given.TODAY, 61))}
    assert (await run.post(run.principal, "improvement-plans", measures=[late])).json()["code"] == "due-too-late"
    last = measure | {"due_on": str(add_working_days(given.TODAY, 60))}
    found = await run.done(run.principal, "improvement-plans", measures=[measure, last])
    assert found.improvement_due_on == add_working_days(given.TODAY, 60)
    verified = await run.done(run.organiser, "improvement-verifications", note="回访属实")
    assert verified.improvement_verified_on == given.TODAY
    again = await run.post(run.principal, "improvement-plans", measures=[measure])
    assert again.json()["code"] == "improvement-verified"
    rows = await quality.database.fetch("SELECT data FROM events WHERE type = 'quality.finding.raised'")
    (fact,) = [FindingFact.model_validate(data) for (data,) in rows]  # one an item, for the rectification engine
    assert (fact.reference, fact.found_on) == (f"evaluations/{found.id}/P2", given.TODAY)
    assert fact.description.endswith("减少集体等待；减少集体等待")


async def test_a_plan_is_carried_out_once_by_two_at_least(quality: Service):
    run = await team(quality)
    again = await run.organiser.post("/v1/evaluations", json={"plan": run.plan})
    assert (again.status_code, again.json()["code"]) == (409, "plan-is-carried-out-once")
    await quality.database.fetch("DELETE FROM evaluations")
    await quality.database.fetch("UPDATE evaluation_plans SET team = '{anna}'")
    alone = await run.organiser.post("/v1/evaluations", json={"plan": run.plan})
    assert alone.json()["code"] == "team-too-small"


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    run = await team(quality)
    await run.published()
    past = str(given.TODAY - timedelta(1))
    grants = matrix.standing("quality.evaluations.", run.kindergarten)
    there: dict[str, Any] = {"team": ["inspector of the matrix", "bo"], "scored_by": [], "unobserved": 0}
    early = there | {"published_on": None, "appeal_until": None}
    drawn = (await run.seen(run.organiser)).sampled[0]
    states: dict[str, dict[str, Any]] = {
        "planned": early,
        "sampled": early,
        "scoring": early,
        "reconciling": early | {"differing": ["R1"]},
        "agreed": early,
        "moderated": early,
        "provisional": there | {"appealed_on": None},
        "appealed": there | {"appealed_on": past},
        "final": there | {"improvement": [{"item": "P2", "measure": "x", "responsible": "x", "due_on": past}]},
    }
    note = {"note": "说明"}
    measure = {"item": "P2", "measure": "x", "responsible": "x", "due_on": str(given.TODAY)}
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "draw_sample": ("samples", {}),
        "observe": ("observations", observation(drawn.id)),
        "score": ("scores", levels()),
        "reconcile": ("reconciliations", {"levels": [{"item": "R1", "level": 3}], "note": "讨论"}),
        "moderate": ("moderations", note),
        "publish": ("publications", {}),
        "appeal": ("appeals", note),
        "decide_appeal": ("appeal-decisions", {"levels": [], "note": "维持"}),
        "finalise": ("finalisations", {}),
        "plan_improvement": ("improvement-plans", {"measures": [measure]}),
        "verify_improvement": ("improvement-verifications", note),
    }
    clean = "DELETE FROM evaluation_scores; DELETE FROM evaluation_levels WHERE item = 'R1'"
    wrong = await matrix.disagreements(
        quality, "evaluations", "/v1/evaluations", run.id, states, bodies, grants.values(), cleanup=clean
    )
    assert wrong == []
