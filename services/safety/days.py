"""Which day it is where the district lies."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

DISTRICT_TIME = ZoneInfo("Asia/Shanghai")


def today() -> date:
    return datetime.now(DISTRICT_TIME).date()


def now() -> datetime:
    return datetime.now(DISTRICT_TIME)
