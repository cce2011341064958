"""Joint prevention: contact plan, drill and posts of each kindergarten, and what lacks."""

from datetime import timedelta
from typing import Any

from services.safety.duties.codes import ContactKind
from services.safety.duties.joint import JointPrevention
from services.safety.timers.rules import months_after
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service


async def test_joint_prevention_is_complete_on_one_side_of_each_boundary(safety: Service):
    garden, silent = await given.kindergarten(safety), await given.kindergarten(safety)
    officer, clerk = safety.client(OFFICER), safety.client(("clerk", f"k:{garden}"))
    contacts = [{"kind": each.value, "unit": "演示", "phone": "010-00000000"} for each in ContactKind]
    agreed = months_after(TODAY, -6)
    plan: dict[str, Any] = {"contacts": contacts, "agreed_on": str(agreed)}
    assert (await officer.put(f"/v1/contact-plans/{garden}", json=plan)).status_code == 200
    drill = {"kindergarten": str(garden), "kind": "joint", "held_on": str(TODAY), "people": 200, "seconds": 90}
    assert (await clerk.post("/v1/drills", json=drill | {"partners": ["派出所"]})).status_code == 201
    for kind in ("patrol", "peak"):
        post = {"kindergarten": str(garden), "kind": kind, "place": "大门", "begins": "07:20", "ends": "08:20"}
        assert (await officer.post("/v1/duty-posts", json=post | {"since": str(TODAY)})).status_code == 201
    rows = [JointPrevention.model_validate(each) for each in (await officer.get("/v1/joint-prevention")).json()]
    found = {each.kindergarten: each for each in rows}
    assert (found[garden].faults, found[garden].missing, found[garden].last_joint_drill_on) == ([], [], TODAY)
    assert found[silent].faults == ["联系方案未会商或已过期", "未按期联合演练", "无重点巡防点位", "无高峰勤务岗位"]
    tomorrow = await officer.get("/v1/joint-prevention", params={"as_of": str(months_after(agreed, 6) + timedelta(1))})
    assert "联系方案未会商或已过期" in {fault for each in tomorrow.json() for fault in each["faults"]}
    lacking = (await officer.get("/v1/joint-prevention", params={"complete": False})).json()
    assert [each["kindergarten"] for each in lacking] == [str(silent)]
