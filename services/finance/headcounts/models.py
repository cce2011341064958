from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table


class Headcount(Table):
    """A certified month of a kindergarten as registry told it. Every revision stays; the highest one counts."""

    __tablename__ = "headcounts"
    __table_args__ = (PrimaryKeyConstraint("kindergarten", "month", "revision"),)

    kindergarten: Mapped[UUID]
    month: Mapped[date]
    revision: Mapped[int]
    division: Mapped[str]
    count_day: Mapped[date]
    open_days: Mapped[int]
    certified_by: Mapped[str]
    hash: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ClassHeadcount(Table):
    """One class of a certified month."""

    __tablename__ = "class_headcounts"
    __table_args__ = (
        PrimaryKeyConstraint("kindergarten", "month", "revision", "class_id"),
        ForeignKeyConstraint(
            ["kindergarten", "month", "revision"],
            ["headcounts.kindergarten", "headcounts.month", "headcounts.revision"],
            name="fk_class_headcounts_headcount",
        ),
    )

    kindergarten: Mapped[UUID]
    month: Mapped[date]
    revision: Mapped[int]
    class_id: Mapped[UUID]
    division: Mapped[str]
    kind: Mapped[str]
    children: Mapped[int]
    last_year_children: Mapped[int]
    child_days: Mapped[int]
