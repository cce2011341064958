from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.commendations.codes import CommendationState
from services.quality.db import Table
from shared.errors import rule
from shared.tables import one_of


class Commendation(Table):
    """A commendation a kindergarten was nominated for."""

    __tablename__ = "commendations"
    __table_args__ = (
        one_of("commendations", "state", CommendationState),
        UniqueConstraint(
            "kindergarten",
            "year",
            "title",
            name=rule(
                "nominated_once_a_year", "该园本年度已推荐此项。", "It was nominated for this already that year."
            ),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str] = mapped_column(index=True)
    year: Mapped[int]
    title: Mapped[str]
    merits: Mapped[str]
    state: Mapped[str]
    nominated_by: Mapped[str]
    nominated_on: Mapped[date]
    publicised_by: Mapped[str | None]
    publicity_until: Mapped[date | None]
    decided_by: Mapped[str | None]
    decided_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
