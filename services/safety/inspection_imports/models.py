from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.inspection_imports.codes import (
    DayPrecision,
    InspectionImportAtomicity,
    InspectionImportMode,
    InspectionImportState,
    OutsideResult,
)
from shared.tables import one_of


class InspectionImport(Table):
    """A table of somebody else's inspections that was sent: what was asked, how far it is, what came out."""

    __tablename__ = "inspection_imports"
    __table_args__ = (
        one_of("inspection_imports", "mode", InspectionImportMode),
        one_of("inspection_imports", "atomicity", InspectionImportAtomicity),
        one_of("inspection_imports", "state", InspectionImportState),
        CheckConstraint("format IN ('xlsx', 'csv', 'ndjson')", name="ck_inspection_imports_format"),
        Index("ix_inspection_imports_created_at", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    actor: Mapped[str]
    source: Mapped[str]
    file_name: Mapped[str]
    format: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    layout: Mapped[Any] = mapped_column(JSONB)
    mode: Mapped[str]
    atomicity: Mapped[str]
    state: Mapped[str]
    job: Mapped[UUID | None]
    rows: Mapped[int | None]
    accepted: Mapped[int] = mapped_column(server_default=text("0"))
    refused: Mapped[int] = mapped_column(server_default=text("0"))
    matched: Mapped[int] = mapped_column(server_default=text("0"))
    stored: Mapped[int] = mapped_column(server_default=text("0"))
    known: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    checked_at: Mapped[datetime | None]
    stored_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class InspectionImportFile(Table):
    """The file as it came, until it was stored: a worker that takes over reads it anew."""

    __tablename__ = "inspection_import_files"

    import_id: Mapped[UUID] = mapped_column(ForeignKey(InspectionImport.id), primary_key=True)
    division: Mapped[str]
    content: Mapped[bytes]


class InspectionImportFault(Table):
    """One thing wrong with one cell; `row` as the sheet counts, the heading being row 1."""

    __tablename__ = "inspection_import_faults"
    __table_args__ = (Index("ix_inspection_import_faults_row", "import_id", "row", "number"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey(InspectionImport.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    row: Mapped[int]
    column: Mapped[str] = mapped_column("column_name")
    value: Mapped[str]
    code: Mapped[str]
    zh: Mapped[str]


class OutsideInspection(Table):
    """An inspection somebody else made and published; of a kindergarten of ours where the name is known."""

    __tablename__ = "outside_inspections"
    __table_args__ = (
        one_of("outside_inspections", "result", OutsideResult),
        one_of("outside_inspections", "day_precision", DayPrecision),
        UniqueConstraint("source", "reference"),
        Index("ix_outside_inspections_day", "inspected_on", "id"),
        Index("ix_outside_inspections_import", "import_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey(InspectionImport.id))
    source: Mapped[str]
    reference: Mapped[str]
    facility: Mapped[str]
    inspected_on: Mapped[date]
    day_precision: Mapped[str] = mapped_column(server_default=text("'day'"))
    result: Mapped[str]
    score: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    findings: Mapped[int]
    described: Mapped[str]
    imported_by: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(server_default=func.now())
