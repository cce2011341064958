"""A kindergarten that may open nursery classes, and what a test changes about it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.contracts.quality import EVALUATION_PUBLISHED
from tests.registry import given
from tests.stack import Service

LICENCE: dict[str, Any] = {"licence_number": "教民演示001号", "licence_issued_on": given.OPENED}
NEXT_YEAR = given.TODAY.replace(year=given.TODAY.year + 1, day=min(given.TODAY.day, 28))


async def kindergarten(registry: Service, *, seats: int = 60, **fields: Any) -> UUID:
    """Public, operating, licensed up to and including today, evaluated as qualified, with so many seats."""
    key = await given.kindergarten(
        registry, **LICENCE | {"licence_expires_on": given.TODAY, "licensed_seats": seats} | fields
    )
    await evaluated(registry, key)
    return key


async def evaluated(registry: Service, key: UUID, *, qualified: bool = True, number: int = 1) -> None:
    data = {"kindergarten": str(key), "division": given.VILLAGE, "framework": "区级", "framework_version": "1"}
    fact = data | {"grade": "good", "qualified": qualified, "status": "final", "published_on": str(given.TODAY)}
    await given.tell(registry, "quality", (EVALUATION_PUBLISHED, f"evaluations/{key}", fact | {"grade": f"{number}"}))


def application(key: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(key),
        "classes": 1,
        "children_per_class": 20,
        "carers": 3,
        "monthly_fee": "2800.00",
        "service": "full_day",
        "opens_at": "07:30",
        "closes_at": "17:30",
        "statement": "利用空余学位开设托班",
    } | fields


def filing(**fields: Any) -> dict[str, Any]:
    return {"since": str(given.TODAY), "until": str(NEXT_YEAR), "document": "演示托备〔2026〕1号"} | fields


EXAMINED = {"conditions_met": True, "findings": "场地、人员、设施符合要求"}


async def waiting(
    registry: Service, key: UUID, *, state: str = "waiting", count: int = 1, round_: str = "allocated"
) -> None:
    """Children of 3 to 6 waiting for a place there, or holding an offer, past every rule of admission."""
    place = await given.division_of(registry, key)
    statements = ["SET session_replication_role = replica"]
    statements.append(
        "INSERT INTO admission_rounds (id, division, school_year, stage, name, opens_on, closes_on, answer_days,"
        " priorities, state, seed_commitment, inputs_hash, result_hash, seed)"
        f" SELECT uuid_v7(), '{given.DISTRICT}', 2030, 1, '演示', current_date, current_date, 5, '1', '{round_}',"
        " 'c', 'i', 'r', 's'"
    )
    statements.append(
        "INSERT INTO admission_places (id, round, application, child, home_division, seats_of, kindergarten, division,"
        " kind, wish, turn, state, answer_by)"
        " SELECT uuid_v7(), r.id, gen_random_uuid(), gen_random_uuid(), r.division, gen_random_uuid(),"
        f" '{key}', '{place}', 'small', 1, n, '{state}', current_date + 1"
        f" FROM admission_rounds r, generate_series(1, {count}) n"
    )
    await registry.database.fetch("; ".join(statements))


YESTERDAY = given.TODAY - timedelta(1)
