from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from shared.ids import new_id


class Birth(Table):
    """Children born in a calendar year to people living in a town, as a source says; the town confirms the figure."""

    __tablename__ = "births"
    __table_args__ = (
        UniqueConstraint("division", "year"),
        CheckConstraint("births >= 0", name="ck_births_births"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_on IS NULL)", name="ck_births_confirmed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    year: Mapped[int]
    births: Mapped[int]
    source: Mapped[str]
    synthetic: Mapped[bool]
    entered_by: Mapped[str]
    confirmed_by: Mapped[str | None]
    confirmed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
