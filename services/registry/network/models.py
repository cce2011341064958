from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from shared.ids import new_id
from shared.tables import FOREVER


class DivisionPlace(Table):
    """Where a division lies, as an officer entered it from a document: its seat, and its outline where one is known."""

    __tablename__ = "division_places"

    division: Mapped[str] = mapped_column(ForeignKey(Division.code), primary_key=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    area_km2: Mapped[Decimal | None] = mapped_column(Numeric(9, 2))
    outline: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    source: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class PlaceTag(Table):
    """A mark on a kindergarten, or on a whole division, from one day until another: 怀柔科学城.

    `kindergarten` is None where the division itself is marked.
    """

    __tablename__ = "place_tags"
    __table_args__ = (
        CheckConstraint("since < until", name="ck_place_tags_period"),
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_place_tags_kindergarten",
        ),
        UniqueConstraint("tag", "division", "kindergarten", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    tag: Mapped[str]
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    kindergarten: Mapped[UUID | None]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    document: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
