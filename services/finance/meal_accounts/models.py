from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from shared.ids import new_id


class MealAccount(Table):
    """伙食账 of one kindergarten and month: children's meals apart from staff's, and when it was published.

    What is not entered is taken from the bills (`income`) and the bank (`cost`). Former states are kept.
    """

    __tablename__ = "meal_accounts"
    __table_args__ = (
        UniqueConstraint("kindergarten", "month"),
        CheckConstraint("month = date_trunc('month', month)", name="ck_meal_accounts_month"),
        CheckConstraint(
            "income >= 0 AND cost >= 0 AND staff_income >= 0 AND staff_cost >= 0", name="ck_meal_accounts_amounts"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    month: Mapped[date]
    income: Mapped[Decimal | None]
    cost: Mapped[Decimal | None]
    staff_income: Mapped[Decimal]
    staff_cost: Mapped[Decimal]
    published_on: Mapped[date | None]
    entered_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
