"""师德 cases: the child first, the police at once, then investigation, notice, hearing, decision, appeal, record."""

from datetime import timedelta
from typing import Any

import pytest

from services.quality.ethics_cases.rules import term_end
from shared.contracts.quality import ANNUAL_INSPECTION_DECIDED
from shared.workdays import add_working_days
from tests.quality import given, matrix
from tests.quality.annual_inspections.office import Office, answers, findings
from tests.quality.ethics_cases.desk import DECISION, NUMBER, REPORT, desk
from tests.stack import Service


async def status(case: Any) -> str:
    answer = await case.stranger.post("/v1/ethics-reports/status", json={"receipt": case.receipt})
    return str(answer.json()["status"])


async def test_an_anonymous_report_keeps_nothing_of_its_sender_and_tells_how_far_it_is(quality: Service):
    case = await desk(quality)
    seen = await case.read(case.handler)
    assert (seen.anonymous, seen.reported_by, seen.harms_children) == (True, None, True)
    assert await status(case) == "received"
    await case.accepted()
    assert await status(case) == "in_progress"
    untold = await case.post(case.handler, "dismissals", note="不属实")
    assert untold.json()["code"] == "protection-comes-first"
    await case.protected()
    await case.done(case.handler, "dismissals", note="不属实")
    assert await status(case) == "closed"
    unknown = await case.stranger.post("/v1/ethics-reports/status", json={"receipt": "x" * 32})
    assert unknown.json() == {"status": "unknown"}


async def test_whoever_reports_by_name_is_known_to_those_who_know_and_sees_nothing(quality: Service):
    kindergarten = await given.kindergarten(quality)
    teacher = quality.client(("teacher", f"k:{kindergarten}"), sub="teacher")
    answer = await teacher.post("/v1/ethics-reports", json={"kindergarten": str(kindergarten)} | REPORT)
    assert (answer.status_code, answer.json().keys()) == (201, {"receipt", "received_on"})
    assert (await teacher.get("/v1/ethics-cases")).status_code == 403
    rows = await quality.database.fetch("SELECT reported_by, anonymous FROM ethics_cases")
    assert rows == [("teacher", False)]


async def test_a_report_of_an_unknown_kindergarten_is_refused(quality: Service):
    new = REPORT | {"kindergarten": "0190b2a0-0000-7000-8000-000000000001"}
    answer = await quality.client().post("/v1/ethics-reports/anonymous", json=new)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (404, "/kindergarten")


async def test_the_child_comes_first_then_the_police_then_the_findings(quality: Service):
    case = await desk(quality)
    await case.accepted()
    found = {"findings": "属实", "behaviours": ["corporal_punishment"], "accused": "张某"}
    assert (await case.post(case.handler, "findings", **found)).json()["code"] == "protection-comes-first"
    await case.done(case.handler, "protections", protection="停止带班")
    assert (await case.post(case.handler, "findings", **found)).json()["code"] == "police-comes-first"
    told = {"unit": "怀柔分局(演示)", "receipt": "110-0001", "on": str(given.TODAY + timedelta(1))}
    assert (await case.post(case.handler, "police-reports", **told)).status_code == 422
    await case.done(case.handler, "police-reports", **told | {"on": str(given.TODAY)})
    assert (await case.done(case.handler, "findings", **found)).state == "investigated"


async def test_harm_that_comes_to_light_in_the_investigation_goes_to_the_police_too(quality: Service):
    case = await desk(quality, behaviours=["other_norm"])
    await case.accepted()
    found = {"findings": "查明存在体罚", "behaviours": ["corporal_punishment"], "accused": "张某"}
    assert (await case.post(case.handler, "findings", **found)).json()["code"] == "police-comes-first"


async def test_the_person_is_heard_before_the_decision_and_another_decides(quality: Service):
    case = await desk(quality)
    noticed = await case.notified()
    assert noticed.statement_until == add_working_days(given.TODAY, 5)
    early = await case.post(case.leader, "decisions", **DECISION)
    assert early.json()["code"] == "statement-period-runs"
    await case.done(case.handler, "hearings", kind="hearing", statement="听证笔录")
    own = await case.post(case.handler, "decisions", **DECISION)
    assert (own.status_code, own.json()["code"]) == (403, "another-person-needed")
    decided = await case.done(case.leader, "decisions", **DECISION)
    assert (decided.state, decided.serious, decided.decided_by) == ("decided", True, "leader")
    terms = {each.sanction: each.until for each in decided.sanctions}
    assert terms == {"demerit": term_end(given.TODAY, 12), "qualification_loss": term_end(given.TODAY, 24)}
    assert [each.verb for each in decided.steps][-3:] == ["notify", "hear", "decide"]


async def test_a_silent_person_is_decided_on_after_the_period(quality: Service):
    case = await desk(quality)
    await case.notified()
    await quality.database.fetch("UPDATE ethics_cases SET statement_until = %s", given.TODAY - timedelta(1))
    assert (await case.done(case.leader, "decisions", **DECISION)).state == "decided"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"confirmed": False}, "unconfirmed-is-not-sanctioned"),
        ({"behaviours": []}, "confirmed-names-behaviours"),
        ({"serious": False}, "listed-as-serious"),
        ({"bar": {"life": False}}, "bar-needs-term-and-number"),
        ({"bar": {"life": True, "months": 12}}, "bar-needs-term-and-number"),
        ({"norms": ["N11"]}, "invalid-input"),
    ],
)
async def test_a_decision_holds_together(quality: Service, change: dict[str, Any], code: str):
    case = await desk(quality)
    await case.notified()
    await case.done(case.handler, "hearings", kind="waived", statement="放弃")
    refused = await case.post(case.leader, "decisions", **DECISION | change)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_severe_sanctions_are_for_a_leader(quality: Service):
    case = await desk(quality)
    await case.notified()
    await case.done(case.handler, "hearings", kind="waived", statement="放弃")
    await case.done(case.handler, "members", members=["handler", "second handler"], note="改由科室决定")
    for change in ({"sanctions": ["dismissal"]}, {"bar": {"life": True}}):
        refused = await case.post(case.second, "decisions", **DECISION | change)
        assert (refused.status_code, refused.json()["code"]) == (403, "leader-decides")
    assert (await case.done(case.second, "decisions", **DECISION)).decided_by == "second handler"


async def test_the_accused_is_never_among_those_who_know(quality: Service):
    case = await desk(quality)
    named = {"lead": "handler", "members": ["zhang"], "accused_account": "zhang", "note": "受理"}
    refused = await case.post(case.handler, "acceptances", **named)
    assert (refused.status_code, refused.json()["code"]) == (422, "accused-cannot-know")
    await case.accepted(accused_account="zhang")
    later = await case.post(case.handler, "members", members=["handler", "zhang"], note="x")
    assert later.json()["code"] == "accused-cannot-know"
    without = await case.post(case.handler, "members", members=["leader"], note="x")
    assert without.json()["code"] == "actor-must-stay"


async def test_qua_03_a_confirmed_serious_case_fails_a_passed_inspection_at_once_and_an_upheld_appeal_restores_it(
    quality: Service,
):
    case = await desk(quality)
    inspection = await Office(quality, case.kindergarten).begin()
    assert (await inspection.decided()).result == "passed"
    await case.decided(bar={"life": True})
    vetoed = await inspection.now()
    assert (vetoed.result, vetoed.vetoed, vetoed.revision) == ("failed", True, 2)
    assert "subsidy_suspended" in [each.effect for each in vetoed.effects]
    await case.done(case.handler, "members", members=["handler", "second leader"], note="申诉由他人办理")
    await case.done(case.handler, "appeals", note="不服处理决定")
    revoked = await case.done(case.second_leader, "appeal-decisions", upheld=True, document="复1号", note="证据不足")
    assert revoked.state == "revoked"
    restored = await inspection.now()
    assert (restored.result, restored.vetoed, restored.revision) == ("passed", False, 3)
    facts = await given.events(quality, ANNUAL_INSPECTION_DECIDED)
    told = [(each["revision"], each["result"], each["vetoed"]) for each in facts]
    assert told == [(1, "passed", False), (2, "failed", True), (3, "passed", False)]
    assert [each.verb for each in restored.steps][-2:] == ["veto", "lift_veto"]


async def test_a_case_confirmed_before_the_inspection_vetoes_it_when_it_is_opened_and_decided(quality: Service):
    case = await desk(quality)
    await case.decided()
    inspection = await Office(quality, case.kindergarten).begin()
    assert (await inspection.now()).vetoed is True
    await inspection.done(inspection.principal, "submissions", **answers())
    refused = await inspection.post(inspection.officer, "assessments", **findings())
    assert refused.json()["code"] == "fact-stands-against"
    await inspection.done(inspection.officer, "assessments", **findings("V1"))
    decided = await inspection.done(inspection.other, "decisions", document="x")
    assert (decided.result, decided.vetoed) == ("failed", True)
    # The one fact that links the two: who knows of the case finds it there, nobody else can tell whose it is.
    (fact,) = decided.facts
    assert (await case.read(case.handler)).veto_source == fact.source
    await case.done(case.handler, "members", members=["handler", "second leader"], note="申诉由他人办理")
    await case.done(case.handler, "appeals", note="不服处理决定")
    await case.done(case.second_leader, "appeal-decisions", upheld=True, document="复1号", note="证据不足")
    restored = await inspection.now()
    assert (restored.result, restored.vetoed, restored.unmet, restored.facts) == ("passed", False, [], [])
    assert restored.effective_from == decided.decided_on


async def test_an_inspection_appeal_does_not_lift_the_veto_of_a_case(quality: Service):
    case = await desk(quality)
    inspection = await Office(quality, case.kindergarten).begin()
    await inspection.decided("I02")
    await case.decided()
    await inspection.done(inspection.principal, "appeals", note="不服")
    overturn = {"overturned": ["I02"], "document": "x", "note": "核实"}
    found = await inspection.done(inspection.leader, "appeal-decisions", **overturn)
    assert (found.result, found.vetoed, found.revision) == ("failed", True, 3)


async def test_a_case_that_is_not_serious_vetoes_nothing(quality: Service):
    case = await desk(quality, behaviours=["insult"])
    inspection = await Office(quality, case.kindergarten).begin()
    decided = await case.decided(behaviours=["insult"], sanctions=["criticism"])
    assert decided.serious is False
    assert (await inspection.now()).vetoed is False


async def test_the_period_to_appeal_runs_thirty_days(quality: Service):
    case = await desk(quality)
    decided = await case.decided()
    assert decided.appeal_until == given.TODAY + timedelta(30)
    assert (await case.post(case.handler, "conclusions")).json()["code"] == "ethics-appeal-period-runs"
    await quality.database.fetch("UPDATE ethics_cases SET appeal_until = %s", given.TODAY - timedelta(1))
    assert (await case.post(case.handler, "appeals", note="x")).json()["code"] == "ethics-appeal-period-over"
    assert (await case.done(case.handler, "conclusions")).state == "final"


async def test_a_wrong_identity_number_is_refused(quality: Service):
    case = await desk(quality)
    await case.accepted()
    await case.protected()
    found = {"findings": "属实", "behaviours": ["corporal_punishment"], "accused": "张某"}
    refused = await case.post(case.handler, "findings", **found, accused_number=NUMBER[:-1] + "1")
    assert (refused.status_code, refused.json()["code"]) == (422, "number-is-not-valid")
    assert NUMBER[:-1] not in refused.text


async def test_in_every_state_each_role_that_knows_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    case = await desk(quality)
    await case.decided()
    past, later = str(given.TODAY - timedelta(1)), str(given.TODAY + timedelta(9))
    grants = matrix.standing("quality.ethics.", case.kindergarten)
    known = [f"{role} of the matrix" for role, _ in grants.values()]
    here: dict[str, Any] = {"need_to_know": known, "lead": "quality_officer of the matrix", "appeal_until": later}
    untold = here | {"police_on": None, "protection": None}
    states: dict[str, dict[str, Any]] = {
        "reported": untold,
        "investigating": here,
        "investigated": here,
        "notified": here | {"heard_on": None, "statement_until": past},
        "decided": here,
        "appealed": here,
        "final": here,
        "revoked": here,
        "dismissed": here,
    }
    note = {"note": "说明"}
    found = {"findings": "属实", "behaviours": ["corporal_punishment"], "accused": "张某"}
    lead = "quality_officer of the matrix"
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "accept": ("acceptances", {"lead": lead, "members": known, "note": "受理"}),
        "dismiss": ("dismissals", note),
        "protect": ("protections", {"protection": "停止带班"}),
        "report_to_police": ("police-reports", {"unit": "x", "receipt": "x", "on": str(given.TODAY)}),
        "name_members": ("members", {"members": known, "note": "调整"}),
        "record_findings": ("findings", found),
        "notify": ("notices", {"proposal": "拟处理"}),
        "hear": ("hearings", {"kind": "waived", "statement": "放弃"}),
        "decide": ("decisions", DECISION | {"sanctions": ["warning"]}),
        "appeal": ("appeals", note),
        "decide_appeal": ("appeal-decisions", {"upheld": False, "document": "x", "note": "维持"}),
        "conclude": ("conclusions", {}),
    }
    wrong = await matrix.disagreements(
        quality, "ethics_cases", "/v1/ethics-cases", case.id, states, bodies, grants.values()
    )
    assert wrong == []
