"""Unlicensed sites: seen, merged by address, closed when all children are resettled, visited again; zero is live."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.safety.sites.rules import MACHINE, OPEN, address_key, name_key
from services.safety.sites.schemas import LicenceAnswer, ReportReceipt, SiteOut, SitePage, SweepPage, ZeroOut
from shared.ids import new_id
from tests.safety import given
from tests.safety.given import LEADER, OFFICER, TODAY, TOWN
from tests.safety.offering import accepted
from tests.stack import Service

TOWN_OFFICER = ("town_officer", TOWN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京市怀柔区北房镇幸福路8号", "怀柔区 北房镇幸福路 8 号"),
        ("北房镇幸福路8号", "北房镇,幸福路８号。"),
        ("北房镇幸福路8号(东门)", "北房镇幸福路8号（东门）"),
    ],
)
def test_one_address_written_differently_is_one_address(one: str, other: str):
    assert address_key(one) == address_key(other)
    assert address_key(one) != address_key("北房镇幸福路9号")


def test_a_name_is_known_without_place_and_remarks():
    assert name_key("北京市怀柔区第一幼儿园(演示)") == name_key("第一幼儿园")


def sighting(**fields: Any) -> dict[str, Any]:
    return {
        "source": "sweep", "division": TOWN, "address": "怀柔区北房镇幸福路8号", "described": "家庭式看护点",
        "children": 6, "synthetic": True,
    } | fields  # fmt: skip


async def done(client: httpx.AsyncClient, case: str, what: str, /, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"/v1/sites/{case}/{what}", json={"note": "演示"} | body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def zero(client: httpx.AsyncClient) -> ZeroOut:
    answer = await client.get("/v1/unlicensed-zero")
    return ZeroOut.model_validate_json(answer.content)


async def test_a_case_from_sweep_to_zero_and_back(safety: Service):
    town, officer, leader = safety.client(TOWN_OFFICER), safety.client(OFFICER), safety.client(LEADER)
    assert (await zero(officer)).zero
    form = {"division": TOWN}
    upload = await town.post("/v1/files", data=form, files={"file": ("a.png", given.png(), "image/png")})
    sweep = {"division": TOWN, "area": "北房镇全域", "swept_on": TODAY.isoformat(), "people": 6, "places": 40}
    sweep |= {"sightings": [sighting(files=[upload.json()["id"]]), sighting(address="北京市怀柔区北房镇幸福路 8 号")]}
    answer = await town.post("/v1/sweeps", json=sweep)
    assert (answer.status_code, answer.json()["found"]) == (201, 1), answer.text
    (case,) = SitePage.model_validate_json((await officer.get("/v1/sites?open=true")).content).items
    assert (case.sightings, case.children) == (2, 6)
    site = str(case.id)
    await done(town, site, "verifications", confirmed=True, children=5)
    await done(officer, site, "stop-orders", document="怀教责停〔2026〕1号(演示)")
    refused = await officer.post(f"/v1/sites/{site}/closings", json={"outcome": "stopped", "note": "停办"})
    assert refused.json()["code"] == "children-not-resettled"
    now = await zero(officer)
    assert (now.open, now.zero, now.children, [each.id for each in now.cases]) == (1, False, 5, [case.id])
    await done(town, site, "resettlements", children=5, destination="北房镇中心幼儿园(演示)")
    closed = await done(leader, site, "closings", outcome="stopped")
    assert closed["state"] == "closed"
    assert (await zero(officer)).zero
    timers = (await officer.get("/v1/timers", params={"subject": site, "fired": False})).json()["items"]
    assert [each["due_on"] for each in timers] == [str(TODAY + timedelta(days)) for days in (30, 90, 180)]
    assert (await done(town, site, "rechecks", rebound=False))["state"] == "closed"
    again = await done(town, site, "rechecks", rebound=True, children=3)
    assert (again["state"], again["rebounds"]) == ("confirmed", 1)
    assert not (await zero(officer)).zero
    SiteOut.model_validate(again)
    assert len(SweepPage.model_validate_json((await officer.get("/v1/sweeps")).content).items) == 1


async def test_a_training_institution_is_transferred_and_its_outcome_kept(safety: Service):
    officer, leader = safety.client(OFFICER), safety.client(LEADER)
    made = await officer.post("/v1/sites", json=sighting(kind="training", online=True, source="department", children=0))
    site = made.json()["id"]
    await done(safety.client(TOWN_OFFICER), site, "verifications", confirmed=True)
    await done(officer, site, "transfers", department="区市场监管局(演示)")
    assert (await done(leader, site, "closings", outcome="handed_over"))["outcome"] == "handed_over"
    assert (await zero(officer)).zero  # another kind does not count


def public(**fields: Any) -> dict[str, Any]:
    return {"town": TOWN, "address": "北房镇幸福路8号", "described": "每天早上有十几个孩子被送进去"} | fields


async def test_anybody_reports_and_follows_by_receipt(safety: Service):
    safety.app.state.report_limiter = None
    del safety.app.state.report_limiter
    stranger, officer = safety.client(), safety.client(OFFICER)
    answer = await stranger.post("/v1/public/site-reports", json=public(contact="演示电话"))
    assert answer.status_code == 201, answer.text
    receipt = ReportReceipt.model_validate_json(answer.content).receipt
    (case,) = (await officer.get("/v1/sites")).json()["items"]
    whole = await officer.get(f"/v1/sites/{case['id']}")
    assert "演示电话" not in whole.text
    assert (await stranger.get(f"/v1/public/site-reports/{receipt}")).json()["state_zh"] == "待核查"
    await done(officer, case["id"], "verifications", confirmed=True, children=0)
    found = (await stranger.get(f"/v1/public/site-reports/{receipt.lower()}")).json()
    assert found["state"] == "confirmed"
    assert (await stranger.get("/v1/public/site-reports/JB20260101-22222222")).status_code == 404
    assert (await stranger.post("/v1/public/site-reports", json=public(website="http://x"))).status_code == 422
    assert (await stranger.post("/v1/public/site-reports", json=public(town="110101001"))).status_code == 422


async def test_a_flood_of_reports_is_stopped_and_leaves_one_case(safety: Service):
    if hasattr(safety.app.state, "report_limiter"):
        del safety.app.state.report_limiter
    stranger = safety.client()
    answers = [await stranger.post("/v1/public/site-reports", json=public()) for _ in range(20)]
    assert [each.status_code for each in answers] == [201] * 5 + [429] * 15
    assert answers[-1].headers["retry-after"] == "3600"
    (case,) = (await safety.client(OFFICER).get("/v1/sites")).json()["items"]
    assert case["sightings"] == 5


async def test_parents_ask_whether_a_name_is_licensed(safety: Service):
    await given.kindergarten(safety, name="北京市怀柔区彩虹幼儿园(演示)")
    await given.kindergarten(safety, name="怀柔区旧园(演示)", status="closed")
    officer, stranger = safety.client(OFFICER), safety.client()
    made = (await officer.post("/v1/sites", json=sighting(name="向日葵托管"))).json()["id"]

    async def ask(q: str) -> LicenceAnswer:
        answer = await stranger.get("/v1/public/licences", params={"q": q})
        return LicenceAnswer.model_validate_json(answer.content)

    assert (await ask("彩虹幼儿园")).licensed
    assert not (await ask("怀柔区旧园")).licensed
    assert not (await ask("幼儿园")).licensed  # too little to tell
    assert not (await ask("向日葵托管")).unlicensed_here  # reported is not confirmed
    await done(officer, made, "verifications", confirmed=True)
    assert (await ask("向日葵托管")).unlicensed_here
    assert (await ask("北房镇幸福路 8 号")).unlicensed_here


WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "verify": ("verifications", {"confirmed": True, "note": "属实"}),
    "order": ("stop-orders", {"note": "责令停办"}),
    "divert": ("diversions", {"note": "引导"}),
    "ban": ("bans", {"note": "取缔"}),
    "transfer": ("transfers", {"department": "市场监管", "note": "移送"}),
    "resettle": ("resettlements", {"children": 1, "destination": "家庭"}),
    "close": ("closings", {"outcome": "stopped", "note": "停办"}),
    "recheck": ("rechecks", {"rebound": False, "note": "无反弹"}),
}


@pytest.mark.parametrize("left", [0, 1], ids=["all resettled", "one left"])
@pytest.mark.parametrize("verifier", ["me", "another"])
@pytest.mark.parametrize("state", sorted([*OPEN, "closed", "unfounded"]))
async def test_what_is_offered_is_what_is_accepted(safety: Service, state: str, verifier: str, left: int):
    garden = await given.kindergarten(safety)

    async def stored() -> UUID:
        row = {
            "id": new_id(), "division": TOWN, "kind": "unlicensed", "state": state, "state_since": TODAY, "name": "",
            "address": "演示", "online": False, "operator": "", "children": 3, "resettled": 3 - left,
            "found_on": TODAY, "disposal": "", "department": "", "outcome": "", "verified_by": verifier,
        }  # fmt: skip
        await given.insert(safety, "sites", row | {"address_key": str(row["id"])})
        return UUID(str(row["id"]))

    count = await accepted(safety, "sites", MACHINE, WAYS, garden, stored)
    # Who verified it cannot close it, and with all children resettled nothing else is left to do.
    over = state == "unfounded" or (state in ("banned", "transferred") and verifier == "me" and not left)
    assert (count > 0) is not over
