from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.equipment_plans.codes import EquipmentPlanState
from shared.tables import one_of


class EquipmentPlan(Table):
    """What a kindergarten means to buy in a year; `rural` marks the improvement of rural kindergartens."""

    __tablename__ = "equipment_plans"
    __table_args__ = (
        one_of("equipment_plans", "state", EquipmentPlanState),
        Index("ix_equipment_plans_kindergarten", "kindergarten", "year"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    year: Mapped[int]
    title: Mapped[str]
    rural: Mapped[bool]
    funds: Mapped[str]
    lines: Mapped[Any] = mapped_column(JSONB)
    amount: Mapped[Decimal]
    state: Mapped[str]
    drafted_by: Mapped[str]
    submitted_by: Mapped[str | None]
    delivered_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
