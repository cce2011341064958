"""小学化: from a complaint or a finding to an order, another look, or a referral."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.quality.primary_style_cases.schemas import StyleCaseOut, StyleCasePage
from tests.quality import given, matrix
from tests.quality.primary_style_checks.test_primary_style_checks import check
from tests.stack import Service

NOTE = {"note": "说明"}
DUE = {"due_on": str(given.TODAY + timedelta(15)), "note": "立即停止教授拼音"}
FOUND = {"items": ["T1a"], "note": "课表与教具为证"}


async def received(service: Service, **changes: Any) -> tuple[UUID, str]:
    one = await given.kindergarten(service)
    new = {"kindergarten": str(one), "source": "complaint", "received_on": str(given.TODAY), "summary": "大班教拼音"}
    made = await service.client(("town_officer", given.TOWN)).post("/v1/primary-style-cases", json=new | changes)
    assert made.status_code == 201, made.text
    return one, str(made.json()["id"])


async def test_a_complaint_becomes_a_case_and_is_put_right(quality: Service):
    one, id_ = await received(quality)
    officer, principal = quality.client(given.OFFICER), quality.client(("principal", f"k:{one}"))
    path = f"/v1/primary-style-cases/{id_}"
    assert (await officer.post(f"{path}/confirmations", json=FOUND)).json()["items"] == ["T1a"]
    past = await officer.post(f"{path}/orders", json=DUE | {"due_on": str(given.TODAY - timedelta(1))})
    assert past.status_code == 422
    assert (await officer.post(f"{path}/orders", json=DUE | {"due_on": str(given.TODAY)})).json()["overdue"] is False
    await quality.database.fetch("UPDATE primary_style_cases SET due_on = %s", given.TODAY - timedelta(1))
    late = await officer.get("/v1/primary-style-cases", params={"overdue": "true", "open": "true"})
    assert len(StyleCasePage.model_validate_json(late.content).items) == 1
    await principal.post(f"{path}/answers", json={"note": "已撤换教具"})
    assert (await officer.post(f"{path}/reopenings", json=DUE)).json()["state"] == "ordered"
    await principal.post(f"{path}/answers", json={"note": "已培训教师"})
    done = StyleCaseOut.model_validate_json((await officer.post(f"{path}/closures", json=NOTE)).content)
    assert (done.state, done.ended_on, done.answer) == ("closed", given.TODAY, "已培训教师")
    assert [each.verb for each in done.steps] == ["confirm", "order", "answer", "reopen", "answer", "close"]
    assert (await officer.get("/v1/primary-style-cases", params={"open": "true"})).json()["items"] == []


async def test_qua_05_what_a_check_finds_is_a_case_at_once_and_a_clean_check_is_none(quality: Service):
    one, clean = await given.kindergarten(quality), await given.kindergarten(quality)
    inspector = quality.client(("inspector", given.DISTRICT))
    await inspector.post("/v1/primary-style-checks", json=check(clean))
    made = await inspector.post("/v1/primary-style-checks", json=check(one, "T1b"))
    page = await inspector.get("/v1/primary-style-cases", params={"source": "check"})
    (row,) = StyleCasePage.model_validate_json(page.content).items
    assert (row.kindergarten, row.items, row.state) == (one, ["T1b"], "confirmed")
    officer = quality.client(given.OFFICER)
    path = f"/v1/primary-style-cases/{row.id}"
    assert (await officer.get(path)).json()["check"] == made.json()["id"]
    referred = await officer.post(f"{path}/referrals", json=NOTE | {"organ": "区教委执法科"})
    assert (referred.json()["state"], referred.json()["referred_to"]) == ("referred", "区教委执法科")


async def test_an_item_that_is_not_on_the_list_is_refused_and_teachers_see_no_case(quality: Service):
    one, id_ = await received(quality)
    officer = quality.client(given.OFFICER)
    path = f"/v1/primary-style-cases/{id_}"
    refused = await officer.post(f"{path}/confirmations", json=FOUND | {"items": ["T1a", "T9"]})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (404, "/items/1")
    assert (await quality.client(("teacher", f"k:{one}")).get(path)).status_code == 403
    other = quality.client(("principal", f"k:{await given.kindergarten(quality)}"))
    assert (await other.get(path)).status_code == 404


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, id_ = await received(quality)
    states: dict[str, dict[str, Any]] = {
        each: {"due_on": str(given.TODAY)}
        for each in ("received", "confirmed", "dismissed", "ordered", "answered", "closed", "referred")
    }
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "confirm": ("confirmations", FOUND),
        "dismiss": ("dismissals", NOTE),
        "order": ("orders", DUE),
        "answer": ("answers", NOTE),
        "close": ("closures", NOTE),
        "reopen": ("reopenings", DUE),
        "refer": ("referrals", NOTE | {"organ": "区教委执法科"}),
    }
    grants = matrix.standing(("quality.style_cases.", "quality.daily_life."), one).values()
    path = "/v1/primary-style-cases"
    assert await matrix.disagreements(quality, "primary_style_cases", path, id_, states, bodies, grants) == []
