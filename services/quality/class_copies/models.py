from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class ClassCopy(Table):
    """Quality's own copy of a class, kept by registry's change feed: what a sample is drawn from."""

    __tablename__ = "classes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(index=True)
    division: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    standard_size: Mapped[int | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    registry_version: Mapped[int]
