from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.parent_courses.codes import AgeStage, ParentSessionState, ParentTopic
from shared.errors import rule
from shared.tables import one_of


class ParentCourse(Table):
    """A course of the catalogue for parents: the district's, which every kindergarten sees, or a kindergarten's own."""

    __tablename__ = "parent_courses"
    __table_args__ = (
        one_of("parent_courses", "stage", AgeStage),
        one_of("parent_courses", "topic", ParentTopic),
        CheckConstraint("needed_month BETWEEN 1 AND 12", name="ck_parent_courses_needed_month"),
        CheckConstraint(
            "since < until",
            name=rule("course_ends_after_it_begins", "停用日期须晚于启用日期。", "It ends later."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(index=True)
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    stage: Mapped[str]
    topic: Mapped[str]
    title: Mapped[str]
    outline: Mapped[str]
    needed_month: Mapped[int]
    since: Mapped[date]
    until: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ParentSession(Table):
    """A course held, or to be held, for the families of a kindergarten or of one class. Families are counted only."""

    __tablename__ = "parent_sessions"
    __table_args__ = (
        one_of("parent_sessions", "state", ParentSessionState),
        CheckConstraint(
            "enrolled <= invited AND attended <= invited",
            name=rule("attended_were_invited", "报名、到场家庭数不超过邀请数。", "Who came had been invited."),
        ),
        CheckConstraint(
            "satisfied <= answers AND answers <= attended",
            name=rule("answers_come_from_who_attended", "反馈数不超过到场家庭数。", "Answers come from who was there."),
        ),
        Index("ix_parent_sessions_kindergarten", "kindergarten", "school_year"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course: Mapped[UUID] = mapped_column(ForeignKey("parent_courses.id"), index=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    class_id: Mapped[UUID | None]
    stage: Mapped[str]
    school_year: Mapped[int]
    on: Mapped[date] = mapped_column("on_day")
    place: Mapped[str]
    ahead: Mapped[bool]
    state: Mapped[str]
    invited: Mapped[int]
    enrolled: Mapped[int] = mapped_column(server_default=text("0"))
    attended: Mapped[int] = mapped_column(server_default=text("0"))
    answers: Mapped[int] = mapped_column(server_default=text("0"))
    satisfied: Mapped[int] = mapped_column(server_default=text("0"))
    comments: Mapped[str] = mapped_column(server_default=text("''"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
