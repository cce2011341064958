from datetime import date
from uuid import UUID

from sqlalchemy import Index, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped

from services.finance.db import Table


class AttendanceDay(Table):
    """How many children of a class were there on a day, as registry told it. Never who.

    A day is taken once as a whole and then corrected child by child; the telling about most children is kept.
    """

    __tablename__ = "attendance_days"
    __table_args__ = (
        PrimaryKeyConstraint("class_id", "day"),
        Index("ix_attendance_days_kindergarten", "kindergarten", "day"),
    )

    class_id: Mapped[UUID]
    day: Mapped[date]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    children: Mapped[int]
    present: Mapped[int]


class CalendarDay(Table):
    """A day on which a kindergarten departs from the country's working days, as it was told last."""

    __tablename__ = "calendar_days"
    __table_args__ = (PrimaryKeyConstraint("kindergarten", "day"),)

    kindergarten: Mapped[UUID]
    day: Mapped[date]
    division: Mapped[str]
    open: Mapped[bool]
