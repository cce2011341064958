"""Which day and what time it is in the district: Beijing decides, wherever the server stands."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def today() -> date:
    return datetime.now(BEIJING).date()


def now() -> datetime:
    return datetime.now(BEIJING)
