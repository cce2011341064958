from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class StaffPost(Table):
    """Quality's own copy of a post, kept by registry's change feed: who is to be trained, and where they work."""

    __tablename__ = "staff_posts"
    __table_args__ = (Index("ix_staff_posts_staff", "staff"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff: Mapped[UUID]
    kindergarten: Mapped[UUID] = mapped_column(index=True)
    division: Mapped[str]
    role: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    registry_version: Mapped[int]
