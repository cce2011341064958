from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.added_places.codes import PlaceChannel
from services.registry.construction.models import ConstructionProject
from services.registry.db import Table
from shared.ids import new_id
from shared.tables import one_of


class AddedPlaces(Table):
    """Inclusive places added at a kindergarten on a day, and how 扩增学位台账. One entered in error is withdrawn."""

    __tablename__ = "added_places"
    __table_args__ = (
        one_of("added_places", "channel", PlaceChannel),
        CheckConstraint("seats > 0", name="ck_added_places_seats"),
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_added_places_kindergarten",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(index=True)
    division: Mapped[str]
    channel: Mapped[str]
    seats: Mapped[int]
    added_on: Mapped[date]
    project: Mapped[UUID | None] = mapped_column(ForeignKey(ConstructionProject.id))
    document: Mapped[str]
    entered_by: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawal: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
