from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Uuid, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.absences.codes import AbsenceCause, AbsenceState, ExamKind
from services.safety.db import Table
from shared.errors import rule
from shared.tables import one_of


class Absence(Table):
    """A child away from its kindergarten, by the register's id alone; closed by its return."""

    __tablename__ = "absences"
    __table_args__ = (
        one_of("absences", "state", AbsenceState),
        one_of("absences", "cause", AbsenceCause),
        CheckConstraint("(state = 'returned') = (returned_on IS NOT NULL)", name="ck_absences_returned_on"),
        Index(
            rule("child_is_away_already", "该幼儿已登记离园且未返园。", "The child is recorded as away already."),
            "child",
            unique=True,
            postgresql_where=text("state = 'away'"),
        ),
        Index("ix_absences_last_present_on", "last_present_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    child: Mapped[UUID] = mapped_column(index=True)
    group: Mapped[str] = mapped_column("class_name")
    state: Mapped[str]
    cause: Mapped[str]
    last_present_on: Mapped[date]
    free_until: Mapped[date]
    enrolment: Mapped[UUID | None]
    returned_on: Mapped[date | None]
    exam: Mapped[UUID | None] = mapped_column(ForeignKey("health_exams.id"))
    recorded_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class HealthExam(Table):
    """A health examination of a child, by the register's id alone: whether it is fit, nothing of what was found."""

    __tablename__ = "health_exams"
    __table_args__ = (
        one_of("health_exams", "kind", ExamKind),
        Index("ix_health_exams_child", "child", "examined_on"),
        Index("ix_health_exams_examined_on", "examined_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    child: Mapped[UUID]
    kind: Mapped[str]
    examined_on: Mapped[date]
    institution: Mapped[str]
    fit: Mapped[bool]
    files: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    recorded_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
