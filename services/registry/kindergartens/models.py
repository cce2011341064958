from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from services.registry.kindergartens.codes import Relation, Status, Type
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of


class Group(Table):
    """An education group 教育集团: kindergartens under one management or brand."""

    __tablename__ = "groups"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    name: Mapped[str]
    founded_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Kindergarten(Table):
    """A kindergarten 幼儿园, its branch, or a class attached to a school: one licensed place of preschool education.

    Its type and status are dated facts in tables of their own.
    """

    __tablename__ = "kindergartens"
    __table_args__ = (
        UniqueConstraint("id", "division"),
        UniqueConstraint(
            "school_code", name=rule("school_code_taken", "该学校标识码已被使用。", "The school code is taken.")
        ),
        UniqueConstraint(
            "credit_code",
            name=rule("credit_code_taken", "该统一社会信用代码已被使用。", "The unified social credit code is taken."),
        ),
        CheckConstraint(
            "licence_expires_on IS NULL OR licence_issued_on <= licence_expires_on",
            name=rule(
                "licence_expires_before_issue", "许可证到期日早于发证日。", "The licence expires before its issue."
            ),
        ),
        CheckConstraint(
            "(relation IS NULL) = (parent IS NULL AND host_school IS NULL)",
            name=rule(
                "relation_needs_a_parent",
                "分园须说明所属幼儿园,附设幼儿班须说明所在学校。",
                "A branch names its parent kindergarten, an attached class its host school.",
            ),
        ),
        one_of("kindergartens", "relation", Relation),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(ForeignKey(Division.code), index=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(server_default=text("''"))
    pinyin: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    school_code: Mapped[str | None]
    school_type: Mapped[str] = mapped_column(server_default=text("'111'"))
    credit_code: Mapped[str | None]
    credit_code_note: Mapped[str] = mapped_column(server_default=text("''"))
    founder: Mapped[str]
    founder_code: Mapped[str]
    for_profit: Mapped[bool] = mapped_column(server_default=text("false"))
    parent: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    relation: Mapped[str | None]
    host_school: Mapped[str | None]
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey(Group.id))
    licence_number: Mapped[str | None]
    licence_issued_on: Mapped[date | None]
    licence_expires_on: Mapped[date | None]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    address: Mapped[str] = mapped_column(server_default=text("''"))
    phone: Mapped[str] = mapped_column(server_default=text("''"))
    email: Mapped[str] = mapped_column(server_default=text("''"))
    fee_document: Mapped[str] = mapped_column(server_default=text("''"))
    principal: Mapped[UUID | None]
    urban_rural_code: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    town_centre: Mapped[bool] = mapped_column(server_default=text("false"))
    village_level: Mapped[bool] = mapped_column(server_default=text("false"))
    licensed_seats: Mapped[int] = mapped_column(server_default=text("0"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


def _owned(name: str) -> ForeignKeyConstraint:
    """The row belongs to a kindergarten and moves with it to another division."""
    return ForeignKeyConstraint(
        ["kindergarten", "division"], ["kindergartens.id", "kindergartens.division"], onupdate="CASCADE", name=name
    )


class Campus(Table):
    """A site 园址 (校区) of a kindergarten beside its main address."""

    __tablename__ = "campuses"
    __table_args__ = (_owned("fk_campuses_kindergarten"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(index=True)
    division: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class KindergartenType(Table):
    """What a kindergarten was (公办/普惠性民办/非普惠性民办) from one day until another, and by which document."""

    __tablename__ = "kindergarten_types"
    __table_args__ = (
        _owned("fk_kindergarten_types_kindergarten"),
        one_of("kindergarten_types", "type", Type),
        CheckConstraint("since < until", name="ck_kindergarten_types_period"),
        ExcludeConstraint(
            (func.uuidrange(text("kindergarten"), text("kindergarten"), text("'[]'")), "&&"),
            (func.daterange(text("since"), text("until")), "&&"),
            name=rule(
                "kindergarten_has_one_type_a_day",
                "同一天只能有一种办园性质。",
                "A kindergarten has exactly one type on any day.",
            ),
            using="gist",
        ),
        Index("ix_kindergarten_types_kindergarten", "kindergarten", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    type: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    document: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class KindergartenStatus(Table):
    """Where a kindergarten stood in its life from one day until another, and why."""

    __tablename__ = "kindergarten_statuses"
    __table_args__ = (
        _owned("fk_kindergarten_statuses_kindergarten"),
        one_of("kindergarten_statuses", "status", Status),
        CheckConstraint("since < until", name="ck_kindergarten_statuses_period"),
        ExcludeConstraint(
            (func.uuidrange(text("kindergarten"), text("kindergarten"), text("'[]'")), "&&"),
            (func.daterange(text("since"), text("until")), "&&"),
            name=rule(
                "kindergarten_has_one_status_a_day",
                "同一天只能有一种状态。",
                "A kindergarten has exactly one status on any day.",
            ),
            using="gist",
        ),
        Index("ix_kindergarten_statuses_kindergarten", "kindergarten", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    status: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    reason: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
