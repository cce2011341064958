from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class IndicatorCopy(Table):
    """A figure of a division that registry froze: counted once, never changed."""

    __tablename__ = "indicator_copies"
    __table_args__ = (Index("ix_indicator_copies_indicator", "indicator", "division", "as_of"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    indicator: Mapped[str]
    division: Mapped[str]
    as_of: Mapped[date]
    numerator: Mapped[int]
    denominator: Mapped[int | None]
    value: Mapped[str | None]
    unit: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
