from datetime import date

from sqlalchemy import ForeignKey, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from shared.tables import FOREVER


class Division(Table):
    """An administrative unit 行政区划: district, town-level or village-level. Its code begins with its parent's."""

    __tablename__ = "divisions"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    usual_name: Mapped[str] = mapped_column(server_default=text("''"))
    pinyin: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    level: Mapped[str]
    kind: Mapped[str]
    parent: Mapped[str | None] = mapped_column(ForeignKey("divisions.code"))
    zone: Mapped[str | None]
    zone_source: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    source: Mapped[str]


class Population(Table):
    """Children of one year of age living in a town on a day: the denominator of the enrolment rate."""

    __tablename__ = "populations"

    division: Mapped[str] = mapped_column(ForeignKey(Division.code), primary_key=True)
    counted_on: Mapped[date] = mapped_column(primary_key=True)
    age: Mapped[int] = mapped_column(primary_key=True)
    basis: Mapped[str] = mapped_column(primary_key=True)
    children: Mapped[int]
    source: Mapped[str]
    synthetic: Mapped[bool]
