from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.budgets.codes import BudgetState, FundLevel
from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from shared.ids import new_id
from shared.tables import one_of


class Budget(Table):
    """预算 of one level for one programme and year; approving another one replaces it 预算调整."""

    __tablename__ = "budgets"
    __table_args__ = (
        one_of("budgets", "level", FundLevel),
        one_of("budgets", "state", BudgetState),
        CheckConstraint("amount >= 0", name="ck_budgets_amount"),
        CheckConstraint("decided_by <> proposed_by", name=ANOTHER_PERSON),
        Index(
            "uq_budgets_approved",
            "division",
            "level",
            "programme",
            "year",
            unique=True,
            postgresql_where=text("state = 'approved'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    level: Mapped[str]
    programme: Mapped[str]
    year: Mapped[int]
    amount: Mapped[Decimal]
    document: Mapped[str]
    explanation: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[str]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
