from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from services.registry.plan_units.codes import PlanUnitKind
from shared.tables import one_of


class PlanUnit(Table):
    """A unit that carries measures out 责任单位: a department, a town, a street, or several named together.

    A town's or street's `code` is its division's. `name_en` is empty where there is none in use.
    """

    __tablename__ = "plan_units"
    __table_args__ = (one_of("plan_units", "kind", PlanUnitKind),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"))
    kind: Mapped[str]
    division: Mapped[str | None] = mapped_column(ForeignKey(Division.code))
    source: Mapped[str]


class PlanUnitMember(Table):
    """An account that acts for a unit: how a department's own people are known, who have no division of their own."""

    __tablename__ = "plan_unit_members"

    unit: Mapped[str] = mapped_column(ForeignKey(PlanUnit.code), primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
