from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.evidence.codes import EvidenceKind
from shared.errors import rule
from shared.tables import one_of


class Evidence(Table):
    """A piece of evidence, collected once; `serves` are the items it speaks to and all that stand above them."""

    __tablename__ = "evidence"
    __table_args__ = (
        one_of("evidence", "kind", EvidenceKind),
        CheckConstraint(
            "valid_until >= collected_on",
            name=rule(
                "evidence_ends_after_it_was_collected",
                "有效期不早于取得日期。",
                "Evidence does not expire before it was collected.",
            ),
        ),
        Index("ix_evidence_serves", "serves", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    statement: Mapped[str]
    reference: Mapped[str]
    sha256: Mapped[str | None]
    items: Mapped[list[str]]
    serves: Mapped[list[str]]
    collected_on: Mapped[date]
    valid_until: Mapped[date | None]
    collected_by: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
