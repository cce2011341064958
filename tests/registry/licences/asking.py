"""The smallest valid applications about a licence, and cases brought to a state as the superuser."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.registry.licences.codes import LicenceCondition
from shared.ids import new_id
from tests.registry import given
from tests.stack import Service

DOCUMENT = "演示许可〔2026〕1号"
ENDS = given.TODAY + timedelta(400)
ISSUED = date(2020, 9, 1)


async def licensed(registry: Service, **fields: Any) -> UUID:
    """A private kindergarten with a licence."""
    row: dict[str, Any] = {
        "type": "private",
        "licence_number": "演示教民1号",
        "licence_issued_on": ISSUED,
        "licence_expires_on": ENDS,
    }
    return await given.kindergarten(registry, **(row | fields))


def evidence() -> list[dict[str, Any]]:
    return [{"condition": each.value, "documents": ["演示材料"]} for each in LicenceCondition]


def findings(*unmet: str) -> list[dict[str, Any]]:
    return [{"condition": each.value, "met": each.value not in unmet} for each in LicenceCondition]


def application(key: UUID, kind: str, **fields: Any) -> dict[str, Any]:
    return {"kindergarten": str(key), "kind": kind, "evidence": evidence()} | fields


_EXAMINED = {"accepted_on": given.TODAY, "due_on": given.TODAY, "examined_by": "examiner", "examined_on": given.TODAY}
_DECIDED = _EXAMINED | {
    "decided_on": given.TODAY,
    "decided_by": "decider",
    "document": DOCUMENT,
    "effective_on": given.TODAY,
}
PLACED: dict[str, dict[str, Any]] = {
    "applied": {},
    "returned": {},
    "accepted": {"accepted_on": given.TODAY, "due_on": given.TODAY},
    "examined": _EXAMINED,
    "approved": _DECIDED,
    "completed": _DECIDED,
    "refused": _DECIDED,
    "retracted": {},
}


async def placed(registry: Service, key: UUID, kind: str, state: str, **fields: Any) -> UUID:
    """An application of the kindergarten in that state."""
    row = {
        "id": new_id(),
        "kindergarten": key,
        "division": await given.division_of(registry, key),
        "kind": kind,
        "state": state,
        "statement": "演示",
        "evidence": "[]",
        "applied_on": given.TODAY,
        "applied_by": "someone",
        "late": False,
        "earliest_on": given.TODAY,
        "synthetic": True,
    }
    row |= PLACED[state] | fields
    await given.insert(registry, "licence_applications", row)
    return UUID(str(row["id"]))
