from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.annual_inspections.codes import (
    AnnualInspectionFinding,
    AnnualInspectionResult,
    AnnualInspectionState,
)
from services.quality.db import Table
from shared.errors import rule
from shared.tables import one_of


class AnnualInspection(Table):
    """年检 of one kindergarten and year. `state` moves by `rules.MACHINE`; each changed result is a revision."""

    __tablename__ = "annual_inspections"
    __table_args__ = (
        one_of("annual_inspections", "state", AnnualInspectionState),
        one_of("annual_inspections", "result", AnnualInspectionResult),
        UniqueConstraint(
            "kindergarten",
            "year",
            name=rule("one_inspection_a_year", "该园本年度年检已开始。", "The inspection of that year has begun."),
        ),
        CheckConstraint(
            "NOT vetoed OR result IS NULL OR result = 'failed'",
            name=rule("veto_is_not_offset", "一票否决的年检结论只能为不合格。", "A vetoed inspection is failed."),
        ),
        CheckConstraint(
            "state NOT IN ('decided', 'appealed', 'final') OR (result IS NOT NULL AND document IS NOT NULL)",
            name=rule("decision_has_a_document", "年检结论须有文号。", "A decision has its document."),
        ),
        Index("ix_annual_inspections_year", "year", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str] = mapped_column(index=True)
    year: Mapped[int]
    framework: Mapped[UUID] = mapped_column(ForeignKey("frameworks.id"))
    state: Mapped[str]
    opened_on: Mapped[date]
    due_on: Mapped[date]
    submitted_on: Mapped[date | None]
    submitted_by: Mapped[str | None]
    assessed_by: Mapped[str | None]
    unmet: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    vetoed: Mapped[bool] = mapped_column(server_default=text("false"))
    correction_due_on: Mapped[date | None]
    corrected_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    result: Mapped[str | None]
    reasons: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    revision: Mapped[int] = mapped_column(server_default=text("0"))
    effective_from: Mapped[date | None]
    document: Mapped[str | None]
    appeal_until: Mapped[date | None]
    appealed_on: Mapped[date | None]
    appealed_by: Mapped[str | None]
    appeal_upheld: Mapped[bool | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class InspectionItem(Table):
    """What the kindergarten says of an item, and what was found."""

    __tablename__ = "inspection_items"
    __table_args__ = (one_of("inspection_items", "finding", AnnualInspectionFinding),)

    inspection: Mapped[UUID] = mapped_column(ForeignKey("annual_inspections.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    self_met: Mapped[bool]
    self_note: Mapped[str]
    evidence: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    finding: Mapped[str | None]
    finding_note: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
