from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.filings.codes import FilingKind, FilingState
from services.registry.recognitions.models import owned
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

ONE_OPEN = rule(
    "one_open_filing",
    "该园已有待核或退回的备案。",
    "The kindergarten has a filing that is still open.",
    "请先重新提交或撤回该备案。",
    "Hand that one in again, or withdraw it.",
)
TWO_PEOPLE = rule(
    "filing_answered_by_another_person", "报备与核准须由不同的人进行。", "Filing and answering are done by two people."
)


class Filing(Table):
    """A proposal of a kindergarten about its own record 信息备案. `state` moves by `rules.MACHINE`.

    `base` is what the record said of the fields in `changes` when it was proposed; `basis` what the decision was made
    on (differences and consequences), kept when it is accepted. `answer_due_on` is the last day to answer.
    """

    __tablename__ = "filings"
    __table_args__ = (
        owned("filings"),
        one_of("filings", "kind", FilingKind),
        one_of("filings", "state", FilingState),
        Index(ONE_OPEN, "kindergarten", unique=True, postgresql_where=text("state IN ('proposed', 'returned')")),
        Index("ix_filings_answer_due_on", "answer_due_on", "id"),
        Index("ix_filings_kindergarten", "kindergarten", "answered_on"),
        CheckConstraint("answered_by <> proposed_by", name=TWO_PEOPLE),
        CheckConstraint("(kind = 'confirmation') = (changes = '{}')", name="ck_filings_changes"),
        CheckConstraint(
            "state <> 'accepted' OR (answered_by IS NOT NULL AND answered_on IS NOT NULL)", name="ck_filings_accepted"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    state: Mapped[str]
    happened_on: Mapped[date]
    statement: Mapped[str]
    documents: Mapped[list[str]]
    base: Mapped[dict[str, Any]] = mapped_column(JSONB)
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    basis: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    proposed_on: Mapped[date]
    proposed_by: Mapped[str]
    late: Mapped[bool]
    answer_due_on: Mapped[date]
    answered_on: Mapped[date | None]
    answered_by: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
