"""Numbers of people as they are kept: sealed for the record, an index to find it again, a mask to show."""

from dataclasses import dataclass
from uuid import UUID

from services.registry.identifiers.rules import document_key, mask_number, normal_form
from shared.crypto import KeyRing


@dataclass(frozen=True, slots=True)
class Sealed:
    sealed: bytes
    index: bytes
    mask: str

    def columns(self, field: str) -> dict[str, bytes | str]:
        """The three columns of that field: `document` or `phone`."""
        return {f"{field}_sealed": self.sealed, f"{field}_index": self.index, f"{field}_mask": self.mask}


def seal_document(keys: KeyRing, kind: str, number: str, record: UUID) -> Sealed:
    """Seal a document's number for one record."""
    plain = normal_form(number)
    return Sealed(keys.encrypt(plain, record.bytes), document_index(keys, kind, plain), mask_number(plain))


def seal_phone(keys: KeyRing, number: str, record: UUID) -> Sealed:
    """Seal a telephone number for one record."""
    return Sealed(keys.encrypt(number, record.bytes), keys.blind(number), mask_number(number))


def document_index(keys: KeyRing, kind: str, number: str) -> bytes:
    """What finds a document without reading it."""
    return keys.blind(document_key(kind, normal_form(number)))
