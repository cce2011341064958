"""A clock that a journey moves by hand; nothing else of ours is replaced."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import pytest

from shared.days import BEIJING, Clock


@dataclass
class MovedByHand:
    """Nine in the morning of a day."""

    day: date

    def to(self, *parts: int) -> date:
        self.day = date(*parts)
        return self.day

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(9), BEIJING)


@pytest.fixture
def clock() -> Iterator[MovedByHand]:
    made = MovedByHand(date(2025, 1, 6))
    Clock.source = made
    yield made
    Clock.source = None
