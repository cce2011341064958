from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.bank_statements.codes import Use
from services.finance.budgets.codes import FundLevel
from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from services.finance.subsidy_uses.codes import SubsidyUseState
from shared.ids import new_id
from shared.tables import one_of


class SubsidyUse(Table):
    """What a kindergarten spent of a programme's money, and on what; `outside` the purposes the programme permits."""

    __tablename__ = "subsidy_uses"
    __table_args__ = (
        one_of("subsidy_uses", "level", FundLevel),
        one_of("subsidy_uses", "use", Use),
        one_of("subsidy_uses", "state", SubsidyUseState),
        CheckConstraint("amount > 0", name="ck_subsidy_uses_amount"),
        CheckConstraint("checked_by <> reported_by", name=ANOTHER_PERSON),
        Index("ix_subsidy_uses_kindergarten", "kindergarten", "programme", "used_on"),
        Index("ix_subsidy_uses_bank_line", "bank_line"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    programme: Mapped[str]
    level: Mapped[str]
    used_on: Mapped[date]
    amount: Mapped[Decimal]
    use: Mapped[str]
    outside: Mapped[bool]
    description: Mapped[str]
    evidence: Mapped[str]
    bank_line: Mapped[UUID | None] = mapped_column(ForeignKey("bank_lines.id"))
    state: Mapped[str]
    remark: Mapped[str] = mapped_column(server_default=text("''"))
    reported_by: Mapped[str]
    checked_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
