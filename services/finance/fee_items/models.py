from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.fee_items.codes import FeeCategory, FeeFilingState, FeeUnit
from services.finance.fee_items.refusals import PUBLISHED_OVERLAP
from services.finance.refusals import ANOTHER_PERSON
from shared.ids import new_id
from shared.tables import FOREVER, one_of


class FeeItem(Table):
    """收费项目: one standard of one kindergarten over a period. Of one name only one is published on any day."""

    __tablename__ = "fee_items"
    __table_args__ = (
        one_of("fee_items", "category", FeeCategory),
        one_of("fee_items", "unit", FeeUnit),
        one_of("fee_items", "state", FeeFilingState),
        CheckConstraint("amount > 0", name="ck_fee_items_amount"),
        CheckConstraint("since < until", name="ck_fee_items_period"),
        CheckConstraint("accepted_by <> filed_by AND published_by <> accepted_by", name=ANOTHER_PERSON),
        ExcludeConstraint(
            (text("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
            (text("int8range(hashtextextended(name, 0), hashtextextended(name, 0), '[]')"), "&&"),
            (text("daterange(since, until)"), "&&"),
            name=PUBLISHED_OVERLAP,
            where=text("state = 'published'"),
        ),
        Index("ix_fee_items_kindergarten", "kindergarten", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    category: Mapped[str]
    name: Mapped[str]
    unit: Mapped[str]
    amount: Mapped[Decimal]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    document: Mapped[str]
    content: Mapped[str]
    reductions: Mapped[str]
    refund_rule: Mapped[str]
    complaint_phone: Mapped[str]
    voluntary: Mapped[bool]
    state: Mapped[str]
    remark: Mapped[str] = mapped_column(server_default=text("''"))
    filed_by: Mapped[str]
    accepted_by: Mapped[str | None]
    published_by: Mapped[str | None]
    published_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
