from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Uuid, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from shared.errors import rule


class Supplier(Table):
    """A firm a kindergarten buys food from, with its licence; every former state is kept."""

    __tablename__ = "food_suppliers"
    __table_args__ = (
        Index("uq_food_suppliers_code", "kindergarten", "code", unique=True),
        CheckConstraint(
            "since < until",
            name=rule(
                "supply_ends_after_it_begins",
                "停止供货日期应晚于开始日期。",
                "Supply ends after it begins.",
            ),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    pinyin: Mapped[str]
    kinds: Mapped[list[str]]
    licence_number: Mapped[str]
    licence_until: Mapped[date]
    since: Mapped[date]
    until: Mapped[date | None]
    files: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    recorded_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
