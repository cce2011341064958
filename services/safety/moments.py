"""Instants a caller may send: with their zone, and in a time anybody lives in."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError

FIRST, LAST = datetime(2000, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _plausible(value: datetime) -> datetime:
    if not FIRST <= value <= LAST:
        raise PydanticCustomError("date_out_of_range", "the moment must lie between 2000-01-02 and 2100-01-01")
    return value


Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]
