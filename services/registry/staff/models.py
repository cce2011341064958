from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.staff.codes import Education, Title
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of


class Person(Table):
    """Someone who works in a kindergarten 教职工, once in the district.

    `kindergarten` and `division` are those of the post that began last, or of whoever registered a person without a
    post; besides, everyone sees the record who sees a post of the person that lasts. The document's number is sealed.
    `experience_months` is kindergarten teaching or management before the first post on record.
    """

    __tablename__ = "staff"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_staff_kindergarten",
        ),
        UniqueConstraint(
            "document_index",
            name=rule(
                "person_already_registered",
                "该证件号的人员已在本区登记。",
                "A person with this document is already registered in the district.",
                "请在任职时提供证件号与姓名(identity),不要重复登记。",
                "Appoint the person by document and name (identity) instead of registering it again.",
            ),
        ),
        CheckConstraint("sex IN ('0', '1', '2', '9')", name="ck_staff_sex"),
        CheckConstraint("experience_months >= 0", name="ck_staff_experience_months"),
        one_of("staff", "education", Education),
        one_of("staff", "title", Title),
        Index("ix_staff_kindergarten_pinyin", "kindergarten", "pinyin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(index=True)
    kindergarten: Mapped[UUID | None]
    name: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    sex: Mapped[str]
    birth_date: Mapped[date]
    ethnicity: Mapped[str | None]
    document_type: Mapped[str]
    document_sealed: Mapped[bytes]
    document_index: Mapped[bytes]
    document_mask: Mapped[str]
    education: Mapped[str]
    preschool_major: Mapped[bool] = mapped_column(server_default=text("false"))
    title: Mapped[str] = mapped_column(server_default=text("'none'"))
    experience_months: Mapped[int] = mapped_column(server_default=text("0"))
    experience_evidence: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
