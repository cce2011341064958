from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.transition_pilots.codes import PilotLevel
from shared.errors import rule
from shared.tables import one_of


class TransitionPilot(Table):
    """试点园/校: a kindergarten or a school that tries out a part of the transition, its results and their spread."""

    __tablename__ = "transition_pilots"
    __table_args__ = (
        one_of("transition_pilots", "level", PilotLevel),
        CheckConstraint(
            "(kindergarten IS NULL) <> (school IS NULL)",
            name=rule(
                "pilot_is_one_of_both", "试点须是一所幼儿园或一所小学。", "A pilot is a kindergarten or a school."
            ),
        ),
        CheckConstraint(
            "since < until", name=rule("pilot_ends_after_it_begins", "结束日期须晚于开始日期。", "A pilot ends later.")
        ),
        CheckConstraint("(concluded_on IS NULL) = (results IS NULL)", name="ck_transition_pilots_concluded"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(index=True)
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    school: Mapped[str | None] = mapped_column(ForeignKey("primary_schools.code"))
    level: Mapped[str]
    topic: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    results: Mapped[str | None]
    spread: Mapped[str | None]
    concluded_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
