"""The smallest valid rows of the finance service, put in by the doors that a running service uses."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.registry import KINDERGARTEN_REGISTERED, KindergartenFact
from shared.ids import new_id
from shared.pinyin import pinyin_key
from tests.stack import Service

DISTRICT = "110116"
VILLAGE, OTHER_VILLAGE = "110116102001", "110116103001"
PREPARER, APPROVER = ("finance_preparer", DISTRICT), ("finance_approver", DISTRICT)


def preparer(service: Service, sub: str = "preparer") -> httpx.AsyncClient:
    return service.client(PREPARER, sub=sub)


def approver(service: Service, sub: str = "approver") -> httpx.AsyncClient:
    return service.client(APPROVER, sub=sub)


def accountant(service: Service, kindergarten: UUID, sub: str = "accountant") -> httpx.AsyncClient:
    return service.client(("accountant", f"k:{kindergarten}"), sub=sub)


def principal(service: Service, kindergarten: UUID, sub: str = "principal") -> httpx.AsyncClient:
    return service.client(("principal", f"k:{kindergarten}"), sub=sub)


async def told(service: Service, handlers: Mapping[str, Any], kind: str, data: Mapping[str, Any]) -> None:
    """Let an event of another service take effect, as its feed's consumer does."""
    database = service.app.state.database
    async with database.begin(database.system) as session:
        await handlers[kind](session, {"type": kind, "data": data})


async def kindergarten(
    service: Service, type: str = "public", division: str = VILLAGE, name: str = "示例幼儿园", **changes: Any
) -> UUID:
    """A kindergarten as registry tells of it."""
    from services.finance.kindergartens.actions import HANDLERS  # noqa: PLC0415  # the service under test

    fact = {
        "id": new_id(),
        "division": division,
        "name": name,
        "pinyin": pinyin_key(name),
        "type": type,
        "status": "operating",
        "opened_on": "2015-09-01",
        "closed_on": None,
        "synthetic": True,
        "version": 1,
    }
    made = KindergartenFact.model_validate(fact | changes)
    await told(service, HANDLERS, KINDERGARTEN_REGISTERED, made.model_dump(mode="json"))
    return made.id


async def book(
    service: Service, of: UUID | None, standard: str = "government", opened_on: str = "2025-01-01"
) -> dict[str, Any]:
    """A book of a kindergarten, or the district's."""
    sent = {"kindergarten": str(of) if of else None, "standard": standard, "opened_on": opened_on}
    answer = await preparer(service).post("/v1/books", json=sent)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def entry(key: str, on: str, *lines: tuple[str, str], summary: str = "示例", **more: Any) -> dict[str, Any]:
    """An entry; a line is an account and an amount, negative for a credit."""
    spelled = [
        {"account": account, "credit": amount[1:]} if amount.startswith("-") else {"account": account, "debit": amount}
        for account, amount in lines
    ]
    return {"source_key": key, "effective_on": on, "summary": summary, "lines": spelled} | more


def ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx.Response, code: str, status: int = 409) -> Any:
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code, answer.text
    return answer.json()
