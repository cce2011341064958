from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from services.finance.reliefs.codes import ReliefKind, ReliefState
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

RECORDED_ONCE = rule("relief_is_recorded_once", "该减免已登记。", "This relief is recorded already.")


class Relief(Table):
    """减免税费 of a kindergarten over a period: no money moves, but it is part of what the government gives."""

    __tablename__ = "reliefs"
    __table_args__ = (
        UniqueConstraint("kindergarten", "kind", "since", name=RECORDED_ONCE),
        one_of("reliefs", "kind", ReliefKind),
        one_of("reliefs", "state", ReliefState),
        CheckConstraint("amount > 0", name="ck_reliefs_amount"),
        CheckConstraint("since < until", name="ck_reliefs_period"),
        CheckConstraint("confirmed_by <> recorded_by", name=ANOTHER_PERSON),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    kind: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    amount: Mapped[Decimal]
    document: Mapped[str]
    state: Mapped[str]
    recorded_by: Mapped[str]
    confirmed_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
