"""The smallest valid filings, and cases brought to a state as the superuser."""

from datetime import date
from typing import Any
from uuid import UUID

from shared.ids import new_id
from shared.workdays import add_working_days
from tests.registry import given
from tests.registry.kindergartens.callers import Grant
from tests.registry.staff import people
from tests.stack import Service

PHONE = "010-60000001"
STATES = ("proposed", "returned", "accepted", "withdrawn")


def clerk(kindergarten: UUID) -> Grant:
    return "clerk", f"k:{kindergarten}"


def filing(key: UUID, changes: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return {"kindergarten": str(key), "changes": {"phone": PHONE} if changes is None else changes} | fields


async def placed(registry: Service, key: UUID, state: str = "proposed", **fields: Any) -> UUID:
    """A filing of another phone number in that state."""
    answered = {"answered_on": given.TODAY, "answered_by": "answerer"} if state == "accepted" else {}
    row: dict[str, Any] = {
        "id": new_id(),
        "kindergarten": key,
        "division": await given.division_of(registry, key),
        "kind": "change",
        "state": state,
        "happened_on": given.TODAY,
        "statement": "演示",
        "documents": [],
        "base": {"phone": ""},
        "changes": {"phone": PHONE},
        "basis": EFFECTS if state == "accepted" else {},
        "proposed_on": given.TODAY,
        "proposed_by": "someone",
        "late": False,
        "answer_due_on": add_working_days(given.TODAY, 10),
        "synthetic": True,
    }
    row |= answered | fields
    await given.insert(registry, "filings", row)
    return UUID(str(row["id"]))


async def principal_post(registry: Service, key: UUID, name: str) -> UUID:
    """The post of somebody who leads the kindergarten."""
    return await people.post(registry, await people.person(registry, key, name=name), key, role="principal")


_FOOTING: dict[str, Any] = {
    "type": "public",
    "fee_regime": "government",
    "agreed_fee": None,
    "subsidy_eligible": True,
    "against_subsidy": [],
}
EFFECTS = {
    "as_of": str(given.TODAY),
    "differences": [],
    "consequences": [],
    "before": _FOOTING,
    "after": _FOOTING,
    "children": 0,
    "targets": None,
    "token": "",
}


def working_days_ago(count: int, day: date = given.TODAY) -> date:
    """The latest day of which the `count`-th working day is that day or an earlier one."""
    found = day
    while add_working_days(found, count) > day:
        found = date.fromordinal(found.toordinal() - 1)
    return found
