"""年检 from its opening to its end, with the facts of other services, corrections, vetoes and appeals."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.quality.annual_inspections.deadlines import conclude_due
from services.quality.annual_inspections.schemas import AnnualInspectionPage
from shared.contracts.finance import ACCOUNT_ALERT_CLOSED, ACCOUNT_ALERT_RAISED
from shared.contracts.quality import ANNUAL_INSPECTION_DECIDED, AnnualInspectionFact
from shared.contracts.safety import MAJOR_HAZARD_CLOSED, MAJOR_HAZARD_RAISED, PENALTY_DECIDED
from shared.ids import new_id
from shared.workdays import add_working_days, working_days_between
from tests.quality import given, matrix
from tests.quality.annual_inspections.office import ITEMS, answers, findings, office
from tests.stack import Service


async def test_the_year_opens_once_for_every_kindergarten_that_operates(quality: Service):
    one, two = await given.kindergarten(quality), await given.kindergarten(quality)
    await given.kindergarten(quality, status="closed")
    officer = quality.client(given.OFFICER)
    opened = await officer.post("/v1/annual-inspections", json={"year": given.YEAR})
    assert (opened.status_code, len(opened.json()["opened"]), opened.json()["already_open"]) == (201, 2, 0)
    due = date.fromisoformat(opened.json()["due_on"])
    assert working_days_between(given.TODAY, due) == 20
    again = await officer.post("/v1/annual-inspections", json={"year": given.YEAR})
    assert (again.json()["opened"], again.json()["already_open"]) == ([], 2)
    page = AnnualInspectionPage.model_validate_json((await officer.get("/v1/annual-inspections")).content)
    assert {each.kindergarten for each in page.items} == {one, two}
    assert {(each.state, each.overdue) for each in page.items} == {("open", False)}


async def test_a_year_to_come_is_not_opened(quality: Service):
    refused = await quality.client(given.OFFICER).post("/v1/annual-inspections", json={"year": given.YEAR + 1})
    assert (refused.status_code, refused.json()["code"]) == (422, "year-not-begun")


async def test_everything_met_passes_and_is_announced(quality: Service):
    case = await office(quality)
    found = await case.decided()
    assert (found.result, found.vetoed, found.revision, found.effects) == ("passed", False, 1, [])
    (fact,) = await given.events(quality, ANNUAL_INSPECTION_DECIDED)
    assert AnnualInspectionFact.model_validate(fact).kindergarten == case.kindergarten
    assert (fact["result"], fact["document"], fact["revision"]) == ("passed", "怀教检〔2026〕1号", 1)
    assert [each.verb for each in found.steps] == ["submit", "assess", "decide"]


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"answers": [{"item": each, "met": True} for each in ITEMS[1:]]}, "items-left-out", "/answers"),
        ({"answers": [{"item": each, "met": True} for each in [*ITEMS, "X1"]]}, "items-not-asked", "/answers"),
        ({"answers": [{"item": each, "met": True} for each in [*ITEMS, "V1"]]}, "items-not-asked", "/answers"),
        ({"attested": False}, "invalid-input", "/attested"),
        (
            {"answers": [{"item": e, "met": True, "evidence": [str(new_id())]} for e in ITEMS]},
            "evidence-not-usable",
            "",
        ),
    ],
)
async def test_a_submission_answers_every_item_truthfully(
    quality: Service, change: dict[str, Any], code: str, pointer: str
):
    case = await office(quality)
    refused = await case.post(case.principal, "submissions", **answers(**change))
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert refused.json()["errors"][0]["pointer"].startswith(pointer)


async def test_evidence_of_the_kindergarten_stands_behind_an_answer(quality: Service):
    case = await office(quality)
    new: dict[str, Any] = {"kindergarten": str(case.kindergarten), "kind": "document", "title": "师德考核汇总表"}
    new |= {"items": ["annual-inspection:I12"], "collected_on": str(given.TODAY)}
    evidence = (await case.principal.post("/v1/evidence", json=new)).json()["id"]
    given_ = answers()
    given_["answers"][-3]["evidence"] = [evidence]
    found = await case.done(case.principal, "submissions", **given_)
    assert [str(each) for item in found.items for each in item.evidence] == [evidence]


async def test_a_returned_submission_is_handed_in_anew(quality: Service):
    case = await office(quality)
    await case.done(case.principal, "submissions", **answers())
    assert (await case.done(case.officer, "returns", note="缺少审计报告")).state == "open"
    changed = answers()
    changed["answers"][0]["met"] = False
    found = await case.done(case.principal, "submissions", **changed)
    assert (found.state, found.items[0].self_met) == ("submitted", False)


async def test_unmet_items_are_put_right_within_working_days(quality: Service):
    case = await office(quality)
    assert (await case.assessed("I02", "I05")).unmet == ["I02", "I05"]
    too_long = await case.post(case.officer, "correction-orders", days=16, note="限期整改")
    assert too_long.json()["code"] == "correction-too-long"
    ordered = await case.done(case.officer, "correction-orders", days=3, note="限期整改")
    assert ordered.correction_due_on == add_working_days(given.TODAY, 3)
    waits = await case.post(case.other, "decisions", document="x")
    assert waits.json()["code"] == "correction-still-runs"
    await case.done(case.principal, "corrections", note="教师已取得资格")
    again = await case.done(case.officer, "assessments", **findings("I05", note="复核"))
    once = await case.post(case.officer, "correction-orders", note="再次整改")
    assert once.json()["code"] == "correction-used-up"
    assert again.unmet == ["I05"]
    found = await case.done(case.other, "decisions", document="怀教检〔2026〕2号")
    assert (found.result, found.reasons) == ("conditional", ["未达到:I05"])
    assert [each.effect for each in found.effects] == ["rectification_ordered"]


async def test_who_lets_the_correction_period_pass_is_decided_on(quality: Service):
    case = await office(quality)
    await case.assessed("I01", "I02", "I03", "I04", "I05")
    await case.done(case.officer, "correction-orders", note="限期整改")
    await quality.database.fetch("UPDATE annual_inspections SET correction_due_on = %s", given.TODAY - timedelta(1))
    found = await case.done(case.leader, "decisions", document="怀教检〔2026〕3号")
    assert (found.result, found.vetoed, len(found.reasons)) == ("failed", False, 5)
    assert "subsidy_suspended" in [each.effect for each in found.effects]


async def test_who_does_not_hand_in_is_assessed_once_the_period_is_over(quality: Service):
    case = await office(quality)
    early = await case.post(case.officer, "assessments", **findings("V5"))
    assert early.json()["code"] == "submission-still-runs"
    await quality.database.fetch("UPDATE annual_inspections SET due_on = %s", given.TODAY - timedelta(1))
    found = await case.done(case.officer, "assessments", **findings("V5", note="逾期未提交"))
    assert (found.state, found.vetoed, {each.self_met for each in found.items}) == ("assessed", True, {False})
    assert (await case.done(case.other, "decisions", document="x")).result == "failed"


async def test_whoever_assessed_does_not_decide(quality: Service):
    case = await office(quality)
    await case.assessed()
    refused = await case.post(case.officer, "decisions", document="x")
    assert (refused.status_code, refused.json()["code"]) == (403, "another-person-needed")


async def test_what_safety_and_finance_told_weighs_on_the_items(quality: Service):
    case = await office(quality)
    place = {"kindergarten": str(case.kindergarten), "division": given.VILLAGE, "on": str(given.TODAY)}
    hazard, alert = str(new_id()), str(new_id())
    listed = place | {"hazard": hazard, "state": "listed", "due": None}
    await given.tell(quality, "safety", MAJOR_HAZARD_RAISED, listed)
    await given.tell(quality, "finance", ACCOUNT_ALERT_RAISED, place | {"alert": alert, "rule": "x", "state": "raised"})
    assert [each.kind for each in (await case.now()).facts] == ["major_hazard"]
    confirmed = place | {"alert": alert, "rule": "FIN-05", "state": "confirmed"}
    await given.tell(quality, "finance", ACCOUNT_ALERT_CLOSED, confirmed)
    assert {each.kind for each in (await case.now()).facts} == {"major_hazard", "account_alert"}
    await case.done(case.principal, "submissions", **answers())
    refused = await case.post(case.officer, "assessments", **findings("I07"))
    assert (refused.status_code, refused.json()["code"]) == (409, "fact-stands-against")
    assert refused.json()["errors"][0]["pointer"] == f"/findings/{ITEMS.index('I09')}/finding"
    assert (await case.done(case.officer, "assessments", **findings("I07", "I09"))).unmet == ["I07", "I09"]
    await given.tell(quality, "safety", MAJOR_HAZARD_CLOSED, listed | {"state": "removed"})
    assert [each.kind for each in (await case.now()).facts] == ["account_alert"]
    assert (await case.done(case.officer, "assessments", **findings("I07"))).unmet == ["I07"]


async def test_a_penalty_weighs_in_its_year(quality: Service):
    case = await office(quality)
    told = {"case": str(new_id()), "kindergarten": str(case.kindergarten), "division": given.VILLAGE}
    told |= {"decision": "警告", "basis": "学前教育法第七十九条", "decided_on": f"{given.YEAR - 1}-12-31"}
    await given.tell(quality, "safety", PENALTY_DECIDED, told)
    assert (await case.now()).facts == []
    await given.tell(quality, "safety", PENALTY_DECIDED, told | {"case": str(new_id()), "decided_on": str(given.TODAY)})
    assert [each.detail for each in (await case.now()).facts] == ["学前教育法第七十九条"]


async def test_one_hard_item_vetoes_and_no_correction_is_given(quality: Service):
    case = await office(quality)
    assert (await case.assessed("V2")).vetoed is True
    refused = await case.post(case.officer, "correction-orders", note="限期整改")
    assert refused.json()["code"] == "veto-cannot-be-corrected"
    found = await case.done(case.other, "decisions", document="怀教检〔2026〕4号")
    assert (found.result, found.vetoed) == ("failed", True)


async def test_an_appeal_upheld_is_the_next_revision(quality: Service):
    case = await office(quality)
    assert (await case.decided("I02")).result == "conditional"
    assert (await case.done(case.principal, "appeals", note="证书已提交")).state == "appealed"
    overturn = {"overturned": ["I02"], "document": "怀教复〔2026〕1号", "note": "核实无误"}
    wrong = await case.post(case.leader, "appeal-decisions", **overturn | {"overturned": ["I03"]})
    assert wrong.json()["code"] == "only-unmet-items-are-overturned"
    found = await case.done(case.leader, "appeal-decisions", **overturn)
    assert (found.state, found.result, found.revision, found.appeal_upheld) == ("final", "passed", 2, True)
    facts = await given.events(quality, ANNUAL_INSPECTION_DECIDED)
    assert [(each["revision"], each["result"]) for each in facts] == [(1, "conditional"), (2, "passed")]


async def test_a_rejected_appeal_changes_nothing_and_ends_it(quality: Service):
    case = await office(quality)
    await case.decided("I02")
    await case.done(case.principal, "appeals", note="不服")
    rejected = {"overturned": [], "document": "怀教复〔2026〕2号", "note": "维持"}
    found = await case.done(case.leader, "appeal-decisions", **rejected)
    assert (found.state, found.result, found.revision, found.appeal_upheld) == ("final", "conditional", 1, False)


async def test_the_period_to_appeal_is_ten_working_days(quality: Service):
    case = await office(quality)
    decided = await case.decided("I02")
    assert decided.appeal_until == add_working_days(given.TODAY, 10)
    early = await case.post(case.leader, "conclusions")
    assert early.json()["code"] == "appeal-period-runs"
    await quality.database.fetch("UPDATE annual_inspections SET appeal_until = %s", given.TODAY)
    assert {each.action for each in (await case.now(case.principal)).actions if each.allowed} == {"appeal"}
    await quality.database.fetch("UPDATE annual_inspections SET appeal_until = %s", given.TODAY - timedelta(1))
    late = await case.post(case.principal, "appeals", note="不服")
    assert late.json()["code"] == "appeal-period-over"
    assert (await case.done(case.leader, "conclusions")).state == "final"


async def test_inspections_stay_within_scope_also_as_a_file(quality: Service):
    case, other = await office(quality), await office(quality)
    principal = case.principal
    assert (await principal.get(f"/v1/annual-inspections/{other.id}")).status_code == 404
    assert (await other.post(principal, "submissions", **answers())).status_code == 404
    file = await principal.get("/v1/annual-inspections", headers={"accept": "text/csv"})
    assert (file.text.count("测试幼儿园"), str(other.kindergarten) in file.text) == (1, False)


async def test_former_states_are_kept(quality: Service):
    case = await office(quality)
    await case.decided()
    rows = await quality.database.fetch(
        "SELECT before->>'state' FROM row_history WHERE table_name = 'annual_inspections' ORDER BY id"
    )
    assert [state for (state,) in rows] == ["open", "submitted", "assessed"]


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    case = await office(quality)
    await case.decided("I02")
    past = str(given.TODAY - timedelta(1))
    undecided: dict[str, Any] = {"result": None, "document": None, "decided_by": None, "appeal_until": None}
    states: dict[str, dict[str, Any]] = {
        "open": undecided,
        "submitted": undecided,
        "assessed": undecided,
        "correcting": undecided | {"correction_due_on": past},
        "decided": {},
        "appealed": {"appealed_on": past, "appealed_by": "principal"},
        "final": {},
    }
    note = {"note": "说明"}
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "submit": ("submissions", answers()),
        "send_back": ("returns", note),
        "assess": ("assessments", findings("I02")),
        "order_correction": ("correction-orders", note),
        "report_correction": ("corrections", note),
        "decide": ("decisions", {"document": "x"}),
        "appeal": ("appeals", note),
        "decide_appeal": ("appeal-decisions", {"overturned": [], "document": "x", "note": "维持"}),
        "conclude": ("conclusions", {}),
    }
    grants = matrix.standing("quality.annual_inspections", case.kindergarten)
    assert len(grants) == 5
    wrong = await matrix.disagreements(
        quality, "annual_inspections", "/v1/annual-inspections", case.id, states, bodies, grants.values()
    )
    assert wrong == []


async def test_an_inspection_nobody_appealed_ends_by_itself_once(quality: Service):
    waits, over, appealed = await office(quality), await office(quality), await office(quality)
    for case in (waits, over, appealed):
        await case.decided("I02")
    past = given.TODAY - timedelta(1)
    await appealed.done(appealed.principal, "appeals", note="不服")
    ids = [over.id, appealed.id]
    await quality.database.fetch(
        "UPDATE annual_inspections SET appeal_until = %s WHERE id = ANY (%s::uuid[])", past, ids
    )
    database = quality.app.state.database
    assert [await conclude_due(database, given.TODAY), await conclude_due(database, given.TODAY)] == [1, 0]
    assert [(await each.now()).state for each in (waits, over, appealed)] == ["decided", "final", "appealed"]
    assert [each.actor for each in (await over.now()).steps][-1] == "system"
