from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.children.models import Child
from services.registry.db import Table
from services.registry.enrolments.codes import Entry, Exit
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of

ZH, EN = "该幼儿在此期间已在园。", "The child is already enrolled in that period."
HINT_ZH = "一名幼儿同一时间只能在全区一所幼儿园;请先办理转园或离园。"
HINT_EN = "A child is in one kindergarten of the district at a time: transfer it, or end the other enrolment first."


class Enrolment(Table):
    """A child in a class from one day until (not including) another.

    Periods of a child cannot overlap, by keys alone: each names the end of the one before it (`previous_until`), every
    end is unique and is followed at most once, and a period begins no earlier than the one before it ends. Unlike an
    exclusion constraint this costs nothing in bulk (docs/decisions/0003).
    """

    __tablename__ = "enrolments"
    __table_args__ = (
        # One key for class, kindergarten and division: a check less for each row of a roll.
        ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            onupdate="CASCADE",
            name="fk_enrolments_class",
        ),
        ForeignKeyConstraint(
            ["child", "previous_until"],
            ["enrolments.child", "enrolments.until"],
            onupdate="CASCADE",
            name=rule("enrolment_follows_nothing", ZH, EN, HINT_ZH, HINT_EN),
            deferrable=True,
        ),
        UniqueConstraint("child", "until", name=rule("child_already_enrolled", ZH, EN, HINT_ZH, HINT_EN)),
        UniqueConstraint(
            "child",
            "previous_until",
            name=rule("child_already_enrolled_then", ZH, EN, HINT_ZH, HINT_EN),
            postgresql_nulls_not_distinct=True,
            deferrable=True,
        ),
        CheckConstraint(
            "since < until",
            name=rule(
                "enrolment_ends_before_it_begins", "离园日期须晚于入园日期。", "An enrolment ends after it begins."
            ),
        ),
        CheckConstraint(
            "previous_until IS NULL OR previous_until <= since",
            name=rule("enrolment_overlaps_the_one_before", ZH, EN, HINT_ZH, HINT_EN),
        ),
        CheckConstraint("(until = '9999-12-31') = (reason_out IS NULL)", name="ck_enrolments_reason_out_with_end"),
        one_of("enrolments", "reason_in", Entry),
        one_of("enrolments", "reason_out", Exit),
        Index("ix_enrolments_class", "class_id", "until"),
        Index("ix_enrolments_kindergarten", "kindergarten", "until"),
        Index("ix_enrolments_since", "since", "id"),
        Index("ix_enrolments_import", "import_id", "kindergarten", postgresql_where=text("import_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    class_id: Mapped[UUID]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    previous_until: Mapped[date | None]
    reason_in: Mapped[str]
    reason_out: Mapped[str | None]
    note: Mapped[str] = mapped_column(server_default=text("''"))
    import_id: Mapped[UUID | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


rule(
    "class_is_full",
    "班级已满,没有空余学位。",
    "The class is full: no seat is left.",
    "请选择其他班级,或等待空出学位。",
    "Choose another class, or wait for a seat.",
)
rule(
    "enrolment_outside_the_school_year",
    "入园期间须在班级所属学年之内。",
    "The enrolment lies outside the school year of its class.",
)
