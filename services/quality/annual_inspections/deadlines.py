"""What happens to an inspection by the passing of days."""

from datetime import date

from sqlalchemy import select

from services.quality.annual_inspections.models import AnnualInspection
from services.quality.annual_inspections.rules import MACHINE
from services.quality.steps.actions import record
from shared.db import Database

BATCH = 200


async def conclude_due(database: Database, on: date) -> int:
    """End every inspection whose period to appeal passed without an appeal; return how many ended.

    After a standstill of days each still ends once; two workers do not end one twice.
    """
    total = 0
    while True:
        async with database.begin(database.system) as session:
            query = (
                select(AnnualInspection)
                .where(
                    AnnualInspection.state == "decided",
                    AnnualInspection.appealed_on.is_(None),
                    AnnualInspection.appeal_until < on,
                )
                .order_by(AnnualInspection.id)
                .limit(BATCH)
                .with_for_update(skip_locked=True)
            )
            found = (await session.scalars(query)).all()
            for each in found:
                each.state = "final"
                await record(session, database.system, "annual_inspection", each, "conclude", MACHINE["conclude"])
        total += len(found)
        if len(found) < BATCH:
            return total
