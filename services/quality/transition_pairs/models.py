from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.transition_pairs.codes import JointActivityKind
from shared.errors import rule
from shared.tables import one_of

ONE_OF_BOTH = "hashtextextended(kindergarten::text || school, 0)"
BOTH = f"int8range({ONE_OF_BOTH}, {ONE_OF_BOTH}, '[]')"


class TransitionPair(Table):
    """园校结对: a kindergarten and a primary school that work together from a day to a day."""

    __tablename__ = "transition_pairs"
    __table_args__ = (
        ExcludeConstraint(
            (text(BOTH), "&&"),
            (text("daterange(since, until)"), "&&"),
            using="gist",
            name=rule(
                "pair_stands_already", "该园与该校在此期间已结对。", "The two are paired in that period already."
            ),
        ),
        CheckConstraint(
            "since < until",
            name=rule("pair_ends_after_it_begins", "结束日期须晚于开始日期。", "A pair ends after it begins."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    school: Mapped[str] = mapped_column(ForeignKey("primary_schools.code"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    agreement: Mapped[str]
    ended_because: Mapped[str | None]
    paired_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class TransitionActivity(Table):
    """A joint activity of a pair, with how many were there. Never changed."""

    __tablename__ = "transition_activities"
    __table_args__ = (
        one_of("transition_activities", "kind", JointActivityKind),
        Index("ix_transition_activities_kindergarten", "kindergarten", "on_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pair: Mapped[UUID] = mapped_column(ForeignKey("transition_pairs.id"), index=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    school: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    kind: Mapped[str]
    topic: Mapped[str]
    summary: Mapped[str]
    kindergarten_teachers: Mapped[int]
    school_teachers: Mapped[int]
    children: Mapped[int]
    families: Mapped[int]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
