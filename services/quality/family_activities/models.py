from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Uuid, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.family_activities.codes import FamilyActivityKind, GuidanceKind
from shared.tables import one_of


class FamilyActivity(Table):
    """Something kindergarten, families and community did together 家园社协同. Never changed."""

    __tablename__ = "family_activities"
    __table_args__ = (
        one_of("family_activities", "kind", FamilyActivityKind),
        Index("ix_family_activities_kindergarten", "kindergarten", "on_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    kind: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    topic: Mapped[str]
    partner: Mapped[str]
    summary: Mapped[str]
    families: Mapped[int]
    others: Mapped[int]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class GuidanceNotice(Table):
    """Guidance to prepare a child for kindergarten or school, sent family by family: children by registry's ids."""

    __tablename__ = "guidance_notices"
    __table_args__ = (one_of("guidance_notices", "kind", GuidanceKind),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    kind: Mapped[str]
    school_year: Mapped[int]
    title: Mapped[str]
    content: Mapped[str]
    sent_on: Mapped[date]
    sent_by: Mapped[str]
    children: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class GuidanceConfirmation(Table):
    """A family has read the guidance."""

    __tablename__ = "guidance_confirmations"

    notice: Mapped[UUID] = mapped_column(ForeignKey("guidance_notices.id"), primary_key=True)
    child: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    confirmed_on: Mapped[date]
