"""The smallest valid rows of the finance service, put in by the doors that a running service uses."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.quality import ANNUAL_INSPECTION_DECIDED, EVALUATION_PUBLISHED
from shared.contracts.registry import (
    ENROLMENT_BEGAN,
    HEADCOUNT_CERTIFIED,
    KINDERGARTEN_REGISTERED,
    POST_BEGAN,
    RECOGNITION_DECIDED,
    EnrolmentFact,
    KindergartenFact,
    PostFact,
)
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


async def told(service: Service, kind: str, data: Mapping[str, Any], **envelope: str) -> None:
    """Let an event of another service take effect, as its feed's consumer does."""
    from services.finance.app import FOLLOWED  # noqa: PLC0415  # the service under test

    database = service.app.state.database
    event = {"id": str(new_id()), "time": "2025-01-01T00:00:00Z", "type": kind, "data": data} | envelope
    async with database.begin(database.system) as session:
        await FOLLOWED[kind](session, event)


async def kindergarten(
    service: Service, type: str = "public", division: str = VILLAGE, name: str = "示例幼儿园", **changes: Any
) -> UUID:
    """A kindergarten as registry tells of it."""
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
    await told(service, KINDERGARTEN_REGISTERED, made.model_dump(mode="json"))
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
    await told(service, ENROLMENT_BEGAN, made.model_dump(mode="json"))
    return made.child


async def post(service: Service, of: UUID, **changes: Any) -> UUID:
    """Somebody who works there, as registry tells of it."""
    fact = {
        "id": new_id(),
        "person": new_id(),
        "kindergarten": of,
        "role": "teacher",
        "class_id": None,
        "employment": "contract",
        "full_time": True,
        "since": "2024-09-01",
        "until": None,
        "reason_out": None,
        "synthetic": True,
        "version": 1,
    }
    made = PostFact.model_validate(fact | changes)
    await told(service, POST_BEGAN, made.model_dump(mode="json"))
    return made.person


INSURANCES = ["pension", "medical", "unemployment", "injury", "maternity"]


def proof(person: UUID, **changes: Any) -> dict[str, Any]:
    """A person's month in order: paid in full, insured, with housing fund."""
    return {
        "person": str(person),
        "payable": "8000.00",
        "paid": "8000.00",
        "paid_on": "2025-11-10",
        "insurance_base": "8000.00",
        "insurances": INSURANCES,
        "fund_base": "8000.00",
        "fund_paid": True,
    } | changes


async def sheet(service: Service, of: UUID, month: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """A month's proof, filed and accepted by two persons."""
    made = ok(await accountant(service, of).put(f"/v1/payroll-sheets/{of}/{month}", json={"rows": list(rows)}))
    found: dict[str, Any] = ok(
        await preparer(service).post(f"/v1/payroll-sheets/{made['id']}/decisions", json={"accept": True})
    )
    return found


async def programme(
    service: Service, code: str = "quota", shape: str = "per_child_month", **changes: Any
) -> dict[str, Any]:
    """A subsidy programme in force by two signatures, its document an illustration."""
    sent = {
        "code": code,
        "name": "生均定额补助",
        "shape": shape,
        "level": "municipal",
        "types": ["public", "inclusive_private"],
        "since": "2025-09-01",
        "permitted_use": "日常运转",
        "claw_back": "多拨部分从以后月份扣回",
        "document": "示意〔2025〕2号",
        "tag": "illustrative",
    } | changes
    made = ok(await preparer(service).post("/v1/subsidy-programmes", json=sent), 201)
    found: dict[str, Any] = ok(
        await approver(service).post(f"/v1/subsidy-programmes/{made['id']}/decisions", json={"approve": True})
    )
    return found


async def attribute(
    service: Service, of: UUID, name: str, value: str, since: str = "2025-09-01", **more: Any
) -> dict[str, Any]:
    """A fact about a kindergarten established by two persons."""
    sent = {"kindergarten": str(of), "name": name, "value": value, "since": since, "evidence": "示意材料"} | more
    made = ok(await preparer(service).post("/v1/kindergarten-attributes", json=sent), 201)
    found: dict[str, Any] = ok(
        await approver(service).post(f"/v1/kindergarten-attributes/{made['id']}/decisions", json={"approve": True})
    )
    return found


async def account(service: Service, of: UUID, number: str, since: str = "2025-01-01") -> dict[str, Any]:
    """A bank account on file."""
    sent = {"kindergarten": str(of), "holder": "示例幼儿园", "bank": "示例银行", "number": number}
    made = ok(
        await principal(service, of).post("/v1/bank-accounts", json=sent | {"purpose": "基本户", "since": since}), 201
    )
    found: dict[str, Any] = ok(
        await preparer(service).post(f"/v1/bank-accounts/{made['id']}/decisions", json={"accept": True})
    )
    return found


async def headcount(
    service: Service, of: UUID, month: str, children: Mapping[str, int], *, revision: int = 1, last_year: int = 0
) -> None:
    """A certified month as registry tells of it; `last_year` children are in the first class."""
    classes = [
        {
            "class_id": str(new_id()),
            "kind": kind,
            "children": number,
            "last_year_children": 0 if place else last_year,
            "child_days": number * 20,
        }
        for place, (kind, number) in enumerate(children.items())
    ]
    data = {
        "kindergarten": str(of),
        "division": VILLAGE,
        "month": month,
        "revision": revision,
        "count_day": month[:8] + "15",
        "open_days": 20,
        "classes": classes,
        "certified_by": "registrar",
        "hash": f"h{revision}",
    }
    await told(service, HEADCOUNT_CERTIFIED, data)


async def recognition(
    service: Service, of: UUID, decision: str, since: str, until: str | None = None, fee: str | None = None
) -> None:
    data = {"kindergarten": str(of), "division": VILLAGE, "decision": decision, "since": since, "until": until}
    await told(service, RECOGNITION_DECIDED, data | {"agreed_fee": fee, "document": "示意认定〔2025〕1号"})


async def inspection(service: Service, of: UUID, result: str, since: str, *, year: int, **more: Any) -> None:
    data: dict[str, Any] = {"kindergarten": str(of), "division": VILLAGE, "year": year, "revision": 1, "result": result}
    data |= {"vetoed": False, "reasons": ["示意理由"], "effective_from": since, "document": "示意年检〔2025〕1号"}
    await told(service, ANNUAL_INSPECTION_DECIDED, data | more)


async def evaluation(service: Service, of: UUID, grade: str, on: str, *, qualified: bool = True) -> None:
    data: dict[str, Any] = {
        "kindergarten": str(of),
        "division": VILLAGE,
        "framework": "示意标准",
        "framework_version": "1",
    }
    data |= {"grade": grade, "qualified": qualified, "status": "final", "published_on": on}
    await told(service, EVALUATION_PUBLISHED, data)


async def performed(service: Service, job: str) -> None:
    """Do a job here instead of in a worker."""
    import services.finance.jobs  # noqa: F401, PLC0415  # the kinds of work
    from shared.jobs import perform  # noqa: PLC0415

    await perform(service.app.state.database, UUID(job))


async def run(service: Service, month: str, **more: Any) -> dict[str, Any]:
    """A subsidy run, prepared."""
    caller = preparer(service)
    made = ok(await caller.post("/v1/subsidy-runs", json={"month": month} | more), 202)
    await performed(service, made["job"])
    found: dict[str, Any] = ok(await caller.get(f"/v1/subsidy-runs/{made['id']}"))
    assert found["state"] == "prepared", ok(await caller.get(f"/v1/jobs/{made['job']}"))
    return found


async def approved(service: Service, month: str, **more: Any) -> dict[str, Any]:
    """A subsidy run, approved by another person than prepared it."""
    made = await run(service, month, **more)
    found: dict[str, Any] = ok(await approver(service).post(f"/v1/subsidy-runs/{made['id']}/approvals"))
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


async def aid(service: Service, of: UUID, child: UUID, category: str = "minimum_living", **changes: Any) -> str:
    """Aid to a child, approved by three persons."""
    sent = {"kindergarten": str(of), "child": str(child), "category": category, "evidence": "civil_affairs"}
    sent |= {"evidence_number": "示意-1", "since": "2025-09-01", "until": "2026-09-01"} | changes
    made = ok(await service.client(("clerk", f"k:{of}"), sub="clerk").post("/v1/aids", json=sent), 201)["id"]
    ok(await principal(service, of).post(f"/v1/aids/{made}/checks", json={"agree": True}))
    ok(await approver(service).post(f"/v1/aids/{made}/decisions", json={"agree": True}))
    return str(made)
