from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Date, Integer, Uuid

from services.registry.db import Table
from services.registry.imports.codes import FindingSeverity, ImportAtomicity, ImportMode, ImportState, OnRegisteredChild
from shared.ids import new_id
from shared.tables import one_of


class Import(Table):
    """One roll that somebody sent: what was asked, how far it is, what came out.

    It belongs to a kindergarten when its sender runs only that one, else to the sender's division.
    """

    __tablename__ = "imports"
    __table_args__ = (
        one_of("imports", "mode", ImportMode),
        one_of("imports", "atomicity", ImportAtomicity),
        one_of("imports", "on_existing", OnRegisteredChild),
        one_of("imports", "state", ImportState),
        CheckConstraint("format IN ('xlsx', 'csv', 'ndjson')", name="ck_imports_format"),
        Index("ix_imports_created_at", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    kindergarten: Mapped[UUID | None]
    actor: Mapped[str]
    file_name: Mapped[str]
    format: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    school_year: Mapped[int]
    mode: Mapped[str]
    atomicity: Mapped[str]
    on_existing: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'received'"))
    job: Mapped[UUID | None]
    rows: Mapped[int | None]
    accepted: Mapped[int] = mapped_column(server_default=text("0"))
    refused: Mapped[int] = mapped_column(server_default=text("0"))
    warnings: Mapped[int] = mapped_column(server_default=text("0"))
    born: Mapped[int] = mapped_column(server_default=text("0"))
    updated: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    checked_at: Mapped[datetime | None]
    stored_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


def _of_import() -> Mapped[UUID]:
    return mapped_column(ForeignKey(Import.id, ondelete="CASCADE"), primary_key=True)


class ImportFile(Table):
    """A piece of the file as it came, sealed: a worker that takes over reads it anew."""

    __tablename__ = "import_files"

    import_id: Mapped[UUID] = _of_import()
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]


class ImportFinding(Table):
    """One thing found, with its row (as the sheet counts them) and field. Personal values are masked."""

    __tablename__ = "import_findings"
    __table_args__ = (
        one_of("import_findings", "severity", FindingSeverity),
        Index("ix_import_findings_row", "import_id", "row", "number"),
    )

    import_id: Mapped[UUID] = _of_import()
    number: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[int]
    field: Mapped[str]
    value: Mapped[str]
    code: Mapped[str]
    severity: Mapped[str]
    zh: Mapped[str]
    en: Mapped[str]


class ImportKey(Table):
    """What a dry run would store, without the persons: enough to see at commit whether it still can be."""

    __tablename__ = "import_keys"

    import_id: Mapped[UUID] = _of_import()
    first_row: Mapped[int] = mapped_column(primary_key=True)
    rows: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    documents: Mapped[list[bytes]] = mapped_column(ARRAY(BYTEA))
    classes: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    days: Mapped[list[Any]] = mapped_column(ARRAY(Date))


class ImportStep(Table):
    """A part of an import stored in one transaction: all rows of some kindergartens."""

    __tablename__ = "import_steps"

    import_id: Mapped[UUID] = _of_import()
    number: Mapped[int] = mapped_column(primary_key=True)
    kindergartens: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    rows: Mapped[int]
    updated: Mapped[int] = mapped_column(server_default=text("0"))
    stored_at: Mapped[datetime | None]


class ImportChange(Table):
    """A child's record as it was before an import changed it."""

    __tablename__ = "import_changes"

    import_id: Mapped[UUID] = _of_import()
    child: Mapped[UUID] = mapped_column(primary_key=True)
    before: Mapped[dict[str, Any]]
    version_after: Mapped[int]
