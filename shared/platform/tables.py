"""The tables every service's database holds, as SQLAlchemy knows them. `0001.sql` makes them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, MetaData, func, text
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.tables import NAMES, TYPES


class Platform(DeclarativeBase):
    """Base of the platform's own tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES


class Event(Platform):
    """A fact that was announced. Nothing here is ever changed."""

    __tablename__ = "events"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuid_v7())
    seq: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str]
    subject: Mapped[str]
    division: Mapped[str]
    kindergarten: Mapped[UUID | None]
    actor: Mapped[str]
    trace: Mapped[str]
    occurred_at: Mapped[datetime]
    data: Mapped[Any] = mapped_column(JSON)


class EventPosition(Platform):
    """Place of an event in the feed, and the hash that chains it to the one before."""

    __tablename__ = "event_positions"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    event: Mapped[UUID]
    hash: Mapped[bytes]


class RowHistory(Platform):
    """A row as it was before a change."""

    __tablename__ = "row_history"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    table_name: Mapped[str]
    row_id: Mapped[str]
    division: Mapped[str | None]
    kindergarten: Mapped[UUID | None]
    operation: Mapped[str]
    actor: Mapped[str]
    recorded_until: Mapped[datetime]
    before: Mapped[dict[str, Any]]


class Job(Platform):
    """A long piece of work: who asked, in which scope, how far it is, what came out."""

    __tablename__ = "jobs"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuid_v7())
    kind: Mapped[str]
    division: Mapped[str]
    kindergarten: Mapped[UUID | None]
    actor: Mapped[str]
    scope: Mapped[dict[str, Any]]
    arguments: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(server_default=text("'queued'"))
    done: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    total: Mapped[int | None] = mapped_column(BigInteger)
    message: Mapped[str] = mapped_column(server_default=text("''"))
    checkpoint: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    result: Mapped[dict[str, Any] | None]
    cancel_requested: Mapped[bool] = mapped_column(server_default=text("false"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Code(Platform):
    """One entry of a code list, with the period in which it may be used."""

    __tablename__ = "codes"

    list: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    label_zh: Mapped[str]
    label_en: Mapped[str]
    national_standard: Mapped[str]
    national_code: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    source: Mapped[str]
    place: Mapped[int]


class AccessLog(Platform):
    """Who looked at protected personal data of whom, and why."""

    __tablename__ = "access_log"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuid_v7())
    actor: Mapped[str]
    purpose: Mapped[str]
    subject: Mapped[str]
    fields: Mapped[list[str]]
    division: Mapped[str]
    kindergarten: Mapped[UUID | None]
    trace: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
