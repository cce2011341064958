from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.aids.codes import AidCategory, AidState, Evidence
from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from shared.ids import new_id
from shared.tables import one_of


class Aid(Table):
    """学前教育资助 of one child over a period. Sensitive: it is never listed beside a name and never announced."""

    __tablename__ = "aids"
    __table_args__ = (
        one_of("aids", "category", AidCategory),
        one_of("aids", "evidence", Evidence),
        one_of("aids", "state", AidState),
        CheckConstraint("since < until", name="ck_aids_period"),
        CheckConstraint(
            "checked_by <> applied_by AND decided_by <> checked_by AND decided_by <> applied_by", name=ANOTHER_PERSON
        ),
        Index("ix_aids_child", "child", "since"),
        Index("ix_aids_kindergarten", "kindergarten"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    child: Mapped[UUID]
    category: Mapped[str]
    evidence: Mapped[str]
    evidence_number: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    state: Mapped[str]
    remark: Mapped[str] = mapped_column(server_default=text("''"))
    applied_by: Mapped[str]
    checked_by: Mapped[str | None]
    decided_by: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
