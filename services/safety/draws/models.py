from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table


class Draw(Table):
    """A random draw: prepared with everything that decides it and the hash of a secret, drawn with a public number."""

    __tablename__ = "draws"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    title: Mapped[str]
    checklist: Mapped[str]
    candidates: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    count: Mapped[int]
    per_visit: Mapped[int]
    inspectors: Mapped[Any] = mapped_column(JSONB)
    commitment: Mapped[str]
    secret: Mapped[str]
    prepared_by: Mapped[str]
    prepared_at: Mapped[datetime] = mapped_column(server_default=func.now())
    public_number: Mapped[str | None]
    public_source: Mapped[str | None]
    drawn_by: Mapped[str | None]
    drawn_at: Mapped[datetime | None]
    result: Mapped[Any] = mapped_column(JSONB, nullable=True)
