"""What stands for or against a recognition today: the register's facts, checked, and the case they belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.recognitions.conditions import Check, Facts, blocks, checks
from services.registry.recognitions.queries import FACTS
from services.registry.recognitions.rules import Subject
from shared.db import Reader

DAYS = ("notice_until", "since", "until", "leaving_until")


def number(name: str, on: date) -> int:
    """A whole-numbered parameter of policy on that day."""
    return int(in_force(PARAMETERS, name, on).number)


async def checked(session: AsyncSession, kindergarten: UUID, fee: Decimal | None, on: date) -> tuple[Check, ...]:
    """Every check of the register, inside the writer's transaction."""
    found = await session.execute(cast("Executable", FACTS.statement), {"id": kindergarten, "as_of": on})
    return checks(Facts(*found.one()), fee, PARAMETERS, on)


async def read_checks(reader: Reader, kindergarten: UUID, fee: Decimal | None, on: date) -> tuple[Check, ...]:
    """Every check of the register, as a reader in scope sees it. Raises NotFound."""
    found = await reader.one(FACTS, "kindergarten", id=kindergarten, as_of=on)
    return checks(Facts(*found), fee, PARAMETERS, on)


def subject(row: Mapping[str, Any], found: Sequence[Check], on: date) -> Subject:
    """What the machine is asked about, from a row of the table or its JSON."""
    days = {name: _day(row[name]) for name in DAYS}
    due = _day(row["review_due_on"])
    early = timedelta(number("recognition_warning_days", on))
    return Subject(
        state=row["state"],
        applied_by=row["applied_by"],
        reviewed_by=row["reviewed_by"],
        unmet=row["unmet"],
        review_opens_on=due and due - early,
        leaving_by=row["leaving_by"],
        blocked=blocks(found),
        **days,
    )


def _day(value: Any) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(value)


def shown(found: Sequence[Check]) -> list[dict[str, Any]]:
    """The checks as the answer spells them."""
    return [asdict(each) for each in found]
