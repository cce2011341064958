from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.credit_entries.codes import CreditEffect, CreditKind, CreditSubject
from services.registry.db import Table
from services.registry.founders.models import Founder
from services.registry.recognitions.models import owned
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

NOT_PUBLIC = rule(
    "personal_credit_is_not_public",
    "举办者、园长个人的信用记录不对外公示。",
    "What is entered about a person is not published.",
)


class CreditEntry(Table):
    """One entry of the credit file of a kindergarten, its founders or its principal 信用档案, with its source.

    Never rewritten: it is withdrawn when the decision behind it is. `until` is the first day it counts no more.
    """

    __tablename__ = "credit_entries"
    __table_args__ = (
        owned("credit_entries"),
        one_of("credit_entries", "subject", CreditSubject),
        one_of("credit_entries", "kind", CreditKind),
        one_of("credit_entries", "effect", CreditEffect),
        CheckConstraint("NOT public OR subject = 'kindergarten'", name=NOT_PUBLIC),
        CheckConstraint("(subject = 'founder') = (founder IS NOT NULL)", name="ck_credit_entries_founder"),
        CheckConstraint("occurred_on < until", name="ck_credit_entries_period"),
        Index("ix_credit_entries_kindergarten", "kindergarten", "occurred_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    founder: Mapped[UUID | None] = mapped_column(ForeignKey(Founder.id))
    kind: Mapped[str]
    effect: Mapped[str]
    title: Mapped[str]
    detail: Mapped[str]
    source: Mapped[str]
    document: Mapped[str]
    occurred_on: Mapped[date]
    until: Mapped[date | None]
    public: Mapped[bool]
    recorded_on: Mapped[date]
    recorded_by: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_because: Mapped[str] = mapped_column(server_default=text("''"))
    withdrawal_document: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
