from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table


class Post(Table):
    """Finance's own copy of a post, kept by registry's change feed: who is to be paid where. No name, no document."""

    __tablename__ = "posts"
    __table_args__ = (Index("ix_posts_kindergarten", "kindergarten", "since"), Index("ix_posts_person", "person"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person: Mapped[UUID]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    role: Mapped[str]
    employment: Mapped[str]
    full_time: Mapped[bool]
    since: Mapped[date]
    until: Mapped[date]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    registry_version: Mapped[int]
