"""`python -m services.registry.seed`: reference data, then the demonstration district, once."""

import os

import psycopg
import structlog

from services.registry import reference
from services.registry.seed.loading import load
from services.registry.seed.synthetic import district
from shared.crypto import KeyRing
from shared.settings import settings

log = structlog.get_logger()


def main() -> None:
    """Fill an empty register; one that holds kindergartens is left alone."""
    reference.load(os.environ["HUAIYOU_OWNER_DATABASE_URL"])
    keys = KeyRing.parse(settings().field_keys.get_secret_value())
    with psycopg.connect(settings().app_database_url.get_secret_value()) as connection:
        stored = load(connection, district(), keys, settings().district)
    log.info("demonstration district", stored=stored)


if __name__ == "__main__":
    main()
