from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.protections.codes import CameraArea
from shared.tables import one_of


class Protection(Table):
    """What a kindergarten has to protect its children; every former state is kept."""

    __tablename__ = "protections"

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    division: Mapped[str]
    principal: Mapped[str]
    responsibility_signed_on: Mapped[date | None]
    children: Mapped[int]
    staff: Mapped[int]
    boarders: Mapped[int]
    safety_body: Mapped[bool]
    officer: Mapped[str]
    officer_full_time: Mapped[bool]
    closed_management: Mapped[bool]
    gate_duty: Mapped[bool]
    alarm_linked: Mapped[bool]
    insurance_until: Mapped[date | None]
    video_used_since: Mapped[date | None]
    video_filed_on: Mapped[date | None]
    guards: Mapped[Any] = mapped_column(JSONB)
    papers: Mapped[Any] = mapped_column(JSONB, server_default=text("'{}'"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class CameraPoint(Table):
    """A camera: where it looks, and its state as last told."""

    __tablename__ = "cameras"
    __table_args__ = (one_of("cameras", "area", CameraArea),)

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    area: Mapped[str]
    place: Mapped[str]
    retention_reason: Mapped[str]
    retention_days: Mapped[int]
    online: Mapped[bool]
    offline_since: Mapped[datetime | None]
    told_at: Mapped[datetime]


class AlarmTest(Table):
    """A test of the one-key alarm (一键式报警)."""

    __tablename__ = "alarm_tests"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    tested_on: Mapped[date]
    passed: Mapped[bool]
    answered_by: Mapped[str]
    note: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
