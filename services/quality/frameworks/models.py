from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint, func
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.frameworks.codes import AnswerKind, FrameworkKind, FrameworkState, ItemLevel, TextStatus
from shared.errors import rule
from shared.tables import one_of


class Framework(Table):
    """One edition of a framework. A published edition is never changed; the next one takes its place on a day."""

    __tablename__ = "frameworks"
    __table_args__ = (
        one_of("frameworks", "kind", FrameworkKind),
        one_of("frameworks", "state", FrameworkState),
        UniqueConstraint(
            "code", "edition", name=rule("edition_exists", "该版本已存在。", "This edition exists already.")
        ),
        CheckConstraint("since < until", name="ck_frameworks_period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    edition: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    authority: Mapped[str]
    document_number: Mapped[str]
    issued_on: Mapped[date | None]
    state: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
    division: Mapped[str]
    note: Mapped[str]
    published_by: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=sql("1"))


class FrameworkItem(Table):
    """An area, indicator or point of one edition. A text that could not be had is missing and says so."""

    __tablename__ = "framework_items"
    __table_args__ = (
        one_of("framework_items", "level", ItemLevel),
        one_of("framework_items", "text_status", TextStatus),
        one_of("framework_items", "answer", AnswerKind),
        CheckConstraint(
            "(text IS NULL) = (text_status = 'missing')",
            name=rule("missing_text_is_marked", "缺失的文本须标明缺失。", "A missing text is marked as missing."),
        ),
    )

    framework: Mapped[UUID] = mapped_column(ForeignKey("frameworks.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    parent: Mapped[str]
    place: Mapped[int]
    level: Mapped[str]
    text: Mapped[str | None]
    text_status: Mapped[str]
    tag: Mapped[str]
    source: Mapped[str]
    weight: Mapped[Decimal | None] = mapped_column(Numeric(8, 3))
    answer: Mapped[str]
    hard: Mapped[bool] = mapped_column(server_default=sql("false"))
    fed_by: Mapped[str | None]
    based_on: Mapped[list[str]] = mapped_column(server_default=sql("'{}'"))
    division: Mapped[str]
