from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.duties.codes import DutyForce, DutyKind
from shared.errors import rule
from shared.tables import one_of


class DutyPost(Table):
    """A post at a kindergarten: where, from when to when on working days."""

    __tablename__ = "duty_posts"
    __table_args__ = (
        one_of("duty_posts", "kind", DutyKind),
        CheckConstraint(
            "begins < ends",
            name=rule("post_ends_after_it_begins", "结束时间应晚于开始时间。", "A post ends after it begins."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    kind: Mapped[str]
    place: Mapped[str]
    begins: Mapped[time]
    ends: Mapped[time]
    since: Mapped[date]
    until: Mapped[date | None]
    made_by: Mapped[str]


class Duty(Table):
    """Somebody rostered on a post for a day, by a label of their unit, and their check-in."""

    __tablename__ = "duties"
    __table_args__ = (
        one_of("duties", "force", DutyForce),
        UniqueConstraint(
            "post",
            "day",
            "label",
            name=rule("rostered_already", "该人员当日已排此岗。", "This person has the post that day already."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    post: Mapped[UUID] = mapped_column(ForeignKey("duty_posts.id"))
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    day: Mapped[date]
    force: Mapped[str]
    label: Mapped[str]
    checked_in_at: Mapped[datetime | None]
    checked_in_by: Mapped[str | None]
    note: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ContactPlan(Table):
    """Whom a kindergarten calls, and when the plan was last agreed (联防联控)."""

    __tablename__ = "contact_plans"

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    division: Mapped[str]
    contacts: Mapped[Any] = mapped_column(JSONB)
    agreed_on: Mapped[date]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
