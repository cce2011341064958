from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table


class SchoolBus(Table):
    """A bus that carries children of a kindergarten, with its driver by a code; every former state is kept."""

    __tablename__ = "school_buses"
    __table_args__ = (Index("uq_school_buses_plate", "kindergarten", "plate", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    plate: Mapped[str]
    dedicated: Mapped[bool]
    licence_until: Mapped[date | None]
    inspected_on: Mapped[date | None]
    responsibility_filed_on: Mapped[date | None]
    seats: Mapped[int]
    route: Mapped[str]
    driver: Mapped[str]
    driver_born_on: Mapped[date | None]
    driver_licensed_on: Mapped[date | None]
    driver_checked_on: Mapped[date | None]
    recorded_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
