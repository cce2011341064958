from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.attendance.refusals import CHILD_HAS_ATTENDANCE
from services.registry.children.models import Child
from services.registry.db import Table


class Attendance(Table):
    """A child's month in a class: two letters a day, `_` where nothing was taken (docs/decisions/0007).

    A month that is certified no longer changes (trigger `keep_certified_months`); a correction before that is kept in
    the history, a first taking is not one.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            onupdate="CASCADE",
            name="fk_attendance_class",
        ),
        CheckConstraint("extract(day FROM month) = 1", name="ck_attendance_month"),
        CheckConstraint("marks ~ '^[_PSLAQH]{62}$'", name="ck_attendance_marks"),
        Index("ix_attendance_kindergarten", "kindergarten", "month", "class_id"),
        {"postgresql_partition_by": "RANGE (month)"},
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    child: Mapped[UUID] = mapped_column(ForeignKey(Child.id, name=CHILD_HAS_ATTENDANCE), primary_key=True)
    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    marks: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))


class CalendarDay(Table):
    """A day on which a kindergarten is open although China rests, or closed although China works."""

    __tablename__ = "calendar_days"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_calendar_days_kindergarten",
        ),
    )

    kindergarten: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    division: Mapped[str]
    open: Mapped[bool]
    reason: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
