from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.research_zones.codes import ResearchLevel
from shared.tables import one_of


class ResearchActivity(Table):
    """A 教研 activity that took place, on one of the three levels. Never changed."""

    __tablename__ = "research_activities"
    __table_args__ = (one_of("research_activities", "level", ResearchLevel),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    level: Mapped[str]
    zone: Mapped[UUID | None] = mapped_column(ForeignKey("research_zones.id"))
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    on: Mapped[date] = mapped_column("on_day")
    topic: Mapped[str]
    summary: Mapped[str]
    guided_by: Mapped[str]
    plan: Mapped[UUID | None] = mapped_column(ForeignKey("research_plans.id"), index=True)
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ResearchAttendance(Table):
    """How many of a kindergarten's teachers were there."""

    __tablename__ = "research_attendances"
    __table_args__ = (Index("ix_research_attendances_kindergarten", "kindergarten", "on_day"),)

    activity: Mapped[UUID] = mapped_column(ForeignKey("research_activities.id"), primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    division: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    teachers: Mapped[int]


class TeacherQuestion(Table):
    """A teacher's question to the researchers; answered ones may become knowledge for all."""

    __tablename__ = "teacher_questions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    question: Mapped[str]
    asked_by: Mapped[str]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    answered_on: Mapped[date | None]
    shared: Mapped[bool] = mapped_column(server_default=text("false"))
    keywords: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ResearchKnowledge(Table):
    """A question and its answer, shared with everybody; it does not say who asked or where. Never changed."""

    __tablename__ = "research_knowledge"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    question: Mapped[str]
    answer: Mapped[str]
    keywords: Mapped[list[str]]
    answered_on: Mapped[date]
