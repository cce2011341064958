"""The smallest valid applications, and cases brought to a state past the calendar, as the superuser."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.registry.recognitions.codes import RecognitionCondition
from shared.ids import new_id
from tests.registry import given
from tests.registry.kindergartens.callers import Grant
from tests.stack import Service

DOCUMENT = "演示认定〔2026〕1号"
REVIEWER: Grant = ("registrar", given.DISTRICT)
NEXT_YEAR = date(given.TODAY.year + 1, 1, 1)


async def kindergarten(registry: Service, **fields: Any) -> UUID:
    """A private kindergarten that passes every check of the register."""
    row: dict[str, Any] = {
        "type": "private",
        "licence_number": "演示教民1号",
        "licence_issued_on": given.OPENED,
        "licence_expires_on": given.TODAY + timedelta(1000),
        "credit_code": given.credit_code(),
    }
    return await given.kindergarten(registry, **(row | fields))


def evidence() -> list[dict[str, Any]]:
    return [{"condition": each.value, "documents": ["演示材料"]} for each in RecognitionCondition]


def findings(*unmet: str) -> list[dict[str, Any]]:
    return [{"condition": each.value, "met": each.value not in unmet} for each in RecognitionCondition]


def application(key: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(key),
        "proposed_fee": "700.00",
        "statement": "演示申请",
        "evidence": evidence(),
    } | fields


def grant(**fields: Any) -> dict[str, Any]:
    return {
        "since": given.TODAY.isoformat(),
        "until": date(given.TODAY.year + 2, given.TODAY.month, 1).isoformat(),
        "agreed_fee": "680.00",
        "agreement": "演示协议1号",
        "document": DOCUMENT,
    } | fields


# What each state has beside the state before it.
_BASE = {"proposed_fee": 700, "statement": "演示", "applied_on": given.TODAY, "applied_by": "someone"}
_REVIEWED = {"reviewed_on": given.TODAY, "reviewed_by": "reviewer"}
_NOTICED = _REVIEWED | {
    "notice_from": given.TODAY - timedelta(20),
    "notice_until": given.TODAY - timedelta(1),
}
_GRANTED = _NOTICED | {
    "decided_on": given.TODAY,
    "decided_by": "decider",
    "document": DOCUMENT,
    "agreement": "演示协议1号",
    "agreed_fee": 680,
    "since": given.TODAY - timedelta(400),
    "until": given.TODAY + timedelta(400),
    "review_due_on": given.TODAY - timedelta(35),
}
_LEAVING = _GRANTED | {
    "leaving_on": given.TODAY - timedelta(30),
    "leaving_by": "notifier",
    "leaving_ground": "agreement_broken",
    "leaving_until": given.TODAY - timedelta(1),
}
PLACED: dict[str, dict[str, Any]] = {
    "recorded": {
        "existing": True,
        "decided_on": given.TODAY - timedelta(200),
        "document": DOCUMENT,
        "agreement": "演示协议1号",
        "agreed_fee": 680,
        "since": given.TODAY - timedelta(200),
        "until": given.TODAY + timedelta(300),
    },
    "applied": {},
    "returned": {},
    "reviewed": _REVIEWED,
    "noticed": _NOTICED,
    "disputed": _NOTICED,
    "granted": _GRANTED,
    "refused": _REVIEWED | {"decided_on": given.TODAY, "decided_by": "decider", "document": DOCUMENT},
    "retracted": {},
    "leaving": _LEAVING,
    "withdrawn": _LEAVING | {"ended_on": given.TODAY, "withdrawal_document": DOCUMENT},
}


async def recognition(registry: Service, key: UUID, state: str, **fields: Any) -> UUID:
    """A case of the kindergarten in that state."""
    row = {
        "id": new_id(),
        "kindergarten": key,
        "division": await given.division_of(registry, key),
        "state": state,
        "evidence": "[]",
        "synthetic": True,
    }
    row |= _BASE | PLACED[state] | fields
    await given.insert(registry, "recognitions", row)
    return UUID(str(row["id"]))
