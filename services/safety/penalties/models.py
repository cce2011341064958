from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.penalties.codes import PenaltyKind, PenaltyState
from shared.days import today
from shared.errors import rule
from shared.tables import one_of


class Penalty(Table):
    """A penalty case from filing to closing, against a kindergarten or the runner of a site."""

    __tablename__ = "penalties"
    __table_args__ = (
        one_of("penalties", "state", PenaltyState),
        one_of("penalties", "kind", PenaltyKind),
        UniqueConstraint(
            "decision_number",
            name=rule("decision_number_taken", "该决定书文号已使用。", "This decision number is in use."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(index=True)
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    hazard: Mapped[UUID | None] = mapped_column(ForeignKey("hazards.id"))
    site: Mapped[UUID | None] = mapped_column(ForeignKey("sites.id"))
    party: Mapped[str]
    state: Mapped[str]
    facts: Mapped[str]
    legal_basis: Mapped[str]
    harm: Mapped[bool]
    ended_on: Mapped[date]
    discovered_on: Mapped[date]
    filed_on: Mapped[date]
    filed_by: Mapped[str]
    decision_due: Mapped[date]
    kind: Mapped[str | None]
    amount: Mapped[Decimal | None]
    noticed_on: Mapped[date | None]
    hearing_right: Mapped[bool] = mapped_column(server_default=text("false"))
    hearing_until: Mapped[date | None]
    hearing_asked_on: Mapped[date | None]
    hearing_on: Mapped[date | None]
    reviewed_by: Mapped[str | None]
    decision_number: Mapped[str | None]
    decision: Mapped[str]
    decided_on: Mapped[date | None]
    delivery_due: Mapped[date | None]
    delivered_on: Mapped[date | None]
    execution_due: Mapped[date | None]
    executed_on: Mapped[date | None]
    published_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))

    @property
    def hearing_open(self) -> bool:
        """Whether a hearing may still be asked for today."""
        return self.hearing_until is not None and today() <= self.hearing_until
