from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from shared.errors import rule


class GraduateSupply(Table):
    """人才供给: of one school, major and year, how many were taken in, graduated and found work in the district."""

    __tablename__ = "graduate_supplies"
    __table_args__ = (
        UniqueConstraint("division", "school", "major", "year", name="uq_graduate_supplies_year"),
        CheckConstraint("intake >= 0 AND graduates >= 0 AND placed >= 0", name="ck_graduate_supplies_counts"),
        CheckConstraint(
            "placed <= graduates",
            name=rule("placed_are_graduates", "本区就业人数不超过毕业生数。", "No more are placed than graduated."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    school: Mapped[str]
    major: Mapped[str]
    year: Mapped[int]
    nursery: Mapped[bool]
    intake: Mapped[int]
    graduates: Mapped[int]
    placed: Mapped[int]
    measure: Mapped[str]
    source: Mapped[str]
    recorded_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
