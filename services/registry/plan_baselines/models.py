from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from services.registry.plan_baselines.codes import Better, FormerPlan
from shared.ids import new_id
from shared.tables import one_of


class PlanBaseline(Table):
    """What a figure was at the end of an earlier plan, entered from its document. `value` in the indicator's unit."""

    __tablename__ = "plan_baselines"
    __table_args__ = (
        one_of("plan_baselines", "former_plan", FormerPlan),
        one_of("plan_baselines", "better", Better),
        UniqueConstraint("former_plan", "indicator", "division"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    former_plan: Mapped[str]
    indicator: Mapped[str]
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    parameters: Mapped[dict[str, Any]]
    value: Mapped[Decimal] = mapped_column(Numeric())
    better: Mapped[str]
    counted_on: Mapped[date]
    document: Mapped[str]
    entered_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
