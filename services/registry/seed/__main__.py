"""`python -m services.registry.seed`: reference data, the demonstration district and two certified months, once."""

import asyncio
import os

import psycopg
import structlog

from services.registry import reference
from services.registry.seed.attendance import certify_months
from services.registry.seed.loading import load
from services.registry.seed.synthetic import TODAY, district
from shared.crypto import KeyRing
from shared.db import Database
from shared.settings import settings

log = structlog.get_logger()


def main() -> None:
    """Reference data always; the district into an empty register, where a demonstration is wanted."""
    reference.load(os.environ["HUAIYOU_OWNER_DATABASE_URL"])
    if not settings().demonstration:
        return
    keys = KeyRing.parse(settings().field_keys.get_secret_value())
    with psycopg.connect(settings().app_database_url.get_secret_value()) as connection:
        stored = load(connection, district(), keys, settings().district)
    months = asyncio.run(_months())
    log.info("demonstration district", stored=stored, certified_months=months)


async def _months() -> int:
    database = Database(settings().app_database_url.get_secret_value(), size=1, district=settings().district)
    try:
        return await certify_months(database, TODAY)
    finally:
        await database.close()


if __name__ == "__main__":
    main()
