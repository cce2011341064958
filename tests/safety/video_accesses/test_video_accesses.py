"""Video: asked with a reason, approved by another, copied before a witness, brought back; who watched is on record."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.safety.timers.actions import fire
from services.safety.video_accesses.rules import MACHINE
from services.safety.video_accesses.schemas import VideoAccessOut, VideoAccessPage
from shared.days import BEIJING, now
from shared.ids import new_id
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.safety.offering import accepted
from tests.stack import Service

NOON = (now() - timedelta(days=1)).astimezone(BEIJING).replace(hour=12, minute=0)


async def camera(safety: Service, garden: UUID) -> None:
    row = {
        "kindergarten": garden, "code": "gate-1", "division": given.VILLAGE, "area": "gate", "place": "",
        "retention_reason": "", "retention_days": 30, "online": True, "told_at": NOON,
    }  # fmt: skip
    await given.insert(safety, "cameras", row)


def asked(garden: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(garden), "mode": "copy", "applicant_kind": "guardian", "applicant": "演示家长",
        "unit": "幼儿父亲", "reason": "幼儿在园摔伤,查看经过", "cameras": ["gate-1"], "synthetic": True,
        "span_from": NOON.isoformat(), "span_until": (NOON + timedelta(hours=4)).isoformat(),
    } | fields  # fmt: skip


async def done(client: httpx.AsyncClient, id: str, what: str, status: int = 201, /, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"/v1/video-accesses/{id}/{what}", json=body or {"note": "演示"})
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


VIEWING = {"viewers": "演示家长;副园长", "started_at": NOON.isoformat()}
VIEWING["ended_at"] = (NOON + timedelta(minutes=20)).isoformat()
COPY = {"medium": "U盘1", "sha256": "a" * 64, "witness": "副园长", "return_by": TODAY.isoformat()}


async def test_a_copy_from_request_to_destruction(safety: Service):
    garden = await given.kindergarten(safety)
    await camera(safety, garden)
    clerk = safety.client(("clerk", f"k:{garden}"), sub="clerk")
    principal = safety.client(("principal", f"k:{garden}"), sub="principal")
    strange = await clerk.post("/v1/video-accesses", json=asked(garden, cameras=["x"]))
    assert strange.json()["code"] == "camera-unknown"
    answer = await clerk.post("/v1/video-accesses", json=asked(garden))
    assert answer.status_code == 201, answer.text
    made = answer.json()["id"]
    assert (await done(clerk, made, "viewings", 409, **VIEWING))["code"] == "not-in-this-state"  # SAF-06
    await done(principal, made, "approvals")
    await done(clerk, made, "viewings", **VIEWING)
    refused = await done(clerk, made, "copies", 403, **COPY | {"witness": "clerk"})
    assert refused["code"] == "another-person-needed"
    await done(clerk, made, "copies", **COPY)
    await done(clerk, made, "hand-overs", receiver="演示家长", confidentiality=True)
    await done(clerk, made, "destructions")
    closed = VideoAccessOut.model_validate(await done(principal, made, "closings"))
    assert (closed.state, closed.medium_sha256) == ("closed", "a" * 64)
    log = await safety.database.fetch("SELECT actor, fields FROM access_log ORDER BY at, id")
    assert log == [("clerk", ["view", "gate-1"]), ("clerk", ["copy", "gate-1"])]
    events = await safety.database.fetch("SELECT count(*) FROM events WHERE data::text LIKE '%演示家长%'")
    assert events == [(0,)]  # the feed names nobody


async def test_overdue_and_unusual_access_is_listed(safety: Service):
    garden = await given.kindergarten(safety)
    await camera(safety, garden)
    clerk = safety.client(("clerk", f"k:{garden}"), sub="clerk")
    principal = safety.client(("principal", f"k:{garden}"), sub="principal")
    officer = safety.client(OFFICER)
    ids = []
    for place, until in enumerate((4, 5, 4)):
        span = {"span_from": (NOON - timedelta(days=1)).isoformat()}
        span["span_until"] = (NOON - timedelta(days=1) + timedelta(hours=until)).isoformat()
        ids.append((await clerk.post("/v1/video-accesses", json=asked(garden, **span))).json()["id"])
        assert place < 3
    page = VideoAccessPage.model_validate_json((await officer.get("/v1/video-accesses?sort=created_at")).content)
    assert [each.unusual for each in page.items] == [[], ["long_span"], ["many_requests"]]
    await done(principal, ids[0], "approvals")
    night = NOON.replace(hour=2)
    at_night = VIEWING | {"started_at": night.isoformat(), "ended_at": (night + timedelta(minutes=1)).isoformat()}
    await done(clerk, ids[0], "viewings", **at_night)
    await done(clerk, ids[0], "copies", **COPY)
    strange = (await officer.get("/v1/video-accesses", params={"strange": True})).json()["items"]
    assert len(strange) == 3
    await safety.database.fetch("UPDATE video_accesses SET return_by = return_by - 1")
    overdue = (await officer.get("/v1/video-accesses", params={"overdue": True})).json()["items"]
    assert [each["id"] for each in overdue] == [ids[0]]
    await fire(safety.app.state.database, TODAY + timedelta(1))
    timers = (await officer.get("/v1/timers", params={"concept": "video_access", "fired": True})).json()["items"]
    assert [each["step"] for each in timers] == ["medium_overdue"]


NOTE = {"note": "演示"}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "approve": ("approvals", NOTE),
    "refuse": ("refusals", NOTE),
    "view": ("viewings", VIEWING),
    "copy": ("copies", COPY),
    "hand_over": ("hand-overs", {"receiver": "演示", "confidentiality": True}),
    "destroy": ("destructions", NOTE),
    "close": ("closings", NOTE),
}


@pytest.mark.parametrize("by", ["me", "another"])
@pytest.mark.parametrize("mode", ["view", "copy"])
@pytest.mark.parametrize(
    "state", ["requested", "approved", "refused", "viewed", "copied", "handed_over", "destroyed", "closed"]
)
async def test_what_is_offered_is_what_is_accepted(safety: Service, state: str, mode: str, by: str):
    garden = await given.kindergarten(safety)

    async def stored() -> UUID:
        row = {
            "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "state": state, "state_since": TODAY,
            "mode": mode, "applicant_kind": "guardian", "applicant": "演示", "unit": "演示", "document_mask": "",
            "reason": "演示演示", "cameras": ["gate-1"], "span_from": NOON, "span_until": NOON + timedelta(hours=1),
            "requested_by": by, "medium": "", "medium_sha256": "", "witness": "", "receiver": "",
        }  # fmt: skip
        await given.insert(safety, "video_accesses", row)
        return UUID(str(row["id"]))

    count = await accepted(safety, "video-accesses", MACHINE, WAYS, garden, stored)
    assert (count == 0) is (state in ("refused", "closed") or (state == "requested" and by == "me"))
