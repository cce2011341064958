from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.founders.codes import FounderAssets, FounderNature, FounderRole
from services.registry.recognitions.models import owned
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of


class Founder(Table):
    """Who founds or controls a kindergarten from one day until another, with which share and by which document.

    A person has an identity document, sealed; an organisation its credit code. `share` is a percentage.
    """

    __tablename__ = "founders"
    __table_args__ = (
        owned("founders"),
        one_of("founders", "role", FounderRole),
        one_of("founders", "nature", FounderNature),
        one_of("founders", "assets", FounderAssets),
        CheckConstraint(
            "since < until",
            name=rule("founder_ends_before_it_begins", "截止日期须晚于起始日期。", "It ends after it begins."),
        ),
        CheckConstraint("share > 0 AND share <= 100", name="ck_founders_share"),
        CheckConstraint("(nature = 'person') = (document_index IS NOT NULL)", name="ck_founders_document"),
        CheckConstraint("(nature = 'organisation') = (credit_code IS NOT NULL)", name="ck_founders_credit_code"),
        Index("ix_founders_kindergarten", "kindergarten", "since"),
        Index("ix_founders_document", "document_index"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    nature: Mapped[str]
    name: Mapped[str]
    document_type: Mapped[str | None]
    document_sealed: Mapped[bytes | None]
    document_index: Mapped[bytes | None]
    document_mask: Mapped[str | None]
    credit_code: Mapped[str | None]
    share: Mapped[Decimal | None]
    assets: Mapped[str]
    document: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    ended_because: Mapped[str] = mapped_column(server_default=text("''"))
    ending_document: Mapped[str] = mapped_column(server_default=text("''"))
    recorded_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
