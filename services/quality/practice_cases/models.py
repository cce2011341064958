from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.practice_cases.codes import PracticeCaseState, PracticeTopic, SeminarState
from shared.tables import one_of


class PracticeCase(Table):
    """What a kindergarten learned, written down for others; accepted, every kindergarten reads it."""

    __tablename__ = "practice_cases"
    __table_args__ = (
        one_of("practice_cases", "topic", PracticeTopic),
        one_of("practice_cases", "state", PracticeCaseState),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    topic: Mapped[str]
    title: Mapped[str]
    content: Mapped[str]
    state: Mapped[str]
    submitted_by: Mapped[str]
    submitted_on: Mapped[date]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Seminar(Table):
    """研讨 on the district's calendar: its topic, the cases it is about, who came."""

    __tablename__ = "seminars"
    __table_args__ = (one_of("seminars", "topic", PracticeTopic), one_of("seminars", "state", SeminarState))

    kindergarten = None  # of the district: its steps and events name no kindergarten

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    topic: Mapped[str]
    title: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    place: Mapped[str]
    cases: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    state: Mapped[str]
    kindergartens: Mapped[int] = mapped_column(server_default=text("0"))
    participants: Mapped[int] = mapped_column(server_default=text("0"))
    summary: Mapped[str] = mapped_column(server_default=text("''"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
