from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.service_facts.codes import ServiceFactKind
from shared.tables import one_of


class ServiceFact(Table):
    """What quality, safety or finance last told about a kindergarten, or about a place that is none of the register.

    `fact` is what they said, `standing` whether it still counts against it, `sequence` its place in their feed: what
    is told late never replaces what is newer.
    """

    __tablename__ = "service_facts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_service_facts_kindergarten",
        ),
        one_of("service_facts", "kind", ServiceFactKind),
        Index("ix_service_facts_kindergarten", "kindergarten", "kind"),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID | None]
    division: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    standing: Mapped[bool]
    fact: Mapped[dict[str, Any]]
    sequence: Mapped[int] = mapped_column(BigInteger)
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())
