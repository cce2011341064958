from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.training.codes import TrainingLevel, TrainingPost, TrainingTopic
from shared.errors import rule
from shared.tables import one_of


class TrainingSession(Table):
    """A training that takes place: on which level, about what, for whom, how many hours and places."""

    __tablename__ = "training_sessions"
    __table_args__ = (
        one_of("training_sessions", "level", TrainingLevel),
        one_of("training_sessions", "topic", TrainingTopic),
        CheckConstraint("hours > 0 AND hours <= 200", name="ck_training_sessions_hours"),
        CheckConstraint(
            "taken BETWEEN 0 AND places",
            name=rule("training_is_full", "该培训名额已满。", "The training has no place left."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    level: Mapped[str]
    topic: Mapped[str]
    title: Mapped[str]
    provider: Mapped[str]
    posts: Mapped[list[str]]
    stages: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    on: Mapped[date] = mapped_column("on_day")
    hours: Mapped[Decimal] = mapped_column(Numeric(5, 1))
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(server_default=text("0"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class TrainingPlace(Table):
    """A member of staff enrolled in a training: attended or not, and the certificate for it."""

    __tablename__ = "training_places"
    __table_args__ = (
        one_of("training_places", "post", TrainingPost),
        Index("ix_training_places_staff", "staff", "on_day"),
        Index(
            "uq_training_places_certificate",
            "certificate",
            unique=True,
            postgresql_where=text("certificate IS NOT NULL"),
        ),
    )

    session: Mapped[UUID] = mapped_column(ForeignKey("training_sessions.id"), primary_key=True)
    staff: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    post: Mapped[str]
    topic: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    attended: Mapped[bool | None]
    hours: Mapped[Decimal] = mapped_column(Numeric(5, 1), server_default=text("0"))
    rating: Mapped[int | None]
    certificate: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
