from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.attributes.codes import Attribute, AttributeState
from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from shared.ids import new_id
from shared.tables import FOREVER, one_of


class KindergartenAttribute(Table):
    """One established fact with its evidence, from `since` until `until`. `programme` narrows it to one programme."""

    __tablename__ = "kindergarten_attributes"
    __table_args__ = (
        one_of("kindergarten_attributes", "name", Attribute),
        one_of("kindergarten_attributes", "state", AttributeState),
        CheckConstraint("since < until", name="ck_kindergarten_attributes_period"),
        CheckConstraint("value >= 0", name="ck_kindergarten_attributes_value"),
        CheckConstraint("decided_by <> proposed_by", name=ANOTHER_PERSON),
        Index("ix_kindergarten_attributes_kindergarten", "kindergarten", "name", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    name: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    programme: Mapped[str] = mapped_column(server_default=text("'*'"))
    evidence: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[str]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
