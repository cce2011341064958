from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table


class Kindergarten(Table):
    """Finance's own copy of what it needs of a kindergarten, kept by registry's change feed."""

    __tablename__ = "kindergartens"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    type: Mapped[str | None]
    status: Mapped[str | None]
    for_profit: Mapped[bool] = mapped_column(server_default=text("false"))
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    registry_version: Mapped[int]
    copied_at: Mapped[datetime] = mapped_column(server_default=func.now())
