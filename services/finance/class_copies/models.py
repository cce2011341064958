from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table


class ClassCopy(Table):
    """Finance's own copy of a class, kept by registry's change feed: how many children it may hold."""

    __tablename__ = "class_copies"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(index=True)
    division: Mapped[str]
    kind: Mapped[str]
    hard_limit: Mapped[int]
    since: Mapped[date]
    until: Mapped[date]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    registry_version: Mapped[int]
