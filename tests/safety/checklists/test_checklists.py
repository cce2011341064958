"""Checklists in versions."""

from datetime import timedelta

from services.safety.checklists.schemas import ChecklistOut, ChecklistPage
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service


async def test_a_new_version_ends_the_one_before(safety: Service):
    first = await given.checklist(safety, since=TODAY - timedelta(100))
    second = await given.checklist(safety)
    officer = safety.client(OFFICER)
    found = ChecklistOut.model_validate_json((await officer.get(f"/v1/checklists/{first}")).content)
    assert (found.until, found.number) == (TODAY, 1)
    assert [each.code for each in found.items] == ["1.1", "1.2", "2.1"]
    page = ChecklistPage.model_validate_json((await officer.get("/v1/checklists?code=daily")).content)
    assert sorted(each.number for each in page.items) == [1, 2]
    again = await officer.post(f"/v1/checklists/{second}/publications", json={"since": TODAY.isoformat()})
    assert again.json()["code"] == "checklist-is-published"


async def test_a_kindergarten_reads_the_districts_checklists_and_writes_none(safety: Service):
    await given.checklist(safety)
    garden = await given.kindergarten(safety)
    principal = safety.client(("principal", f"k:{garden}"))
    assert len((await principal.get("/v1/checklists")).json()["items"]) == 1
    new = {"code": "own", "title": "x", "use": "inspection", "document": "x", "items": given.items()}
    assert (await principal.post("/v1/checklists", json=new)).status_code == 403


async def test_a_self_check_without_a_period_is_refused(safety: Service):
    new = {"code": "own", "title": "x", "use": "self_check", "document": "x", "items": given.items()}
    answer = await safety.client(OFFICER).post("/v1/checklists", json=new)
    assert answer.json()["code"] == "self-check-has-a-period"


async def test_who_works_for_one_kindergarten_makes_no_districts_checklist(safety: Service):
    garden = await given.kindergarten(safety)
    officer = safety.client(("safety_officer", f"k:{garden}"))
    new = {"code": "own", "title": "x", "use": "inspection", "document": "x", "items": given.items()}
    assert (await officer.post("/v1/checklists", json=new)).status_code == 403
