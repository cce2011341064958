from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.talents.codes import LadderStage, TalentLevel, TalentTitle
from shared.errors import rule
from shared.tables import FOREVER, one_of


class Talent(Table):
    """A title somebody of the staff holds from a day, by a document; until it ends or is withdrawn."""

    __tablename__ = "talents"
    __table_args__ = (
        one_of("talents", "title", TalentTitle),
        one_of("talents", "level", TalentLevel),
        CheckConstraint("since < until", name="ck_talents_period"),
        Index(
            rule("title_is_held", "该人员已持有此称号。", "The person holds this title already."),
            "staff",
            "title",
            "level",
            unique=True,
            postgresql_where=text("until = '9999-12-31'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff: Mapped[UUID]
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    title: Mapped[str]
    level: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    document: Mapped[str]
    reason_out: Mapped[str | None]
    recorded_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class LadderStep(Table):
    """On which step of the ladder 新任—胜任—骨干—带头人—特级 somebody stands from a day until the next step."""

    __tablename__ = "ladder_steps"
    __table_args__ = (
        one_of("ladder_steps", "stage", LadderStage),
        CheckConstraint("since < until", name="ck_ladder_steps_period"),
    )

    staff: Mapped[UUID] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date] = mapped_column(default=FOREVER)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    stage: Mapped[str]
    basis: Mapped[str]
    recorded_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
