from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Double, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.recalibrations.codes import RecalibrationState
from shared.tables import one_of


class Recalibration(Table):
    """A task for an evaluator who agreed with another less than the district asks: to score a reference set anew."""

    __tablename__ = "recalibrations"
    __table_args__ = (
        one_of("recalibrations", "state", RecalibrationState),
        UniqueConstraint("evaluation", "evaluator", name="uq_recalibrations_evaluator"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: ClassVar[None] = None  # nobody of the kindergarten hears how its evaluators agreed
    evaluation: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"))
    evaluator: Mapped[str]
    kappa: Mapped[float] = mapped_column(Double)
    items: Mapped[list[str]]
    state: Mapped[str]
    given_on: Mapped[date]
    due_on: Mapped[date]
    reached: Mapped[float | None] = mapped_column(Double)
    completed_by: Mapped[str | None]
    completed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
