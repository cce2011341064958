from datetime import date

from sqlalchemy import PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.account_titles.codes import AccountElement, AccountingStandard, AccountSide, ValueTag
from services.finance.db import Table
from shared.tables import one_of


class AccountTitle(Table):
    """会计科目 as a standard names it from `since` until `until`: a code can change its meaning between versions."""

    __tablename__ = "account_titles"
    __table_args__ = (
        PrimaryKeyConstraint("standard", "code", "since"),
        one_of("account_titles", "standard", AccountingStandard),
        one_of("account_titles", "element", AccountElement),
        one_of("account_titles", "side", AccountSide),
        one_of("account_titles", "tag", ValueTag),
    )

    standard: Mapped[str]
    code: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(server_default=text("'9999-12-31'"))
    name: Mapped[str]
    element: Mapped[str]
    side: Mapped[str]
    tag: Mapped[str]
