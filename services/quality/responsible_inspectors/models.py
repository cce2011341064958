from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from shared.errors import rule


class InspectorAssignment(Table):
    """责任督学挂牌: who is responsible for a kindergarten and what the plate at its gate says."""

    __tablename__ = "inspector_assignments"
    __table_args__ = (
        Index(
            rule(
                "one_responsible_inspector",
                "该园已有在任责任督学。",
                "The kindergarten has its responsible inspector.",
                "请先结束现任,或提交轮换。",
                "End the present assignment first, or rotate.",
            ),
            "kindergarten",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
        CheckConstraint("since <= until", name="ck_inspector_assignments_period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    account: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    phone: Mapped[str]
    duties: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
