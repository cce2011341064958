"""`python -m services.finance.seed`: the demonstration district's programmes, numbers and book; again adds nothing."""

import psycopg
import structlog

from services.finance.seed.loading import load
from shared.settings import settings

log = structlog.get_logger()


def main() -> None:
    """Fill an empty finance database, where a demonstration is wanted."""
    if not settings().demonstration:
        return
    with psycopg.connect(settings().app_database_url.get_secret_value()) as connection:
        log.info("demonstration numbers", stored=load(connection, settings().district))


if __name__ == "__main__":
    main()
