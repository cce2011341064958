"""What the text of one cell means: a code, a date, a division, a class; or why it means nothing. Pure."""

import re
import unicodedata
from datetime import date
from typing import Any, NamedTuple

from services.registry.findings import Finding
from services.registry.identifiers.rules import RESIDENT_ID, mask_name, mask_number, normal_form
from services.registry.rolls import faults
from services.registry.rolls.columns import PLACE, Column
from services.registry.rolls.reference import Reference, Room, nearest

SHOWN = 60  # characters of a value in a finding
DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
MIDNIGHT = re.compile(r"[ T]00:00(:00)?(\.0+)?$")
DIVISION = re.compile(r"\d{6}(?:\d{3}){0,2}", re.ASCII)
COUNTRY = re.compile(r"\d{3}", re.ASCII)
SEXES = {"男": "1", "女": "2"}
DEFAULTS = {"nationality": "156", "overseas_kind": "0", "reason_in": "new", "guardian1_document_type": RESIDENT_ID}


class Unfit(NamedTuple):
    """A cell that is wrong, and what to say about it."""

    finding: Finding
    facts: dict[str, Any]


def meaning(column: Column, cell: str, reference: Reference) -> str | Unfit | None:
    """Code, ISO date or division code of a cell; what the column stands for when it is empty."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if not text:
        return Unfit(faults.MISSING, {}) if column.required else DEFAULTS.get(column.key)
    if column.codes:
        return _coded(column, text, reference)
    if column.key == "household_division":
        return text if DIVISION.fullmatch(text) else Unfit(faults.DIVISION_SHAPE, {})
    if column.key == "residence_division":
        return _residence(text, reference)
    return day(text) or Unfit(faults.DATE_SHAPE, {})


def _coded(column: Column, text: str, reference: Reference) -> str | Unfit:
    listed = reference.codes[column.codes]
    if text in listed:
        return listed[text]
    if column.codes == "nationality" and COUNTRY.fullmatch(text):
        return text
    if column.codes == "sex" and text in SEXES:
        return SEXES[text]
    return Unfit(faults.CODE_UNKNOWN, nearest(text, listed))


def _residence(text: str, reference: Reference) -> str | Unfit:
    if text not in reference.divisions:
        return Unfit(faults.DIVISION_UNKNOWN, nearest(text, reference.divisions))
    return reference.divisions[text] or Unfit(faults.DIVISION_AMBIGUOUS, {})


def day(text: str) -> str | None:
    """An ISO date from the ways people write one; None when it is none."""
    text = MIDNIGHT.sub("", text)
    if found := DATE.fullmatch(text) or COMPACT.fullmatch(text):
        year, month, of_month = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, of_month).isoformat() if 1900 <= year <= 2100 else None  # noqa: PLR2004  # plausible
        except ValueError:
            return None
    return None


def room(cells: tuple[str, ...], reference: Reference) -> Room | Unfit:
    """The class named by school code, kindergarten and class; of what is unfit, `cell` says which of the three."""
    code, name, class_name = (unicodedata.normalize("NFKC", cell).strip() for cell in cells)
    owner = _kindergarten(code, name, reference)
    if isinstance(owner, Unfit):
        return owner
    facts: dict[str, Any] = {"cell": PLACE["class_name"], "year": reference.school_year}
    if not class_name:
        return Unfit(faults.MISSING, facts)
    rooms = reference.rooms.get(owner, {})
    return rooms.get(class_name) or Unfit(faults.CLASS_UNKNOWN, facts | nearest(class_name, rooms))


def _kindergarten(code: str, name: str, reference: Reference) -> str | Unfit:
    if code:
        found = reference.by_code.get(code)
        if found is None:
            near = nearest(code, reference.by_code)
            return Unfit(faults.KINDERGARTEN_UNKNOWN, {"cell": PLACE["school_code"]} | near)
        if name and reference.kindergartens[found][0] != name:
            return Unfit(faults.KINDERGARTEN_CONTRADICTS, {"cell": PLACE["kindergarten"]})
        return found
    at = {"cell": PLACE["kindergarten"]}
    if not name:
        only = next(iter(reference.kindergartens)) if len(reference.kindergartens) == 1 else None
        return only or Unfit(faults.KINDERGARTEN_MISSING, at)
    if name not in reference.by_name:
        return Unfit(faults.KINDERGARTEN_UNKNOWN, at | nearest(name, reference.by_name))
    return reference.by_name[name] or Unfit(faults.KINDERGARTEN_AMBIGUOUS, at)


def shown(column: Column, value: str) -> str:
    """A value as a finding may show it: personal ones masked, long ones cut, nothing invisible."""
    if column.personal:
        value = mask_name(value.strip()) if column.personal == "name" else mask_number(normal_form(value))
    return printable(value)


def printable(value: str) -> str:
    """A text cut to what a finding shows, without invisible characters."""
    cut = value[:SHOWN] + ("…" if len(value) > SHOWN else "")
    return "".join(c if c.isprintable() else "�" for c in cut)
