"""For every state of a hazard and every role: what is offered is what is accepted, and nothing else."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.safety.hazards.rules import MACHINE
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.safety import given
from tests.safety.given import TODAY
from tests.safety.offering import accepted
from tests.stack import Service

DUE = add_working_days(TODAY, 8)
ORDER = {"document": "演示〔2026〕1号", "unit": "区教委", "leader": "副主任", "interim_measure": "停用"}
PLAN = {"measures": "整改", "funds": "自筹", "person": "园长", "finish_by": TODAY.isoformat(), "emergency_plan": "停用"}
PROGRESS = {"month": f"{TODAY:%Y-%m}", "percent": 10, "note": "进行中"}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "grade": ("gradings", {}),
    "dismiss": ("dismissals", {"note": "不属隐患"}),
    "assign": ("assignments", {"responsible": "后勤"}),
    "ask_extension": ("extensions", {"until": add_working_days(DUE, 2).isoformat(), "note": "缺料"}),
    "decide_extension": ("extension-decisions", {"approved": False, "note": "不同意"}),
    "list": ("listings", ORDER),
    "plan": ("plans", PLAN),
    "report_progress": ("progress-reports", PROGRESS),
    "rectify": ("rectifications", {"note": "好了", "files": []}),
    "verify": ("verifications", {"passed": True, "note": "通过"}),
    "remove": ("removals", {"document": "演示〔2026〕2号", "note": "销号"}),
    "reopen": ("reopenings", {"note": "复发"}),
}
MAJOR = {"level": "major"}
LISTED = MAJOR | {"listed": True}
STANDINGS: dict[str, dict[str, Any]] = {
    "reported": {"state": "reported", "level": None, "due_on": None},
    "reported by oneself": {"state": "reported", "level": None, "due_on": None, "reported_by": "me"},
    "graded": {"state": "graded"},
    "graded major": {"state": "graded"} | MAJOR,
    "graded and listed": {"state": "graded"} | LISTED,
    "assigned": {"state": "assigned"},
    "assigned, extension asked": {"state": "assigned", "extension_asked_by": "principal", "extension_until": DUE},
    "assigned, extension asked by oneself": {
        "state": "assigned", "extension_asked_by": "me", "extension_until": DUE,
    },
    "assigned, extended twice": {"state": "assigned", "extensions": 2},
    "assigned major": {"state": "assigned"} | MAJOR,
    "assigned and listed": {"state": "assigned"} | LISTED,
    "assigned and planned": {"state": "assigned", "planned": True} | LISTED,
    "submitted": {"state": "submitted", "submitted_by": "teacher"},
    "submitted by oneself": {"state": "submitted", "submitted_by": "me"},
    "submitted major": {"state": "submitted", "submitted_by": "teacher", "planned": True} | LISTED,
    "accepted": {"state": "accepted", "accepted_by": "inspector", "planned": True} | LISTED,
    "accepted by oneself": {"state": "accepted", "accepted_by": "me", "planned": True} | LISTED,
    "closed": {"state": "closed"},
    "closed major": {"state": "closed", "planned": True} | LISTED,
    "dismissed": {"state": "dismissed"},
}  # fmt: skip


async def stored(safety: Service, garden: UUID, standing: dict[str, Any]) -> UUID:
    row = {
        "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "source": "self", "category": "fire",
        "place": "楼梯", "description": "演示", "legal_basis": "", "immediate_measure": "", "found_on": TODAY,
        "level": "general", "level_basis": "演示", "due_on": DUE, "responsible": "园长", "most_extensions": 2,
        "reported_by": "teacher", "state_since": TODAY - timedelta(1), "synthetic": True,
    } | standing  # fmt: skip
    await given.insert(safety, "hazards", row)
    if row.get("listed"):
        known = {"hazard": row["id"], "kindergarten": garden, "division": given.VILLAGE, "listed_on": TODAY}
        await given.insert(safety, "supervisions", known | ORDER)
    return UUID(str(row["id"]))


# Where nobody called "me" may do anything, because they did the step before.
NOTHING_LEFT = {"submitted by oneself", "accepted by oneself", "dismissed"}


@pytest.mark.parametrize("name", STANDINGS)
async def test_what_is_offered_is_what_is_accepted(safety: Service, name: str):
    garden = await given.kindergarten(safety)
    file = await given.photo(safety.client(given.OFFICER), garden)
    ways = WAYS | {"rectify": ("rectifications", {"note": "好了", "files": [file]})}
    count = await accepted(safety, "hazards", MACHINE, ways, garden, lambda: stored(safety, garden, STANDINGS[name]))
    assert (count > 0) is (name not in NOTHING_LEFT)
