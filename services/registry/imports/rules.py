"""One row of a roll, checked: the values to store, or every fault with its field. Pure.

What the database must be asked (already registered, seats) is not decided here. Rows come by the hundred thousand:
cells that repeat are understood once and remembered.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from services.registry.imports import cells as meanings
from services.registry.imports import faults
from services.registry.imports.cells import Unfit, printable, shown
from services.registry.imports.columns import COLUMNS, KEYS, LONGEST_CELL, PLACE, Column, Header
from services.registry.imports.faults import RowFault, fault
from services.registry.imports.reference import Reference, Room

REMEMBERED = 100_000
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[·•.' -](?=[^\W\d_]))*")  # letters; dots, hyphens and blanks between them
PHONE = re.compile(r"\+?\d{7,20}", re.ASCII)
FIGURE = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
LONGEST_NAME, MOBILE = 60, 11
_DATED = {"birth_date", "since", "household_division", "residence_division"}
_REPEATING = tuple((place, column) for place, column in enumerate(COLUMNS) if column.codes or column.key in _DATED)
_NUMBER, _BIRTH, _SEX, _SINCE = (PLACE[key] for key in ("document_number", "birth_date", "sex", "since"))
_FIRST, _SECOND = PLACE["guardian1_name"], PLACE["guardian2_name"]
Told = tuple[str, str, str, str, str]


class Entry(NamedTuple):
    """A row in order, as it will be stored."""

    room: Room
    name: str
    document_type: str
    number: str
    sex: str
    birth_date: str
    ethnicity: str | None
    nationality: str
    household_division: str | None
    residence_division: str
    overseas_kind: str
    disability_kind: str | None
    since: str
    reason_in: str
    guardians: tuple[Told, ...]  # name, relation, phone, document type, document number


class Checker:
    """Checks the rows of one file, one after the other."""

    def __init__(self, reference: Reference, header: Header) -> None:
        self.reference, self.width, self.nameless = reference, header.width, header.nameless
        # A column the file does not have stands at -1: the blank that is put at the end of every row.
        self.pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*header.positions)
        self.today, self.latest = f"{reference.today:%Y-%m-%d}", f"{reference.today:%Y%m%d}"
        self.known: list[dict[str, str | Unfit | None]] = [{} for _ in COLUMNS]
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
        values = self._repeating(cells)
        room = self._room(cells[:3])
        name = self._name(PLACE["name"], cells)
        document = self._document(cells, values)
        guardians = tuple(self._guardians(cells, values))
        if room is not None:
            self._days(room, cells, values)
        if room is None or any(each.refuses for each in self.found):
            return None, self.found
        v: Any = values  # nothing refuses, so what must be there is there
        entry = Entry(
            room,
            name,
            v["document_type"],
            document,
            v["sex"],
            v["birth_date"],
            v["ethnicity"],
            v["nationality"],
            v["household_division"],
            v["residence_division"],
            v["overseas_kind"],
            v["disability_kind"],
            v["since"],
            v["reason_in"],
            guardians,
        )
        return entry, self.found

    def _say(self, place: int, value: str, finding: Finding, **facts: Any) -> None:
        self.found.append(fault(self.row, KEYS[place], shown(COLUMNS[place], value), finding, **facts))

    def _outside(self, row: list[str]) -> None:
        outside = row[self.width :] + [row[place] for place in self.nameless if place < len(row)]
        if cell := next((cell for cell in outside if cell.strip()), None):
            self.found.append(fault(self.row, "", printable(cell), faults.CELL_OUTSIDE))
        del row[self.width :]

    def _repeating(self, cells: Sequence[str]) -> dict[str, str | None]:
        """Codes, dates and divisions: cells of few different values."""
        values: dict[str, str | None] = {}
        for place, column in _REPEATING:
            cell, memory = cells[place], self.known[place]
            try:
                value = memory[cell]
            except KeyError:
                value = self._learn(column, cell, memory)
            if value.__class__ is Unfit:
                self._say(place, cell, value.finding, **value.facts)
                value = None
            values[column.key] = value  # type: ignore[assignment]  # and now it is not
        return values

    def _learn(self, column: Column, cell: str, memory: dict[str, str | Unfit | None]) -> str | Unfit | None:
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
            place = found.facts["place"]
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

    def _document(self, cells: Sequence[str], values: Mapping[str, str | None]) -> str:
        kind, birth, sex = values["document_type"], values["birth_date"], values["sex"]
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

    def _guardians(self, cells: Sequence[str], values: Mapping[str, str | None]) -> Iterable[Told]:
        kind, number = values["guardian1_document_type"] or "", normal_form(cells[_FIRST + 4][:LONGEST_CELL])
        if number and not (kind == RESIDENT_ID and resident_id_fault(number, self.latest) is None):
            self._guardian_document(_FIRST + 4, number, kind)
        yield self._guardian(_FIRST, cells, values["guardian1_relation"], kind if number else "", number)
        if cells[_SECOND] or cells[_SECOND + 1] or cells[_SECOND + 2]:
            yield self._guardian(_SECOND, cells, values["guardian2_relation"], "", "")

    def _guardian(self, place: int, cells: Sequence[str], relation: str | None, kind: str, number: str) -> Told:
        name, phone = "", cells[place + 2]
        if cells[place].strip():
            name = self._name(place, cells)
        else:
            self._say(place, "", faults.MISSING if place == _FIRST else faults.GUARDIAN_INCOMPLETE)
        if relation is None and not cells[place + 1].strip() and place == _SECOND:
            self._say(place + 1, "", faults.MISSING)
        if phone and not (len(phone) == MOBILE and phone.isdecimal() and phone.isascii()):
            phone = normal_form(phone[:LONGEST_CELL]).replace("-", "").replace("(", "").replace(")", "")
            if phone and not PHONE.fullmatch(phone):
                self._say(place + 2, phone, faults.LOST_DIGITS if FIGURE.fullmatch(phone) else faults.PHONE_SHAPE)
        return name, relation or "", phone, kind, number

    def _guardian_document(self, place: int, number: str, kind: str) -> None:
        if FIGURE.fullmatch(number):
            self._say(place, number, faults.LOST_DIGITS)
        elif kind:
            for each in document_findings(kind, number, self.reference.today):
                self._say(place, number, each)

    def _days(self, room: Room, cells: Sequence[str], values: Mapping[str, str | None]) -> None:
        birth, since = values["birth_date"], values["since"]
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
