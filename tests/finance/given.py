"""The smallest valid rows of the finance service, put in by the doors that a running service uses."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.registry import ENROLMENT_BEGAN, KINDERGARTEN_REGISTERED, EnrolmentFact, KindergartenFact
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


async def parameter(
    service: Service, name: str, key: str, value: str | None, since: str = "2020-01-01", **more: Any
) -> dict[str, Any]:
    """A policy number in force by two signatures, marked as an illustration."""
    said = {"document": "示意〔2025〕1号", "tag": "illustrative"} | more
    sent = {"name": name, "key": key, "value": value, "since": since} | said
    made = ok(await preparer(service).post("/v1/parameters", json=sent), 201)
    found: dict[str, Any] = ok(
        await approver(service).post(f"/v1/parameters/{made['id']}/decisions", json={"approve": True})
    )
    return found


async def terms(service: Service) -> None:
    """Two terms, from September and from February."""
    await parameter(service, "term_start", "autumn", "901")
    await parameter(service, "term_start", "spring", "201")


def fee(of: UUID, **changes: Any) -> dict[str, Any]:
    """A fee standard to be filed: 保教费 of 750 yuan a month from September 2025."""
    return {
        "kindergarten": str(of),
        "category": "care_education",
        "name": "保育教育费",
        "unit": "month",
        "amount": "750.00",
        "since": "2025-09-01",
        "document": "示意备案〔2025〕3号",
        "content": "全日制保育和教育",
        "refund_rule": "按已发生的保育教育成本退费",
        "complaint_phone": "010-00000000",
        "voluntary": False,
    } | changes


async def published(service: Service, of: UUID, **changes: Any) -> dict[str, Any]:
    """A fee standard filed, accepted and published by three persons."""
    made = ok(await principal(service, of).post("/v1/fee-items", json=fee(of, **changes)), 201)
    ok(await preparer(service).post(f"/v1/fee-items/{made['id']}/acceptances"))
    found: dict[str, Any] = ok(await approver(service).post(f"/v1/fee-items/{made['id']}/publications"))
    return found


async def enrolled(service: Service, of: UUID, class_kind: str = "small", **changes: Any) -> UUID:
    """A child of the kindergarten as registry tells of it."""
    from services.finance.enrolments.actions import HANDLERS  # noqa: PLC0415  # the service under test

    fact = {
        "id": new_id(),
        "child": new_id(),
        "class_id": new_id(),
        "class_kind": class_kind,
        "kindergarten": of,
        "since": "2025-09-01",
        "until": None,
        "reason_in": "admission",
        "reason_out": None,
        "synthetic": True,
        "version": 1,
    }
    made = EnrolmentFact.model_validate(fact | changes)
    await told(service, HANDLERS, ENROLMENT_BEGAN, made.model_dump(mode="json"))
    return made.child


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
