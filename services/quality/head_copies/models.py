from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class HeadcountCopy(Table):
    """How many children a class had in a certified month, as registry last told: a number, never who."""

    __tablename__ = "headcounts"

    kindergarten: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    children: Mapped[int]
    revision: Mapped[int]


class PostCopy(Table):
    """A post held at a kindergarten from a day to a day, as registry last told: what a ratio is computed from."""

    __tablename__ = "posts"
    __table_args__ = (Index("ix_posts_kindergarten", "kindergarten", "since"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    person: Mapped[UUID]
    role: Mapped[str]
    employment: Mapped[str] = mapped_column(server_default=text("''"))
    full_time: Mapped[bool]
    since: Mapped[date]
    until: Mapped[date | None]
    registry_version: Mapped[int]
