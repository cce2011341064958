from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.posts.codes import Employment, PostEnd, PostRole
from services.registry.staff.models import Person
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of


class Post(Table):
    """A person's work in a kindergarten from one day until (not including) another 任职.

    A person has one full-time post at a time, wherever it is. A class ends with its school year, a post need not:
    it counts for its class as long as the class lasts.
    """

    __tablename__ = "posts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_posts_kindergarten",
        ),
        ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            onupdate="CASCADE",
            name=rule(
                "post_and_class_belong_together",
                "任职的班级须属于任职的幼儿园;有任职记录的班级不能删除。",
                "A post's class is one of its kindergarten, and a class with posts stays on record.",
            ),
        ),
        ExcludeConstraint(
            (literal_column("uuidrange(person, person, '[]')"), "&&"),
            (literal_column("daterange(since, until)"), "&&"),
            where=text("full_time"),
            using="gist",
            name=rule(
                "person_has_one_full_time_post",
                "该人员在此期间已有专职岗位。",
                "The person has a full-time post in that period already.",
                "请先结束原任职,或登记为兼职。",
                "End the other post first, or record this one as part-time.",
            ),
        ),
        CheckConstraint(
            "since < until",
            name=rule("post_ends_before_it_begins", "任职结束日期须晚于开始日期。", "A post ends after it begins."),
        ),
        CheckConstraint("(until = '9999-12-31') = (reason_out IS NULL)", name="ck_posts_reason_out_with_end"),
        one_of("posts", "role", PostRole),
        one_of("posts", "employment", Employment),
        one_of("posts", "reason_out", PostEnd),
        Index("ix_posts_person", "person", "until"),
        Index("ix_posts_kindergarten", "kindergarten", "until"),
        Index("ix_posts_since", "since", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    class_id: Mapped[UUID | None]
    employment: Mapped[str]
    full_time: Mapped[bool] = mapped_column(server_default=text("true"))
    contract: Mapped[str] = mapped_column(server_default=text("''"))
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    reason_out: Mapped[str | None]
    note: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
