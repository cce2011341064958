"""Who of a list of arrivals finds a seat. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

Period = tuple[date, date]


def without_seat(limit: int, taken: Sequence[Period], arrivals: Sequence[tuple[int, date]]) -> list[int]:
    """The rows that find the class full, taking them in the order of the file.

    `taken` are the periods (end exclusive) already enrolled; an arrival (row, day) stays. A class is full on the day
    on which as many children are in it as it may hold, on any day after the arrival too.
    """
    days = sorted({day for period in taken for day in period} | {day for _, day in arrivals})
    crowd = [sum(since <= day < until for since, until in taken) for day in days]
    refused = []
    for row, day in arrivals:
        place = bisect_left(days, day)
        if max(crowd[place:]) >= limit:
            refused.append(row)
            continue
        for later in range(place, len(crowd)):
            crowd[later] += 1
    return refused
