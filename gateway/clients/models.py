from datetime import datetime

from sqlalchemy import PrimaryKeyConstraint, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.accounts.codes import AccountStatus
from gateway.db import Table
from shared.errors import rule
from shared.tables import one_of


class ApiClient(Table):
    """A machine that calls the API. Its secret is 256 random bits, so a plain digest of it tells nothing."""

    __tablename__ = "api_clients"
    __table_args__ = (
        PrimaryKeyConstraint(
            "id", name=rule("client_id_is_taken", "这个客户端编号已被使用。", "This client id is taken.")
        ),
        one_of("api_clients", "status", AccountStatus),
    )

    id: Mapped[str] = mapped_column(Text(collation="C"))
    division: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    secret: Mapped[bytes]
    status: Mapped[str] = mapped_column(server_default=text("'active'"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
