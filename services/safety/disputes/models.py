from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.disputes.codes import DisputeKind, DisputeRisk, DisputeSource, DisputeState
from shared.tables import one_of


class Dispute(Table):
    """A dispute. The family is described by its part in it, not by name."""

    __tablename__ = "disputes"
    __table_args__ = (
        one_of("disputes", "state", DisputeState),
        one_of("disputes", "kind", DisputeKind),
        one_of("disputes", "risk", DisputeRisk),
        one_of("disputes", "source", DisputeSource),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    state: Mapped[str]
    state_since: Mapped[date]
    source: Mapped[str]
    kind: Mapped[str]
    risk: Mapped[str]
    parties: Mapped[str]
    described: Mapped[str]
    incident: Mapped[UUID | None] = mapped_column(ForeignKey("incidents.id"))
    registered_on: Mapped[date]
    due_on: Mapped[date]
    mediations: Mapped[int] = mapped_column(server_default=text("0"))
    mediated_by: Mapped[str | None]
    agreement: Mapped[str]
    escalated_on: Mapped[date | None]
    visited_on: Mapped[date | None]
    satisfied: Mapped[bool | None]
    registered_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
