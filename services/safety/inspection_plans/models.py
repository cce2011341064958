from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table


class InspectionPlan(Table):
    """The yearly plan of inspections of a division, adopted with its departments; every former state is kept."""

    __tablename__ = "inspection_plans"
    __table_args__ = (
        Index("uq_inspection_plans_year", "division", "year", unique=True),
        CheckConstraint("visits_each > 0", name="ck_inspection_plans_visits_each"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    year: Mapped[int]
    document: Mapped[str]
    adopted_on: Mapped[date]
    departments: Mapped[list[str]]
    checklists: Mapped[list[str]]
    visits_each: Mapped[int]
    random_percent: Mapped[int]
    joint_visits: Mapped[int]
    note: Mapped[str]
    made_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
