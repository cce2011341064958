from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.staff.models import Person


class StaffAttendance(Table):
    """A person's month in a kindergarten 教职工考勤, written as that of children is (docs/decisions/0007).

    A month that is certified no longer changes (trigger `keep_certified_staff_months`); a correction before that is
    kept in the history, a first taking is not one.
    """

    __tablename__ = "staff_attendance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_staff_attendance_kindergarten",
        ),
        CheckConstraint("extract(day FROM month) = 1", name="ck_staff_attendance_month"),
        CheckConstraint("marks ~ '^[_PSLAQH]{62}$'", name="ck_staff_attendance_marks"),
        Index("ix_staff_attendance_person", "person", "month"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(primary_key=True)
    person: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    division: Mapped[str]
    marks: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
