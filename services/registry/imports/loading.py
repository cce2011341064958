"""Reading what a roll is checked against: classes and kindergartens in scope, divisions, code lists."""

import unicodedata
from datetime import date

from services.registry.ages.rules import KIND_AT_AGE, PRESCHOOL_AGES, birth_window
from services.registry.code_lists import entries, usable
from services.registry.imports.staging import Lane
from services.registry.rolls.columns import COLUMNS
from services.registry.rolls.reference import Reference, Room, unique

_kindergartens = (
    "SELECT id, name, coalesce(school_code, '') FROM kindergartens WHERE closed_on IS NULL OR closed_on > %s"
)
_rooms = "SELECT id, kindergarten, name, kind, since, until, hard_limit FROM classes WHERE school_year = %s"
_divisions = "SELECT code, name FROM divisions WHERE since <= %s AND until > %s"
_AGES = {kind.value: (age, age) for age, kind in KIND_AT_AGE.items()}


async def reference(lane: Lane, school_year: int, today: date) -> Reference:
    """Everything the lane's actor may see that a row can name."""
    owners = {each.hex: (_plain(name), code) for each, name, code in await lane.rows(_kindergartens, today)}
    rooms: dict[str, dict[str, Room]] = {}
    for each, owner, name, kind, since, until, limit in await lane.rows(_rooms, school_year):
        first, last = birth_window(school_year, *_AGES.get(kind, PRESCHOOL_AGES))
        days = (since.isoformat(), until.isoformat(), first.isoformat(), last.isoformat())
        rooms.setdefault(owner.hex, {})[_plain(name)] = Room(each.hex, owner.hex, *days, limit)
    named = [(name, code) for code, name in await lane.rows(_divisions, today, today)]
    return Reference(
        today=today,
        school_year=school_year,
        kindergartens=owners,
        rooms=rooms,
        codes={each: _codes(each, today) for each in {column.codes for column in COLUMNS if column.codes}},
        divisions=unique(named) | {code: code for _, code in named},
        disability_schemes={code: row["national_standard"] for code, row in entries("disability_kind").items()},
    )


def _codes(name: str, on: date) -> dict[str, str]:
    """Codes and Chinese labels of one list, as far as they may be used on that day."""
    rows = [row for code, row in entries(name).items() if usable(name, code, on)]
    return {row["label_zh"]: row["code"] for row in rows} | {row["code"]: row["code"] for row in rows}


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()
