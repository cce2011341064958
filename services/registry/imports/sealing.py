"""An entry as the line that COPY reads: identifiers sealed and blinded, ids made, nothing in clear but the name."""

from collections.abc import Iterator

from services.registry.identifiers.rules import RESIDENT_ID, SYNTHETIC_AREA, document_key, mask_number
from services.registry.imports.rules import Entry
from shared.crypto import KeyRing
from shared.ids import new_id
from shared.pinyin import pinyin_key

NULL = "\\N"
GUARDIAN = (
    *("id", "name", "relation", "phone_sealed", "phone_index", "phone_mask"),
    *("document_type", "document_sealed", "document_index", "document_mask"),
)
# Columns of the staging table, in the order of a line.
STAGED = (
    *("row", "class_id", "child", "enrolment", "name", "pinyin", "sex", "birth_date", "nationality", "ethnicity"),
    *("document_type", "document_sealed", "document_index", "document_mask", "household_division"),
    *("residence_division", "overseas_kind", "disability_scheme", "disability_kind", "since", "reason_in", "synthetic"),
    *(f"first_{name}" for name in GUARDIAN),
    *(f"second_{name}" for name in GUARDIAN),
)
NOBODY = "\t".join(NULL for _ in GUARDIAN)
UNSAID = f"{NULL}\t{NULL}\t{NULL}"


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
        self.encrypt, self.blind, self.schemes = keys.encrypt, keys.blind, schemes
        self.ids = ids()
        self.pinyin: dict[str, str] = {}

    def line(self, row: int, entry: Entry, index: bytes) -> str:
        """`index` is the blind index of the child's document."""
        child = next(self.ids)
        room, name, kind, number, sex, birth, ethnicity, nationality, household, residence, overseas, disability = (
            entry[:12]
        )
        key = self.pinyin.get(name)
        if key is None:
            key = self.pinyin[name] = pinyin_key(name)
        guardians = entry.guardians
        first = self._guardian(child + 1, guardians[0])
        second = self._guardian(child + 2, guardians[1]) if len(guardians) > 1 else NOBODY
        return (
            f"{row}\t{room.id}\t{child:032x}\t{child + 3:032x}\t{name}\t{key}\t{sex}\t{birth}\t{nationality}\t"
            f"{ethnicity or NULL}\t{kind}\t\\\\x{self.encrypt(number, child.to_bytes(16)).hex()}\t\\\\x{index.hex()}\t"
            f"{mask_number(number)}\t{household or NULL}\t{residence}\t{overseas}\t"
            f"{self.schemes[disability] if disability else NULL}\t{disability or NULL}\t{entry.since}\t"
            f"{entry.reason_in}\t{kind == RESIDENT_ID and number.startswith(SYNTHETIC_AREA)}\t{first}\t{second}\n"
        )

    def _guardian(self, id: int, guardian: tuple[str, str, str, str, str]) -> str:
        name, relation, phone, kind, number = guardian
        bound = id.to_bytes(16)
        called = self._number(phone, phone, bound) if phone else UNSAID
        named = f"{kind}\t{self._number(number, document_key(kind, number), bound)}" if number else f"{NULL}\t{UNSAID}"
        return f"{id:032x}\t{name}\t{relation}\t{called}\t{named}"

    def _number(self, number: str, looked_up: str, bound: bytes) -> str:
        sealed, index = self.encrypt(number, bound).hex(), self.blind(looked_up).hex()
        return f"\\\\x{sealed}\t\\\\x{index}\t{mask_number(number)}"
