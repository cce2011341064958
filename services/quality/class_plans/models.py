from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.class_plans.codes import ClassPlanKind
from services.quality.db import Table
from shared.tables import one_of


class ClassPlan(Table):
    """The plan of a class for a term or a week. Filed again it replaces the former, which is kept with its reason."""

    __tablename__ = "class_plans"
    __table_args__ = (one_of("class_plans", "kind", ClassPlanKind),)

    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    begin: Mapped[date] = mapped_column("begins_on", primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(index=True)
    division: Mapped[str]
    class_name: Mapped[str]
    aims: Mapped[str]
    content: Mapped[str]
    play_minutes: Mapped[int]
    outdoor_minutes: Mapped[int]
    suspect: Mapped[list[str]]
    change: Mapped[str]
    filed_on: Mapped[date]
    filed_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
