from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Uuid, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.hazards.codes import HazardCategory, HazardLevel, HazardSource, HazardState
from shared.errors import rule
from shared.tables import one_of


class Hazard(Table):
    """A hazard from the day it was seen to the day it is gone. `state` moves by `rules.MACHINE` only."""

    __tablename__ = "hazards"
    __table_args__ = (
        one_of("hazards", "state", HazardState),
        one_of("hazards", "level", HazardLevel),
        one_of("hazards", "category", HazardCategory),
        one_of("hazards", "source", HazardSource),
        CheckConstraint(
            "state IN ('reported', 'dismissed') OR (level IS NOT NULL AND due_on IS NOT NULL)",
            name=rule(
                "graded_hazard_has_a_deadline",
                "已定级的隐患必须有级别和期限。",
                "A graded hazard has a level and a deadline.",
            ),
        ),
        CheckConstraint(
            "level IS DISTINCT FROM 'major' OR state <> 'closed' OR listed",
            name=rule(
                "major_hazard_closes_after_listing",
                "重大隐患须挂牌督办后方可销号。",
                "A major hazard is closed only after it was listed.",
            ),
        ),
        Index("uq_hazards_reference", "source", "source_reference", unique=True),
        Index("ix_hazards_due_on", "due_on", "id"),
        # All that the risk of a kindergarten counts: its hazards lie scattered and need not be fetched.
        Index(
            "ix_hazards_standing",
            "kindergarten",
            postgresql_include=[
                "division",
                "state",
                "level",
                "due_on",
                "source",
                "found_on",
                "failed_verifications",
                "reopenings",
            ],
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    source: Mapped[str]
    source_reference: Mapped[str | None]
    category: Mapped[str]
    item: Mapped[str | None]
    place: Mapped[str]
    description: Mapped[str]
    legal_basis: Mapped[str]
    immediate_measure: Mapped[str]
    photos: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    found_on: Mapped[date]
    level: Mapped[str | None]
    level_basis: Mapped[str]
    due_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    responsible: Mapped[str]
    responsible_account: Mapped[str | None]
    extensions: Mapped[int] = mapped_column(server_default=text("0"))
    most_extensions: Mapped[int]
    extension_asked_by: Mapped[str | None]
    extension_until: Mapped[date | None]
    listed: Mapped[bool] = mapped_column(server_default=text("false"))
    planned: Mapped[bool] = mapped_column(server_default=text("false"))
    failed_verifications: Mapped[int] = mapped_column(server_default=text("0"))
    reopenings: Mapped[int] = mapped_column(server_default=text("0"))
    reported_by: Mapped[str]
    submitted_by: Mapped[str | None]
    accepted_by: Mapped[str | None]
    state_since: Mapped[date]
    reported_months: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Supervision(Table):
    """挂牌督办 of a major hazard: who leads it, and the plan with its five commitments (五落实)."""

    __tablename__ = "supervisions"

    hazard: Mapped[UUID] = mapped_column(ForeignKey("hazards.id"), primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID]
    document: Mapped[str]
    unit: Mapped[str]
    leader: Mapped[str]
    interim_measure: Mapped[str]
    listed_on: Mapped[date]
    measures: Mapped[str | None]
    funds: Mapped[str | None]
    person: Mapped[str | None]
    finish_by: Mapped[date | None]
    emergency_plan: Mapped[str | None]
    planned_on: Mapped[date | None]
    removed_on: Mapped[date | None]
    removal_document: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
