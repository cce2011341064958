from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.licences.codes import LicenceActKind, LicenceApplicationState, LicenceKind
from services.registry.recognitions.models import owned
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

ONE_OPEN = rule(
    "one_open_licence_application",
    "该园已有在办的许可申请。",
    "The kindergarten has a licence application that is still open.",
)
TWO_PEOPLE = rule(
    "licence_decided_by_another_person",
    "核查与决定须由不同的人进行。",
    "Examination and decision are made by two people.",
)


class LicenceApplication(Table):
    """An application about a licence 办学许可. `state` moves by `rules.MACHINE`.

    Each of `evidence` is condition and documents, each of `findings` condition, met and note; `changes` are the fields
    a change is about. `due_on` is the last day to decide, `effective_on` the day an approved change or end begins.
    """

    __tablename__ = "licence_applications"
    __table_args__ = (
        owned("licence_applications"),
        one_of("licence_applications", "kind", LicenceKind),
        one_of("licence_applications", "state", LicenceApplicationState),
        Index(
            ONE_OPEN,
            "kindergarten",
            unique=True,
            postgresql_where=text("state IN ('applied', 'returned', 'accepted', 'examined', 'approved')"),
        ),
        Index("ix_licence_applications_due_on", "due_on", "id"),
        CheckConstraint("decided_by NOT IN (examined_by, applied_by)", name=TWO_PEOPLE),
        CheckConstraint(
            "state NOT IN ('approved', 'completed', 'refused') OR (decided_by IS NOT NULL AND document IS NOT NULL)",
            name="ck_licence_applications_decided_in_full",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    state: Mapped[str]
    statement: Mapped[str]
    evidence: Mapped[list[Any]] = mapped_column(JSONB)
    changes: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    applied_on: Mapped[date]
    applied_by: Mapped[str]
    late: Mapped[bool]
    earliest_on: Mapped[date]
    accepted_on: Mapped[date | None]
    due_on: Mapped[date | None]
    due_basis: Mapped[str | None]
    extended: Mapped[bool] = mapped_column(server_default=text("false"))
    examined_on: Mapped[date | None]
    examined_by: Mapped[str | None]
    findings: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    unmet: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    document: Mapped[str | None]
    effective_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class LicenceAct(Table):
    """What was done to a licence from a day on, and by which document. Never changed; the latest one counts."""

    __tablename__ = "licence_acts"
    __table_args__ = (
        owned("licence_acts"),
        one_of("licence_acts", "kind", LicenceActKind),
        Index("ix_licence_acts_kindergarten", "kindergarten", "since", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    kind: Mapped[str]
    since: Mapped[date]
    number: Mapped[str | None]
    expires_on: Mapped[date | None]
    document: Mapped[str]
    reason: Mapped[str]
    application: Mapped[UUID | None] = mapped_column(ForeignKey(LicenceApplication.id))
    decided_by: Mapped[str]
    recorded_on: Mapped[date]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
