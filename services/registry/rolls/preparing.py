"""A block of rows made ready: checked, sealed, written as COPY wants it. Runs in processes of their own."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from services.registry.identifiers.rules import document_key
from services.registry.rolls.columns import Header
from services.registry.rolls.faults import NOT_A_RECORD, RowFault, fault
from services.registry.rolls.reading import Block, Dialect, records
from services.registry.rolls.reference import Reference
from services.registry.rolls.rules import Checker
from services.registry.rolls.sealing import Sealer
from shared.crypto import KeyRing

BROKEN = "file-row-broken"


@dataclass(slots=True)
class Prepared:
    """What became of a block.

    `lines` are the rows to stage by kindergarten, with their number. `marks` are the first eight bytes of the blind
    index of each row's document, beside `marked`, the row: they find a document that comes twice in the file.
    """

    rows: int = 0
    last: int = 0
    lines: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)


@dataclass
class Preparation:
    """What every block of one file is prepared with."""

    dialect: Dialect
    header: Header
    reference: Reference

    @cached_property
    def checker(self) -> Checker:
        return Checker(self.reference, self.header)

    def prepare(self, keys: KeyRing, block: Block, skipped: frozenset[int] = frozenset()) -> Prepared:
        """Check and seal the rows of a block, except those `skipped`: they were refused before."""
        made = Prepared(last=block.first - 1)
        sealer = Sealer(keys, self.reference.disability_schemes)
        lines: defaultdict[str, list[str]] = defaultdict(list)
        try:
            for number, row in enumerate(records(self.dialect, block.content), block.first):
                made.last = number
                if row is None:
                    made.rows += 1
                    made.faults.append(fault(number, "", "", NOT_A_RECORD))
                elif any(row):
                    made.rows += 1
                    if number not in skipped:
                        self._row(number, row, made, sealer, lines)
        except csv.Error as error:
            made.faults.append(
                RowFault(made.last + 1, "", "", BROKEN, "error", "此行无法解析", f"Not readable: {error}")
            )
        made.lines = {owner: ("".join(text).encode(), len(text)) for owner, text in lines.items()}
        return made

    def _row(
        self, number: int, row: list[str], made: Prepared, sealer: Sealer, lines: defaultdict[str, list[str]]
    ) -> None:
        entry, found = self.checker.check(number, row)
        made.faults += found
        if entry is None:
            kind, document = self.checker.document
            if kind and document:
                self._mark(number, sealer.blind(document_key(kind, document)), made)
            return
        index = sealer.blind(document_key(entry.common.values["document_type"] or "", entry.number))
        self._mark(number, index, made)
        lines[entry.room.kindergarten].append(sealer.line(number, entry, index))

    @staticmethod
    def _mark(number: int, index: bytes, made: Prepared) -> None:
        made.marks.append(int.from_bytes(index[:8]))
        made.marked.append(number)
