from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, func
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from shared.ids import new_id


class ForecastScenario(Table):
    """One version of the assumptions of a scenario, set by the district. Never changed: a new version follows it."""

    __tablename__ = "forecast_scenarios"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    yearly_factor: Mapped[Decimal] = mapped_column(Numeric(6, 4))
    birth_change: Mapped[Decimal] = mapped_column(Numeric(6, 4))
    enrolment_rate: Mapped[Decimal] = mapped_column(Numeric(6, 4))
    document: Mapped[str]
    tag: Mapped[str]
    set_by: Mapped[str]
    set_on: Mapped[date]


class Forecast(Table):
    """A forecast that was kept: its assumptions, what it rests on by its hash, and its figures. Never changed."""

    __tablename__ = "forecasts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    scenario: Mapped[str]
    version: Mapped[int]
    as_of: Mapped[date]
    years: Mapped[int]
    result: Mapped[dict[str, Any]]
    digest: Mapped[str]
    note: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())
