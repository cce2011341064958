from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.checklists.codes import ChecklistPeriod, ChecklistState, ChecklistUse
from services.safety.db import Table
from services.safety.hazards.codes import HazardCategory
from shared.errors import rule
from shared.tables import one_of


class Checklist(Table):
    """One version of a checklist. `until` is exclusive and set by the version that replaces it."""

    __tablename__ = "checklists"
    __table_args__ = (
        one_of("checklists", "use", ChecklistUse),
        one_of("checklists", "period", ChecklistPeriod),
        one_of("checklists", "state", ChecklistState),
        UniqueConstraint("code", "number"),
        Index(
            rule("one_open_version", "该检查表已有现行版本。", "The checklist has a version in force already."),
            "code",
            unique=True,
            postgresql_where=text("state = 'published' AND until IS NULL"),
        ),
        CheckConstraint(
            "(use = 'self_check') = (period IS NOT NULL)",
            name=rule(
                "self_check_has_a_period",
                "自查表须有周期,检查表没有周期。",
                "A checklist for self-checks has a period; one for inspections has none.",
            ),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    code: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    use: Mapped[str]
    period: Mapped[str | None]
    document: Mapped[str]
    state: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
    made_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ChecklistItem(Table):
    """One point of a checklist: its weight, its law, and the hazard it is when not in order."""

    __tablename__ = "checklist_items"
    __table_args__ = (one_of("checklist_items", "category", HazardCategory),)

    checklist: Mapped[UUID] = mapped_column(ForeignKey("checklists.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    position: Mapped[int]
    category: Mapped[str]
    title: Mapped[str]
    weight: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    key: Mapped[bool]
    legal_basis: Mapped[str]
    hazard_item: Mapped[str | None]
