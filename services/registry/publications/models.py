from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.recognitions.models import owned
from shared.ids import new_id


class Publication(Table):
    """What was published of a kindergarten on a day 公示版本. Never changed; the highest number is the public page.

    `record` is what stands in the register, `figures` what was counted that day; `hash` is the SHA-256 of both.
    """

    __tablename__ = "publications"
    __table_args__ = (
        owned("publications"),
        UniqueConstraint("kindergarten", "number"),
        CheckConstraint("number > 0", name="ck_publications_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    published_on: Mapped[date]
    published_by: Mapped[str]
    pinyin: Mapped[str]
    record: Mapped[dict[str, Any]] = mapped_column(JSONB)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)
    hash: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PublicationDuty(Table):
    """A change the public page does not show yet, and the day by which it has to (政府信息公开条例 art. 26)."""

    __tablename__ = "publication_duties"
    __table_args__ = (
        owned("publication_duties"),
        Index("ix_publication_duties_open", "kindergarten", postgresql_where=text("met_on IS NULL")),
        Index("ix_publication_duties_due_on", "due_on", "id"),
        CheckConstraint("(met_on IS NULL) = (publication IS NULL)", name="ck_publication_duties_met"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    fields: Mapped[list[str]]
    arose_on: Mapped[date]
    due_on: Mapped[date]
    met_on: Mapped[date | None]
    publication: Mapped[UUID | None] = mapped_column(ForeignKey(Publication.id))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
