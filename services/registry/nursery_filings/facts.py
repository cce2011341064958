"""What stands for or against nursery classes today: the register's facts, checked, and the filing they belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.nursery_filings.conditions import Facts, Scale, checks
from services.registry.nursery_filings.queries import FACTS
from services.registry.nursery_filings.rules import Subject
from services.registry.parameters.published import PARAMETERS
from services.registry.recognitions.conditions import Check, blocks
from shared.db import Reader


def scale(row: Mapping[str, Any], former_places: int | None) -> Scale:
    """What the row asks for; a change to no more places than the former filing's enlarges nothing."""
    asked = Scale(row["classes"], row["children_per_class"], row["carers"], Decimal(row["monthly_fee"]))
    enlarges = row["kind"] != "change" or former_places is None or asked.places > former_places
    return Scale(asked.classes, asked.children_per_class, asked.carers, asked.monthly_fee, enlarges)


async def checked(session: AsyncSession, kindergarten: UUID, asked: Scale, on: date) -> tuple[Check, ...]:
    """Every check, inside the writer's transaction."""
    found = await session.execute(cast("Executable", FACTS.statement), {"id": kindergarten, "as_of": on})
    return checks(Facts(*found.one()), asked, PARAMETERS, on)


async def read_checks(reader: Reader, kindergarten: UUID, asked: Scale, on: date) -> tuple[Check, ...]:
    """Every check, as a reader in scope sees it. Raises NotFound."""
    found = await reader.one(FACTS, "kindergarten", id=kindergarten, as_of=on)
    return checks(Facts(*found), asked, PARAMETERS, on)


def subject(row: Mapping[str, Any], found: Sequence[Check]) -> Subject:
    """What the machine is asked about, from a row of the table or its JSON."""
    return Subject(
        state=row["state"],
        applied_by=row["applied_by"],
        examined_by=row["examined_by"],
        conditions_met=row["conditions_met"],
        findings=row["findings"],
        since=_day(row["since"]),
        until=_day(row["until"]),
        blocked=blocks(found),
    )


def _day(value: Any) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(value)


def shown(found: Sequence[Check]) -> list[dict[str, Any]]:
    """The checks as the answer spells them."""
    return [asdict(each) for each in found]
