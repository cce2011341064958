from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.incidents.codes import IncidentCategory, IncidentSeverity, IncidentState, ReportTo
from shared.tables import one_of


class Incident(Table):
    """Something that happened. Children are counted, never named. `untold` are those who must still hear of it."""

    __tablename__ = "incidents"
    __table_args__ = (
        one_of("incidents", "state", IncidentState),
        one_of("incidents", "category", IncidentCategory),
        one_of("incidents", "severity", IncidentSeverity),
        Index("ix_incidents_occurred_at", "kindergarten", "occurred_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    state: Mapped[str]
    category: Mapped[str]
    severity: Mapped[str]
    occurred_at: Mapped[datetime]
    known_at: Mapped[datetime]
    place: Mapped[str]
    described: Mapped[str]
    injured: Mapped[int]
    to_hospital: Mapped[int]
    untold: Mapped[list[str]]
    late: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    recorded_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class IncidentReport(Table):
    """Somebody was told."""

    __tablename__ = "incident_reports"
    __table_args__ = (one_of("incident_reports", "told", ReportTo),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    incident: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), index=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID]
    told: Mapped[str]
    told_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    late: Mapped[bool]
    way: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
