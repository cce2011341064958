from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from shared.errors import rule
from shared.ids import new_id


class Child(Table):
    """A child 幼儿, once in the district.

    `kindergarten` and `division` follow the present enrolment, so that whoever runs the kindergarten sees the child;
    without one the division is where the child lives. The document's number is sealed; `document_index` finds it again
    and keeps it unique; `document_mask` is what may be shown.
    """

    __tablename__ = "children"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_children_kindergarten",
        ),
        UniqueConstraint(
            "document_index",
            name=rule(
                "child_already_registered",
                "该证件号的幼儿已在本区登记。",
                "A child with this document is already registered in the district.",
                "请用证件号办理入园或转园,不要重复登记。",
                "Enrol or transfer the child by that document instead of registering it again.",
            ),
        ),
        CheckConstraint("sex IN ('0', '1', '2', '9')", name="ck_children_sex"),
        Index("ix_children_kindergarten_pinyin", "kindergarten", "pinyin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(index=True)
    kindergarten: Mapped[UUID | None]
    name: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    sex: Mapped[str]
    birth_date: Mapped[date] = mapped_column(index=True)
    nationality: Mapped[str] = mapped_column(server_default=text("'156'"))
    ethnicity: Mapped[str | None]
    document_type: Mapped[str]
    document_sealed: Mapped[bytes]
    document_index: Mapped[bytes]
    document_mask: Mapped[str]
    household_division: Mapped[str | None]
    household_kind: Mapped[str | None]
    residence_division: Mapped[str] = mapped_column(ForeignKey("divisions.code"))
    overseas_kind: Mapped[str] = mapped_column(server_default=text("'0'"))
    left_behind: Mapped[str | None]
    disability_scheme: Mapped[str | None]
    disability_kind: Mapped[str | None]
    special_care: Mapped[str | None]
    first_enrolled_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Guardian(Table):
    """A guardian 监护人 of one child. Visible to whoever may see the child."""

    __tablename__ = "guardians"
    __table_args__ = (
        UniqueConstraint(
            "child",
            "document_index",
            name=rule(
                "guardian_already_recorded", "该监护人已登记。", "This guardian is already recorded for the child."
            ),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child: Mapped[UUID] = mapped_column(ForeignKey(Child.id, ondelete="CASCADE"))
    name: Mapped[str]
    relation: Mapped[str]
    document_type: Mapped[str | None]
    document_sealed: Mapped[bytes | None]
    document_index: Mapped[bytes | None]
    document_mask: Mapped[str] = mapped_column(server_default=text("''"))
    phone_sealed: Mapped[bytes | None]
    phone_index: Mapped[bytes | None]
    phone_mask: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
