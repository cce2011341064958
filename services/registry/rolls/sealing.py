"""An entry as the line that COPY reads: identifiers sealed and blinded, ids made, nothing in clear but the name."""

from collections.abc import Iterator

from services.registry.identifiers.rules import RESIDENT_ID, SYNTHETIC_AREA, document_key, mask_number
from services.registry.rolls.rules import Common, Entry, Told
from shared.crypto import KeyRing
from shared.ids import new_id
from shared.pinyin import pinyin_key

NULL = "\\N"
NUMBERED = ("sealed", "index", "mask")
# What rows have in common with others, by the column of the roll it comes from.
COMMON = {
    "document_type": "document_type",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "nationality": "nationality",
    "household_division": "household_division",
    "residence_division": "residence_division",
    "overseas_kind": "overseas_kind",
    "disability_kind": "disability_kind",
    "reason_in": "reason_in",
    "first_relation": "guardian1_relation",
    "first_document_type": "guardian1_document_type",
    "second_relation": "guardian2_relation",
}
# Columns of the staging table, in the order of a line.
STAGED = (
    *("row", "class_id", "child", "enrolment", "name", "pinyin", "birth_date", "since", "synthetic"),
    *(f"document_{part}" for part in NUMBERED),
    *("first_id", "first_name", *(f"first_phone_{part}" for part in NUMBERED)),
    *(f"first_document_{part}" for part in NUMBERED),
    *("second_id", "second_name", *(f"second_phone_{part}" for part in NUMBERED)),
    *COMMON,
    "disability_scheme",
)
UNSAID = "\t".join(NULL for _ in NUMBERED)
NOBODY = f"{NULL}\t{NULL}\t{UNSAID}"


def ids() -> Iterator[int]:
    """Identifiers of one batch of rows: UUIDs version 7 sixteen apart, the last digit being free.

    RFC 9562 lets the random part of one batch count up. A child ends in 0, its guardians in 1 and 2, its enrolment in
    3, so that each is known from the child's.
    """
    made = new_id().int & ~0xF
    while True:
        yield made
        made += 16


class Sealer:
    """Writes the lines of one batch. No field it writes can hold a tab, a line end or a backslash."""

    def __init__(self, keys: KeyRing, schemes: dict[str, str]) -> None:
        self.seal, self.blind, self.schemes = keys.batch(), keys.blind, schemes
        self.ids = ids()
        self.pinyin: dict[str, str] = {}

    def line(self, row: int, entry: Entry, index: bytes) -> str:
        """`index` is the blind index of the child's document."""
        room, name, number, birth, since, common, first, second = entry
        child = next(self.ids)
        key = self.pinyin.get(name)
        if key is None:
            key = self.pinyin[name] = pinyin_key(name)
        others = self._second(child + 2, second) if second else NOBODY
        synthetic = number.startswith(SYNTHETIC_AREA) and common.values["document_type"] == RESIDENT_ID
        return (
            f"{row}\t{room.id}\t{child:032x}\t{child + 3:032x}\t{name}\t{key}\t{birth}\t{since}\t{synthetic}\t"
            f"\\\\x{self.seal(number.encode(), child.to_bytes(16)).hex()}\t\\\\x{index.hex()}\t{mask_number(number)}\t"
            f"{self._first(child + 1, first)}\t{others}\t{common.text or self._written(common)}"
        )

    def _first(self, id: int, told: Told) -> str:
        name, phone, kind, number = told
        bound = id.to_bytes(16)
        called = self._number(phone, phone, bound) if phone else UNSAID
        named = self._number(number, document_key(kind, number), bound) if number else UNSAID
        return f"{id:032x}\t{name}\t{called}\t{named}"

    def _second(self, id: int, told: Told) -> str:
        called = self._number(told[1], told[1], id.to_bytes(16)) if told[1] else UNSAID
        return f"{id:032x}\t{told[0]}\t{called}"

    def _number(self, number: str, looked_up: str, bound: bytes) -> str:
        sealed, index = self.seal(number.encode(), bound).hex(), self.blind(looked_up).hex()
        return f"\\\\x{sealed}\t\\\\x{index}\t{mask_number(number)}"

    def _written(self, common: Common) -> str:
        """The end of a line, which many lines share."""
        kind = common.values["disability_kind"]
        values = [*(common.values[column] for column in COMMON.values()), self.schemes[kind] if kind else None]
        common.text = "\t".join(value or NULL for value in values) + "\n"
        return common.text
