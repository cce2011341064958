from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.transition_measures.codes import MeasureState
from shared.tables import one_of


class TransitionMeasure(Table):
    """How far a kindergarten or a school has come with a measure of a document; `subject` is which of them it is."""

    __tablename__ = "transition_measures"
    __table_args__ = (one_of("transition_measures", "state", MeasureState),)

    document: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    edition: Mapped[str]
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    school: Mapped[str | None] = mapped_column(ForeignKey("primary_schools.code"))
    division: Mapped[str]
    state: Mapped[str]
    note: Mapped[str]
    evidence: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    recorded_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
