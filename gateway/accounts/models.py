from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.accounts.codes import AccountStatus
from gateway.db import Table
from shared.errors import rule
from shared.tables import one_of


class Account(Table):
    """A person who signs in. `division` says whose administrators look after the account, not what it may see."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint(
            "sign_in_name", name=rule("sign_in_name_is_taken", "这个登录名已被使用。", "This sign-in name is taken.")
        ),
        one_of("accounts", "status", AccountStatus),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuid_v7())
    division: Mapped[str] = mapped_column(index=True)
    sign_in_name: Mapped[str] = mapped_column(Text(collation="C"))
    display_name: Mapped[str]
    status: Mapped[str] = mapped_column(server_default=text("'active'"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Password(Table):
    """Kept apart from the account: no list shows it and no history remembers it."""

    __tablename__ = "passwords"

    account: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    division: Mapped[str]
    hash: Mapped[str]
    set_at: Mapped[datetime] = mapped_column(server_default=func.now())
