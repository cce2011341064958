"""Codes of a record checked against the published lists, by the day they are used on."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from services.registry import data
from shared.errors import Fault

_MARKS = ("since", "until")


@cache
def entries(name: str) -> dict[str, dict[str, str]]:
    """The entries of one list by their code."""
    return {row["code"]: row for row in data.rows(f"codes/{name}")}


def usable(name: str, code: str, on: date) -> bool:
    """Whether the list has the code and it may be used on that day."""
    if (row := entries(name).get(code)) is None:
        return False
    since, until = (row[mark] and date.fromisoformat(row[mark]) for mark in _MARKS)
    return (not since or since <= on) and (not until or on < until)


def unknown_codes(lists: Mapping[str, str], values: Mapping[str, str | None], on: date) -> list[Fault]:
    """A fault for each field whose code its list does not have; `lists` names the list of each field."""
    return [
        Fault(f"/{field}", "unknown-code", f"代码表 {name} 中没有 {code}。", f"The code list {name} has no {code}.")
        for field, name in lists.items()
        if (code := values.get(field)) and not usable(name, code, on)
    ]
