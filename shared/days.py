"""Which day and what time it is in the district: Beijing decides, wherever the server stands."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


class Clock:
    """Where the time comes from: the machine, unless something stands in for it (a journey through a year)."""

    source: Callable[[], datetime] | None = None


def now() -> datetime:
    return Clock.source() if Clock.source else datetime.now(UTC).astimezone(BEIJING)


def today() -> date:
    return now().date()
