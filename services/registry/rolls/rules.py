"""One row of a roll, checked: the values to store, or every fault with its field. Pure.

What the database must be asked (already registered, seats) is not decided here. Rows come by the hundred thousand:
cells that repeat are understood once and remembered.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from services.registry.findings import Finding
from services.registry.identifiers.rules import (
    ABOLISHED_AREAS,
    ID_FUTURE,
    ID_OTHER_BIRTH,
    ID_OTHER_SEX,
    PROVINCES,
    RESIDENT_ID,
    document_findings,
    normal_form,
    resident_id_fault,
)
from services.registry.rolls import cells as meanings
from services.registry.rolls import faults
from services.registry.rolls.cells import Unfit, printable, shown
from services.registry.rolls.columns import COLUMNS, KEYS, LONGEST_CELL, PLACE, Column, Header
from services.registry.rolls.faults import RowFault, fault
from services.registry.rolls.reference import Reference, Room

REMEMBERED = 100_000
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[·•.' -](?=[^\W\d_]))*")  # letters; dots, hyphens and blanks between them
PHONE = re.compile(r"\+?\d{7,20}", re.ASCII)
FIGURE = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
LONGEST_NAME, MOBILE = 60, 11
_COMMON = tuple(
    (place, column)
    for place, column in enumerate(COLUMNS)
    if column.codes or column.key in {"household_division", "residence_division"}
)
_NUMBER, _BIRTH, _SEX, _SINCE = (PLACE[key] for key in ("document_number", "birth_date", "sex", "since"))
_FIRST, _SECOND = PLACE["guardian1_name"], PLACE["guardian2_name"]
Told = tuple[str, str, str, str]


@dataclass(slots=True)
class Common:
    """What rows have in common with many others: codes and divisions, by column. `text` is how they are written."""

    values: dict[str, str | None]
    text: str = ""


class Entry(NamedTuple):
    """A row in order, as it will be stored."""

    room: Room
    name: str
    number: str
    birth_date: str
    since: str
    common: Common
    first: Told  # name, phone, document type and number of the first guardian
    second: Told | None


class Checker:
    """Checks the rows of one file, one after the other."""

    def __init__(self, reference: Reference, header: Header) -> None:
        self.reference, self.width, self.nameless = reference, header.width, header.nameless
        # A column the file does not have stands at -1: the blank that is put at the end of every row.
        self.pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*header.positions)
        self.today, self.latest = f"{reference.today:%Y-%m-%d}", f"{reference.today:%Y%m%d}"
        self.pick_common: Callable[[list[str]], tuple[str, ...]] = itemgetter(
            *(header.positions[place] for place, _ in _COMMON)
        )
        self.known: list[dict[str, str | Unfit | None]] = [{} for _ in COLUMNS]
        self.commons: dict[tuple[str, ...], Common] = {}
        self.rooms: dict[tuple[str, ...], Room | Unfit] = {}
        self.row = 0
        self.found: list[RowFault] = []
        self.document: tuple[str | None, str] = (None, "")  # kind and number of the row's document, when sound

    def check(self, number: int, row: list[str]) -> tuple[Entry | None, list[RowFault]]:
        """The entry, unless something refuses it, and what was found; `number` is the row's place in the file."""
        self.row, self.found = number, []
        if len(row) > self.width or self.nameless:
            self._outside(row)
        row.extend([""] * (self.width + 1 - len(row)))
        cells = self.pick(row)
        key = self.pick_common(row)
        common = self.commons.get(key) or self._common(key)
        birth, since = self._day(_BIRTH, cells), self._day(_SINCE, cells)
        room = self._room(cells[:3])
        name = self._name(PLACE["name"], cells)
        document = self._document(cells, common.values, birth)
        first, second = self._first(cells, common.values), self._second(cells)
        if room is not None:
            self._days(room, cells, birth, since)
        if room is None or any(each.refuses for each in self.found):
            return None, self.found
        # Nothing refuses, so both days are there.
        return Entry(room, name, document, birth or "", since or "", common, first, second), self.found

    def _say(self, place: int, value: str, finding: Finding, **facts: Any) -> None:
        self.found.append(fault(self.row, KEYS[place], shown(COLUMNS[place], value), finding, **facts))

    def _outside(self, row: list[str]) -> None:
        outside = row[self.width :] + [row[place] for place in self.nameless if place < len(row)]
        if cell := next((cell for cell in outside if cell.strip()), None):
            self.found.append(fault(self.row, "", printable(cell), faults.CELL_OUTSIDE))
        del row[self.width :]

    def _common(self, cells: tuple[str, ...]) -> Common:
        """Understand codes and divisions one by one; what is sound is remembered as a whole."""
        values, sound = {}, True
        for cell, (place, column) in zip(cells, _COMMON, strict=True):
            value = self._learned(place, column, cell)
            if isinstance(value, Unfit):
                self._say(place, cell, value.finding, **value.facts)
                value, sound = None, False
            values[column.key] = value
        made = Common(values)
        if sound and len(self.commons) < REMEMBERED:
            self.commons[cells] = made
        return made

    def _day(self, place: int, cells: Sequence[str]) -> str | None:
        value = self.known[place].get(cells[place])
        if value is None:
            value = self._learned(place, COLUMNS[place], cells[place])
        if isinstance(value, Unfit):
            self._say(place, cells[place], value.finding, **value.facts)
            return None
        return value

    def _learned(self, place: int, column: Column, cell: str) -> str | Unfit | None:
        memory = self.known[place]
        if cell in memory:
            return memory[cell]
        value = meanings.meaning(column, cell, self.reference)
        if len(memory) < REMEMBERED and len(cell) <= LONGEST_CELL:
            memory[cell] = value
        return value

    def _room(self, cells: tuple[str, ...]) -> Room | None:
        found = self.rooms.get(cells)
        if found is None:
            found = meanings.room(cells, self.reference)
            if len(self.rooms) < REMEMBERED:
                self.rooms[cells] = found
        if isinstance(found, Unfit):
            place = found.facts["cell"]
            self._say(place, cells[place], found.finding, **found.facts)
            return None
        return found

    def _name(self, place: int, cells: Sequence[str]) -> str:
        name = cells[place]
        if name.isalpha() and len(name) <= LONGEST_NAME:
            return name
        name = " ".join(name[:LONGEST_CELL].split())
        if not name:
            self._say(place, name, faults.MISSING)
        elif len(name) > LONGEST_NAME or not NAME.fullmatch(name):
            self._say(place, name, faults.TEXT_CHARACTERS)
        return name

    def _document(self, cells: Sequence[str], values: Mapping[str, str | None], birth: str | None) -> str:
        kind, sex = values["document_type"], values["sex"]
        number = normal_form(cells[_NUMBER][:LONGEST_CELL])
        self.document = (kind, number)
        if kind == RESIDENT_ID and birth and sex and self._is_sound(number, birth, sex):
            return number
        before = len(self.found)
        if not number:
            self._say(_NUMBER, number, faults.MISSING)
        elif FIGURE.fullmatch(number):
            self._say(_NUMBER, number, faults.LOST_DIGITS)
        elif kind is not None:
            born = date.fromisoformat(birth) if birth else None
            for each in document_findings(kind, number, self.reference.today, born, sex):
                # A contradiction is shown at the column that contradicts the number.
                place = {ID_OTHER_BIRTH: _BIRTH, ID_OTHER_SEX: _SEX}.get(each, _NUMBER)
                self._say(place, cells[place], each)
        if any(each.field == KEYS[_NUMBER] and each.refuses for each in self.found[before:]):
            self.document = (None, "")
        return number

    def _is_sound(self, number: str, birth: str, sex: str) -> bool:
        """The quick way for what nearly all rows hold: a resident id with nothing to say about it."""
        return (
            resident_id_fault(number, self.latest) is None
            and number[6:14] == birth.replace("-", "")
            and (sex not in "12" or int(number[16]) % 2 == int(sex) % 2)
            and number[:2] in PROVINCES
            and number[:6] not in ABOLISHED_AREAS
        )

    def _first(self, cells: Sequence[str], values: Mapping[str, str | None]) -> Told:
        kind, number = values["guardian1_document_type"] or "", normal_form(cells[_FIRST + 4][:LONGEST_CELL])
        if number and not (kind == RESIDENT_ID and resident_id_fault(number, self.latest) is None):
            self._guardian_document(_FIRST + 4, number, kind)
        return self._name(_FIRST, cells), self._phone(_FIRST + 2, cells), kind, number

    def _second(self, cells: Sequence[str]) -> Told | None:
        name, relation, phone = cells[_SECOND : _SECOND + 3]
        if not (name or relation or phone):
            return None
        if not name.strip():
            self._say(_SECOND, "", faults.GUARDIAN_INCOMPLETE)
            return None
        if not relation.strip():
            self._say(_SECOND + 1, "", faults.MISSING)
        return self._name(_SECOND, cells), self._phone(_SECOND + 2, cells), "", ""

    def _phone(self, place: int, cells: Sequence[str]) -> str:
        phone = cells[place]
        if phone and not (len(phone) == MOBILE and phone.isdecimal() and phone.isascii()):
            phone = normal_form(phone[:LONGEST_CELL]).replace("-", "").replace("(", "").replace(")", "")
            if phone and not PHONE.fullmatch(phone):
                self._say(place, phone, faults.LOST_DIGITS if FIGURE.fullmatch(phone) else faults.PHONE_SHAPE)
        return phone

    def _guardian_document(self, place: int, number: str, kind: str) -> None:
        if FIGURE.fullmatch(number):
            self._say(place, number, faults.LOST_DIGITS)
        elif kind:
            for each in document_findings(kind, number, self.reference.today):
                self._say(place, number, each)

    def _days(self, room: Room, cells: Sequence[str], birth: str | None, since: str | None) -> None:
        if since and not room.since <= since < room.until:
            self._say(_SINCE, since, faults.OUTSIDE_YEAR, since=room.since, until=room.until)
        if not birth:
            return
        if birth > self.today:
            if not any(each.code == ID_FUTURE.code for each in self.found):
                self._say(_BIRTH, cells[_BIRTH], faults.BORN_LATER)
        elif since and birth >= since:
            self._say(_BIRTH, cells[_BIRTH], faults.BORN_AFTER_ENTRY)
        elif not room.first_birth <= birth <= room.last_birth:
            self._say(_BIRTH, cells[_BIRTH], faults.AGE_UNUSUAL)
