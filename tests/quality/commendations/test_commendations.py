"""评优: the record of the year is asked at each step, and a veto bars until it is lifted."""

from datetime import timedelta
from typing import Any

import httpx

from services.quality.commendations.schemas import CommendationOut
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.quality import given, matrix
from tests.stack import Service

NOTE = {"note": "说明"}


async def nominated(service: Service) -> tuple[str, str]:
    one = await given.kindergarten(service)
    new = {"kindergarten": str(one), "year": given.YEAR, "title": "优质幼儿园", "merits": "保育教育质量高"}
    principal = service.client(("principal", f"k:{one}"), sub="principal")
    made = await principal.post("/v1/commendations", json=new)
    assert made.status_code == 201, made.text
    again = await principal.post("/v1/commendations", json=new)
    assert (again.status_code, again.json()["code"]) == (409, "nominated-once-a-year")
    return str(one), f"/v1/commendations/{made.json()['id']}"


async def serious(service: Service, kindergarten: str, **values: Any) -> None:
    fact = {"kind": "serious_ethics_violation", "source": new_id(), "kindergarten": kindergarten, "detail": ""}
    fact |= {"division": given.VILLAGE, "state": "confirmed", "standing": True, "on_day": given.TODAY}
    await given.insert(service, "service_facts", **fact | values)


async def shown(client: httpx.AsyncClient, path: str) -> CommendationOut:
    return CommendationOut.model_validate_json((await client.get(path)).content)


async def test_a_commendation_is_publicised_five_working_days_and_awarded_by_another(quality: Service):
    _, path = await nominated(quality)
    officer, leader = quality.client(given.OFFICER), quality.client(given.LEADER)
    publicised = await officer.post(f"{path}/publicities", json=NOTE)
    assert publicised.json()["publicity_until"] == str(add_working_days(given.TODAY, 5))
    early = await leader.post(f"{path}/awards", json=NOTE)
    assert early.json()["code"] == "publicity-runs"
    await quality.database.fetch("UPDATE commendations SET publicity_until = %s", given.TODAY - timedelta(1))
    assert (await leader.post(f"{path}/awards", json=NOTE)).json()["state"] == "awarded"


async def test_a_serious_case_bars_it_also_during_the_publicity_until_it_is_revoked(quality: Service):
    one, path = await nominated(quality)
    officer, leader = quality.client(given.OFFICER), quality.client(given.LEADER)
    await officer.post(f"{path}/publicities", json=NOTE)
    await quality.database.fetch("UPDATE commendations SET publicity_until = %s", given.TODAY - timedelta(1))
    await serious(quality, one)
    refused = await leader.post(f"{path}/awards", json=NOTE)
    assert (refused.status_code, refused.json()["code"]) == (409, "commendation-barred")
    found = await shown(leader, path)
    assert (found.barred, found.facts.serious_cases) == (True, 1)
    listed = await leader.get("/v1/commendations", params={"barred": "true"})
    assert len(listed.json()["items"]) == 1
    await quality.database.fetch("UPDATE service_facts SET standing = false")
    assert (await leader.post(f"{path}/awards", json=NOTE)).json()["state"] == "awarded"


async def test_a_case_of_another_year_does_not_bar(quality: Service):
    one, path = await nominated(quality)
    await serious(quality, one, on_day=given.TODAY.replace(year=given.YEAR - 1, day=1))
    assert (await quality.client(given.OFFICER).post(f"{path}/publicities", json=NOTE)).status_code == 201


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, path = await nominated(quality)
    past = {"publicity_until": str(given.TODAY - timedelta(1))}
    running = {"publicity_until": str(given.TODAY)}
    states: dict[str, dict[str, Any]] = dict.fromkeys(("nominated", "publicised", "awarded", "refused"), past)
    states["revoked"] = running
    bodies = {
        "publicise": ("publicities", NOTE),
        "award": ("awards", NOTE),
        "refuse": ("refusals", NOTE),
        "revoke": ("revocations", NOTE),
    }
    grants = matrix.standing("quality.commendations", one)
    id_ = path.rsplit("/", 1)[-1]
    for barred in (False, True):
        if barred:
            await serious(quality, one)
        wrong = await matrix.disagreements(
            quality, "commendations", "/v1/commendations", id_, states, bodies, grants.values()
        )
        assert wrong == []
