from datetime import date

from sqlalchemy import CheckConstraint, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class PrimarySchool(Table):
    """A primary school 小学 that kindergartens work with: public, by its national code 学校标识码."""

    __tablename__ = "primary_schools"
    __table_args__ = (CheckConstraint("code ~ '^[0-9]{10}$'", name="ck_primary_schools_code"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    zero_start: Mapped[bool]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
