from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.studios.codes import StudioGrade, StudioKind, StudioResultKind, StudioState
from shared.errors import rule
from shared.tables import one_of


class Studio(Table):
    """A 工作室 under its host for a term; `tasks` is what it set out to do. Moved by `rules.MACHINE` only."""

    __tablename__ = "studios"
    __table_args__ = (
        one_of("studios", "kind", StudioKind),
        one_of("studios", "state", StudioState),
        one_of("studios", "grade", StudioGrade),
        UniqueConstraint(
            "division", "name", name=rule("studio_name_taken", "已有同名工作室。", "A studio of that name exists.")
        ),
        CheckConstraint("since < until", name="ck_studios_period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    kind: Mapped[str]
    name: Mapped[str]
    host: Mapped[UUID]
    host_name: Mapped[str]
    host_account: Mapped[str]
    state: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    tasks: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    result_count: Mapped[int] = mapped_column(server_default=text("0"))
    grade: Mapped[str | None]
    reviewed_on: Mapped[date | None]
    reviewed_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class StudioMember(Table):
    """A member of the staff in a studio."""

    __tablename__ = "studio_members"

    studio: Mapped[UUID] = mapped_column(ForeignKey("studios.id"), primary_key=True)
    staff: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    name: Mapped[str]
    since: Mapped[date]


class StudioResult(Table):
    """Something a studio achieved. Never changed."""

    __tablename__ = "studio_results"
    __table_args__ = (one_of("studio_results", "kind", StudioResultKind),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    studio: Mapped[UUID] = mapped_column(ForeignKey("studios.id"), index=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    task: Mapped[int | None]
    evidence: Mapped[str]
