from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.alerts.codes import AlertState, AlertTopic
from services.finance.db import Table
from shared.ids import new_id
from shared.tables import one_of


class AccountAlert(Table):
    """预警: one rule, one cause, with its evidence, the money at stake, an owner, a deadline and an outcome."""

    __tablename__ = "account_alerts"
    __table_args__ = (
        UniqueConstraint("rule", "cause"),
        one_of("account_alerts", "state", AlertState),
        one_of("account_alerts", "topic", AlertTopic),
        Index("ix_account_alerts_kindergarten", "kindergarten", "raised_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    rule: Mapped[str]
    topic: Mapped[str] = mapped_column(server_default=text("'account'"))
    cause: Mapped[str]
    summary: Mapped[str]
    amount: Mapped[Decimal]
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    raised_on: Mapped[date]
    due_on: Mapped[date | None]
    owner: Mapped[str] = mapped_column(server_default=text("''"))
    state: Mapped[str]
    outcome: Mapped[str] = mapped_column(server_default=text("''"))
    confirmed_on: Mapped[date | None]
    resolved_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
