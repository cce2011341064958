from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table


class Enrolment(Table):
    """Finance's own copy of a period of enrolment, kept by registry's change feed. No name, no birth date.

    `school_entry_year` is the year the child is to enter primary school, where registry tells it; else the kind of
    class has to do.
    """

    __tablename__ = "enrolments"
    __table_args__ = (Index("ix_enrolments_child", "child"), Index("ix_enrolments_kindergarten", "kindergarten"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    child: Mapped[UUID]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    class_kind: Mapped[str]
    school_entry_year: Mapped[int | None]
    since: Mapped[date]
    until: Mapped[date]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    registry_version: Mapped[int]
