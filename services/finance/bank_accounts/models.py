from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.bank_accounts.codes import AccountState
from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of

NUMBER_FILED = rule("account_number_already_filed", "该账号已备案。", "The account is on file already.")


class BankAccount(Table):
    """备案账户 of a kindergarten: the account of a legal person, on file from `since` until `until`."""

    __tablename__ = "bank_accounts"
    __table_args__ = (
        one_of("bank_accounts", "state", AccountState),
        CheckConstraint("since < until", name="ck_bank_accounts_period"),
        CheckConstraint("decided_by <> filed_by", name=ANOTHER_PERSON),
        Index(NUMBER_FILED, "number", unique=True, postgresql_where=text("state = 'accepted'")),
        Index("ix_bank_accounts_kindergarten", "kindergarten", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    holder: Mapped[str]
    bank: Mapped[str]
    number: Mapped[str]
    purpose: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    state: Mapped[str]
    filed_by: Mapped[str]
    decided_by: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
