from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.referrals.codes import Department, ReferralKind, ReferralState
from shared.tables import one_of


class Referral(Table):
    """Something the office asked of a department, with its answer and how long that took."""

    __tablename__ = "referrals"
    __table_args__ = (
        one_of("referrals", "department", Department),
        one_of("referrals", "kind", ReferralKind),
        one_of("referrals", "state", ReferralState),
        Index("ix_referrals_sent_on", "sent_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    state: Mapped[str]
    department: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    request: Mapped[str]
    subject: Mapped[str]
    sent_on: Mapped[date]
    sent_by: Mapped[str]
    answer_by: Mapped[date]
    answered_on: Mapped[date | None]
    answer: Mapped[str]
    returns: Mapped[int] = mapped_column(server_default=text("0"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
