from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from shared.errors import rule


class Researcher(Table):
    """A 教研员 of the district: full or part-time, with title and experience, from a day until another."""

    __tablename__ = "researchers"
    __table_args__ = (
        UniqueConstraint(
            "division", "account", name=rule("researcher_is_entered", "该教研员已登记。", "The researcher is entered.")
        ),
        CheckConstraint("ended_on IS NULL OR since <= ended_on", name="ck_researchers_period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    account: Mapped[str]
    name: Mapped[str]
    full_time: Mapped[bool]
    title: Mapped[str]
    subject: Mapped[str]
    teaching_since: Mapped[int]
    honours: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    since: Mapped[date]
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
