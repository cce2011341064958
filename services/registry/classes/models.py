from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.classes.codes import ClassKind
from services.registry.db import Table
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of


class Class(Table):
    """A class 班级 of one school year. `continues` is the class of the year before whose children it takes over.

    `standard_size` is the norm of its kind, `hard_limit` what it may never exceed; both are copied from the dated
    parameters in force when the class was formed.
    """

    __tablename__ = "classes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_classes_kindergarten",
        ),
        UniqueConstraint("id", "kindergarten", "division"),
        UniqueConstraint(
            "kindergarten",
            "school_year",
            "name",
            name=rule(
                "class_name_taken", "本园本学年已有同名班级。", "The kindergarten has a class of this name that year."
            ),
        ),
        CheckConstraint("since < until", name="ck_classes_period"),
        CheckConstraint("standard_size > 0 AND hard_limit >= standard_size", name="ck_classes_sizes"),
        one_of("classes", "kind", ClassKind),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    school_year: Mapped[int]
    name: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    kind: Mapped[str]
    standard_size: Mapped[int]
    hard_limit: Mapped[int]
    boarding: Mapped[bool] = mapped_column(server_default=text("false"))
    continues: Mapped[UUID | None] = mapped_column(ForeignKey("classes.id"))
    since: Mapped[date]
    until: Mapped[date]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
