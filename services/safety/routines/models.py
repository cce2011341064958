from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Numeric, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.routines.codes import DrillKind, MealKind
from shared.tables import one_of


class MorningCheck(Table):
    """晨检 of one class on one day: how many are there, how many are absent and for which causes."""

    __tablename__ = "morning_checks"
    __table_args__ = (
        Index("ix_morning_checks_day", "day", "kindergarten"),
        Index("ix_morning_checks_order", "day", "id"),
    )

    id: Mapped[UUID] = mapped_column(server_default=text("uuid_v7()"))
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    group: Mapped[str] = mapped_column("class_name", primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    division: Mapped[str]
    present: Mapped[int]
    absent: Mapped[int]
    causes: Mapped[Any] = mapped_column(JSONB)
    note: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Meal(Table):
    """A meal: who of the management ate with the children, and what was kept as samples."""

    __tablename__ = "meals"
    __table_args__ = (one_of("meals", "meal", MealKind), Index("ix_meals_order", "day", "id"))

    id: Mapped[UUID] = mapped_column(server_default=text("uuid_v7()"))
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    meal: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    accompanied_by: Mapped[str]
    dishes: Mapped[int]
    samples: Mapped[int]
    least_grams: Mapped[int]
    supplier_checked: Mapped[bool]
    suppliers: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    kept_hours: Mapped[int | None]
    kept_celsius: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))
    parents: Mapped[int] = mapped_column(server_default=text("0"))
    faults: Mapped[list[str]]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class BusRun(Table):
    """A run of a school bus, with the children counted on and off."""

    __tablename__ = "bus_runs"
    __table_args__ = (Index("ix_bus_runs_order", "day", "id"),)

    id: Mapped[UUID] = mapped_column(server_default=text("uuid_v7()"))
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    run: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    plate: Mapped[str]
    dedicated: Mapped[bool]
    licence_until: Mapped[date | None]
    boarded: Mapped[int]
    alighted: Mapped[int]
    attendant: Mapped[bool]
    faults: Mapped[list[str]]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Drill(Table):
    """A drill that was held."""

    __tablename__ = "drills"
    __table_args__ = (one_of("drills", "kind", DrillKind), Index("ix_drills_held_on", "kindergarten", "held_on"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    kind: Mapped[str]
    held_on: Mapped[date]
    people: Mapped[int]
    seconds: Mapped[int]
    partners: Mapped[list[str]]
    note: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
