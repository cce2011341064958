from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.meal_returns.codes import MealReturnState
from services.finance.refusals import ANOTHER_PERSON
from shared.ids import new_id
from shared.tables import one_of


class MealReturn(Table):
    """伙食费按成本结算: what the meals of some months left over, and the families' part of it, charge by charge."""

    __tablename__ = "meal_returns"
    __table_args__ = (
        one_of("meal_returns", "state", MealReturnState),
        CheckConstraint("since < until", name="ck_meal_returns_period"),
        CheckConstraint("surplus = income - cost AND returned > 0 AND returned <= surplus", name="ck_meal_returns_sum"),
        CheckConstraint("decided_by <> proposed_by", name=ANOTHER_PERSON),
        Index("ix_meal_returns_kindergarten", "kindergarten", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    on_day: Mapped[date]
    income: Mapped[Decimal]
    cost: Mapped[Decimal]
    surplus: Mapped[Decimal]
    returned: Mapped[Decimal]
    shares: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    state: Mapped[str]
    proposed_by: Mapped[str]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
