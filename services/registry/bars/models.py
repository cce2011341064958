from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.bars.codes import BarGround
from services.registry.db import Table
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of


class Bar(Table):
    """An entry of the list of those who may not work in kindergartens 从业禁止名单.

    The person need not be registered. Seen by those only who keep the district's list; a hiring learns yes or no.
    `source` is the bar of quality that an ethics decision led to; one revoked on its first day never held.
    """

    __tablename__ = "bars"
    __table_args__ = (
        CheckConstraint(
            "since < until OR source IS NOT NULL AND since = until",
            name=rule("bar_ends_before_it_begins", "截止日期须晚于起始日期。", "A bar ends after it begins."),
        ),
        one_of("bars", "ground", BarGround),
        Index("ix_bars_document", "document_index"),
        UniqueConstraint("source"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    name: Mapped[str]
    document_type: Mapped[str]
    document_sealed: Mapped[bytes]
    document_index: Mapped[bytes]
    document_mask: Mapped[str]
    ground: Mapped[str]
    source: Mapped[UUID | None]
    decided_by: Mapped[str]
    decision: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    lifted_because: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
