"""The smallest valid staff: people who may hold a post, and what a test changes about them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.registry.children.sealing import seal_document
from shared.ids import new_id
from shared.pinyin import pinyin_key
from shared.tables import FOREVER
from tests.registry import given
from tests.stack import Service

BORN = date(1990, 5, 6)
YESTERDAY = given.TODAY - timedelta(1)
LONG_AGO = given.TODAY - timedelta(3000)


def new_person(**fields: Any) -> dict[str, Any]:
    """The smallest body with which a person is registered over HTTP."""
    sex, birth = fields.get("sex", "2"), fields.get("birth_date", BORN)
    return {
        "name": "李老师(演示)",
        "sex": sex,
        "birth_date": str(birth),
        "document_type": "1",
        "document_number": given.resident_id(birth, sex),
        "education": "bachelor",
    } | {name: str(value) if isinstance(value, date) else value for name, value in fields.items()}


def clear_check(on: date = YESTERDAY, **fields: Any) -> dict[str, Any]:
    return {
        "checked_on": str(on),
        "channel": "education_platform",
        "result": "clear",
        "reference": "演示〔2026〕001",
    } | fields


def new_post(kindergarten: UUID, person: UUID | None = None, **fields: Any) -> dict[str, Any]:
    """The smallest body of an appointment, with a clear background check."""
    whose = {"person": str(person)} if person else {}
    return (
        {
            "kindergarten": str(kindergarten),
            "role": "worker",
            "employment": "contract",
            "since": str(given.TODAY),
            "background_check": clear_check(),
        }
        | whose
        | {name: str(value) if isinstance(value, (date, UUID)) else value for name, value in fields.items()}
    )


async def person(registry: Service, kindergarten: UUID | None = None, **fields: Any) -> UUID:
    """A person registered by that kindergarten, or by the district."""
    key, birth, sex = new_id(), fields.get("birth_date", BORN), fields.get("sex", "2")
    number = fields.pop("document", None) or given.resident_id(birth, sex)
    name = fields.pop("name", "李老师(演示)")
    row = {
        "id": key,
        "division": await given.division_of(registry, kindergarten) if kindergarten else given.DISTRICT,
        "kindergarten": kindergarten,
        "name": name,
        "pinyin": pinyin_key(name),
        "sex": sex,
        "birth_date": birth,
        "document_type": "1",
        "education": "bachelor",
        "synthetic": True,
        **seal_document(given.KEYS, "1", number, key).columns("document"),
    } | fields
    await given.insert(registry, "staff", row)
    return key


async def post(registry: Service, whose: UUID, kindergarten: UUID, **fields: Any) -> UUID:
    """A post that lasts, past every rule."""
    row = {
        "id": new_id(),
        "person": whose,
        "kindergarten": kindergarten,
        "division": await given.division_of(registry, kindergarten),
        "role": "worker",
        "employment": "contract",
        "since": LONG_AGO,
        "until": FOREVER,
        "reason_out": None if fields.get("until", FOREVER) == FOREVER else "left",
        "synthetic": True,
    } | fields
    await given.insert(registry, "posts", row)
    return UUID(str(row["id"]))


async def proof(registry: Service, whose: UUID, kind: str, issued: date = LONG_AGO, **fields: Any) -> UUID:
    row = {"id": new_id(), "person": whose, "kind": kind, "issued_on": issued, "synthetic": True} | fields
    await given.insert(registry, "qualifications", row)
    return UUID(str(row["id"]))


async def check(registry: Service, whose: UUID, on: date = YESTERDAY, result: str = "clear") -> UUID:
    row = {"id": new_id(), "person": whose, "checked_on": on, "result": result, "synthetic": True}
    row |= {"channel": "police", "reference": "演示"}
    await given.insert(registry, "background_checks", row)
    return UUID(str(row["id"]))


async def bar(registry: Service, number: str, since: date = LONG_AGO, until: date = FOREVER) -> UUID:
    key = new_id()
    row = {"id": key, "division": given.DISTRICT, "name": "某人(演示)", "document_type": "1", "ground": "violence"}
    row |= {"decided_by": "演示法院", "decision": "演示〔2026〕9号", "since": since, "until": until, "synthetic": True}
    await given.insert(registry, "bars", row | seal_document(given.KEYS, "1", number, key).columns("document"))
    return key
