from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Uuid, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.site_logs.codes import SiteLogKind
from shared.errors import rule
from shared.tables import one_of


class SiteLog(Table):
    """An entry in a book of the site. Nothing is rewritten; only the moment somebody left is added."""

    __tablename__ = "site_logs"
    __table_args__ = (
        one_of("site_logs", "kind", SiteLogKind),
        CheckConstraint(
            "left_at >= at",
            name=rule("leaves_after_it_came", "离开时刻不应早于进入时刻。", "One leaves after one came."),
        ),
        Index("ix_site_logs_kindergarten", "kindergarten", "kind", "at"),
        Index("ix_site_logs_at", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    kind: Mapped[str]
    at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    label: Mapped[str]
    purpose: Mapped[str]
    exception: Mapped[bool]
    note: Mapped[str]
    files: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
