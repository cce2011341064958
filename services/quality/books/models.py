from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.books.codes import BookDisposal, ReadingBookAudience, ReadingBookSource, ReadingBookState
from services.quality.db import Table
from shared.errors import rule
from shared.tables import one_of


class Book(Table):
    """A title a kindergarten wants to use or uses, and its review in two stages by two persons."""

    __tablename__ = "books"
    __table_args__ = (
        one_of("books", "audience", ReadingBookAudience),
        one_of("books", "source", ReadingBookSource),
        one_of("books", "state", ReadingBookState),
        one_of("books", "removed_to", BookDisposal),
        Index(
            rule("book_is_entered", "该园已登记此书。", "The kindergarten has entered this title."),
            "kindergarten",
            "isbn",
            unique=True,
            postgresql_where=text("isbn IS NOT NULL AND state <> 'removed'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    isbn: Mapped[str | None]
    title: Mapped[str]
    publisher: Mapped[str]
    book_edition: Mapped[str] = mapped_column(server_default=text("''"))
    picture_book: Mapped[bool] = mapped_column(server_default=text("true"))
    audience: Mapped[str]
    source: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[str]
    proposed_on: Mapped[date]
    screened_by: Mapped[str | None]
    reviewed_by: Mapped[str | None]
    reviewed_on: Mapped[date | None]
    answers: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    violations: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    removed_on: Mapped[date | None]
    removed_because: Mapped[str | None]
    removed_to: Mapped[str | None]
    removed_copies: Mapped[int | None]
    removed_in: Mapped[UUID | None] = mapped_column(ForeignKey("book_campaigns.id"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class BookHolding(Table):
    """How many copies of a title stand in a class, or in the library (no class)."""

    __tablename__ = "book_holdings"
    __table_args__ = (CheckConstraint("copies >= 0", name="ck_book_holdings_copies"),)

    book: Mapped[UUID] = mapped_column(ForeignKey("books.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    copies: Mapped[int]
    version: Mapped[int] = mapped_column(server_default=text("1"))
