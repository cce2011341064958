"""`python -m services.registry.seed`: reference data, the plan's work, and a demonstration district.

Each measure has a drafted task, each named project its record; the district comes once, with two certified months.
"""

import asyncio
import os

import psycopg
import structlog
from sqlalchemy import Date, bindparam, select

from services.registry import reference
from services.registry.construction.actions import register_named
from services.registry.kindergartens.models import KindergartenStatus
from services.registry.plan_tasks.actions import current_plan
from services.registry.plan_tasks.deriving import derive_tasks
from services.registry.publications.actions import publish_records
from services.registry.seed.attendance import certify_months
from services.registry.seed.loading import load
from services.registry.seed.synthetic import TODAY, district
from shared.crypto import KeyRing
from shared.days import today
from shared.db import Database
from shared.settings import settings

OPEN_ONES = select(KindergartenStatus.kindergarten).where(
    KindergartenStatus.since <= bindparam("on", type_=Date),
    KindergartenStatus.until > bindparam("on", type_=Date),
    KindergartenStatus.status.in_(("operating", "suspended")),
)
log = structlog.get_logger()


def main() -> None:
    """Reference data always; the district into an empty register, where a demonstration is wanted."""
    reference.load(os.environ["HUAIYOU_OWNER_DATABASE_URL"])
    log.info("the plan's tasks", drafted=asyncio.run(_tasks()))
    if not settings().demonstration:
        return
    keys = KeyRing.parse(settings().field_keys.get_secret_value())
    with psycopg.connect(settings().app_database_url.get_secret_value()) as connection:
        stored = load(connection, district(), keys, settings().district)
    months = asyncio.run(_months())
    pages = asyncio.run(publish_pages()) if stored else 0
    log.info("demonstration district", stored=stored, certified_months=months, public_pages=pages)


async def _tasks() -> int:
    database = Database(settings().app_database_url.get_secret_value(), size=1, district=settings().district)
    try:
        async with database.begin(database.system) as session:
            plan = await current_plan(session, today())
            await register_named(session, database.system)
            return (await derive_tasks(session, plan)).derived if plan else 0
    finally:
        await database.close()


async def _months() -> int:
    database = Database(settings().app_database_url.get_secret_value(), size=1, district=settings().district)
    try:
        return await certify_months(database, TODAY)
    finally:
        await database.close()


async def publish_pages() -> int:
    """Publish every kindergarten that is open, so that the district has its public pages."""
    database = Database(settings().app_database_url.get_secret_value(), size=1, district=settings().district)
    try:
        async with database.begin(database.system) as session:
            found = await session.scalars(OPEN_ONES, {"on": today()})
            return len(await publish_records(session, database.system, found.all()))
    finally:
        await database.close()


if __name__ == "__main__":
    main()
