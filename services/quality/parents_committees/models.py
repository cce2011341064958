from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from shared.errors import rule

WHOSE = "hashtextextended(kindergarten::text || coalesce(class_id::text, ''), 0)"


class ParentsCommittee(Table):
    """家长委员会 of a kindergarten or a class in its term. Members are guardians by registry's ids: no name is here."""

    __tablename__ = "parents_committees"
    __table_args__ = (
        ExcludeConstraint(
            (text(f"int8range({WHOSE}, {WHOSE}, '[]')"), "&&"),
            (text("daterange(since, until)"), "&&"),
            using="gist",
            name=rule("committee_is_in_office", "任期内已有家委会。", "There is a committee in office in that term."),
        ),
        CheckConstraint(
            "since < until", name=rule("term_ends_after_it_begins", "任期须有期限。", "A term ends after it begins.")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    class_id: Mapped[UUID | None]
    since: Mapped[date]
    until: Mapped[date]
    elected: Mapped[str]
    members: Mapped[Any] = mapped_column(JSONB)
    ended_because: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
