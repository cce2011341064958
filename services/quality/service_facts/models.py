from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class ServiceFact(Table):
    """A fact about a kindergarten that bears on its annual inspection, as the service whose it is last told.

    `standing` says whether it still counts against the kindergarten.
    """

    __tablename__ = "service_facts"
    __table_args__ = (Index("ix_service_facts_kindergarten", "kindergarten", "kind"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    state: Mapped[str]
    standing: Mapped[bool]
    on: Mapped[date] = mapped_column("on_day")
    detail: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())
