from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, func
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.data_quality.codes import FindingState
from services.registry.db import Table
from services.registry.posts.codes import Severity
from shared.tables import one_of


class DataFinding(Table):
    """Something in the register that a check holds to be wrong, from the day it was found until it was gone."""

    __tablename__ = "data_findings"
    __table_args__ = (
        one_of("data_findings", "state", FindingState),
        one_of("data_findings", "severity", Severity),
        CheckConstraint("since <= until", name="ck_data_findings_period"),
        CheckConstraint("(state = 'dismissed') <= (reason <> '')", name="ck_data_findings_reason"),
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_data_findings_kindergarten",
        ),
        Index(
            "ix_data_findings_standing",
            "code",
            "subject",
            unique=True,
            postgresql_where=sql("state <> 'resolved'"),
        ),
        Index("ix_data_findings_kindergarten", "kindergarten", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    rule: Mapped[str | None]
    severity: Mapped[str]
    owner: Mapped[str]
    subject: Mapped[str]
    related: Mapped[str | None]
    kindergarten: Mapped[UUID | None]
    division: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    fix_method: Mapped[str]
    fix_path: Mapped[str]
    detail: Mapped[dict[str, Any]]
    state: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(server_default=sql("''"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=sql("1"))
