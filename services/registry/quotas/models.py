from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, func, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.quotas.codes import QuotaKind
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of


def _one_a_day(kind: QuotaKind) -> ExcludeConstraint:
    # A range type for text would be the other way; there are only two kinds.
    return ExcludeConstraint(
        (literal_column("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
        (literal_column("daterange(since, until)"), "&&"),
        where=text(f"kind = '{kind.value}'"),
        using="gist",
        name=rule(
            f"one_{kind.value}_number_a_day",
            f"该园在此期间已有核定的{kind.zh}数。",
            f"The kindergarten has an approved number ({kind.en}) in that period already.",
        ),
    )


class StaffQuota(Table):
    """How many staff of a kind are approved for a kindergarten, from one day until another, and by which document."""

    __tablename__ = "staff_quotas"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_staff_quotas_kindergarten",
        ),
        *(_one_a_day(kind) for kind in QuotaKind),
        CheckConstraint("since < until", name="ck_staff_quotas_period"),
        CheckConstraint("approved >= 0", name="ck_staff_quotas_approved"),
        one_of("staff_quotas", "kind", QuotaKind),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    approved: Mapped[int]
    document: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
