from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.kindergartens.models import Campus
from services.registry.premises.codes import AppraisalKind, BuildingStructure, RoomKind, ToiletArrangement
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of

BUILDING_LASTS = rule(
    "building_ends_before_it_begins", "停用日期须晚于启用日期。", "A building is in use for a day at least."
)
ROOM_LASTS = rule("room_ends_before_it_begins", "停用日期须晚于启用日期。", "A room is in use for a day at least.")
ROOM_OF_ITS_KINDERGARTEN = rule(
    "room_and_class_belong_together",
    "房间所属班级须为本园班级。",
    "The class a room is for is one of its kindergarten.",
)


def _owned(name: str) -> ForeignKeyConstraint:
    """The row belongs to a kindergarten and moves with it to another division."""
    return ForeignKeyConstraint(
        ["kindergarten", "division"], ["kindergartens.id", "kindergartens.division"], onupdate="CASCADE", name=name
    )


class Premises(Table):
    """The grounds of a kindergarten from a day on: when it was planned, its site and its outdoor play area in m²."""

    __tablename__ = "premises"
    __table_args__ = (
        _owned("fk_premises_kindergarten"),
        CheckConstraint("site_area >= 0 AND outdoor_area >= 0", name="ck_premises_areas"),
    )

    kindergarten: Mapped[UUID] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    division: Mapped[str]
    planned_on: Mapped[date | None]
    site_area: Mapped[Decimal | None]
    outdoor_area: Mapped[Decimal]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Building(Table):
    """A building 园舍 of a kindergarten, at its main address or on a campus; `area` in m²."""

    __tablename__ = "buildings"
    __table_args__ = (
        _owned("fk_buildings_kindergarten"),
        UniqueConstraint("id", "kindergarten", "division"),
        one_of("buildings", "structure", BuildingStructure),
        CheckConstraint("since < until", name=BUILDING_LASTS),
        CheckConstraint(
            "area > 0 AND storeys BETWEEN 1 AND 20 AND built_year BETWEEN 1900 AND 2100", name="ck_buildings"
        ),
        Index("ix_buildings_kindergarten", "kindergarten", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    campus: Mapped[UUID | None] = mapped_column(ForeignKey(Campus.id))
    name: Mapped[str]
    area: Mapped[Decimal]
    built_year: Mapped[int]
    structure: Mapped[str]
    storeys: Mapped[int]
    note: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class BuildingAppraisal(Table):
    """An appraisal 鉴定 of a building; the latest of its kind counts, through `valid_until`. Never changed."""

    __tablename__ = "building_appraisals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["building", "kindergarten", "division"],
            ["buildings.id", "buildings.kindergarten", "buildings.division"],
            onupdate="CASCADE",
            name="fk_building_appraisals_building",
        ),
        one_of("building_appraisals", "kind", AppraisalKind),
        CheckConstraint("appraised_on <= valid_until", name="ck_building_appraisals_period"),
        Index("ix_building_appraisals_building", "building", "kind", "appraised_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    building: Mapped[UUID]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    kind: Mapped[str]
    appraised_on: Mapped[date]
    valid_until: Mapped[date | None]
    passed: Mapped[bool]
    agency: Mapped[str]
    document: Mapped[str]
    recorded_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))


class PremisesRoom(Table):
    """A room of a building; `area` in m². Of nursery classes it counts for no child of 3 to 6."""

    __tablename__ = "rooms"
    __table_args__ = (
        ForeignKeyConstraint(
            ["building", "kindergarten", "division"],
            ["buildings.id", "buildings.kindergarten", "buildings.division"],
            onupdate="CASCADE",
            name="fk_rooms_building",
        ),
        ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            onupdate="CASCADE",
            name=ROOM_OF_ITS_KINDERGARTEN,
        ),
        one_of("rooms", "kind", RoomKind),
        CheckConstraint("since < until", name=ROOM_LASTS),
        CheckConstraint("area > 0", name="ck_rooms_area"),
        Index("ix_rooms_kindergarten", "kindergarten", "since"),
        Index("ix_rooms_building", "building"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    building: Mapped[UUID]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    area: Mapped[Decimal]
    class_id: Mapped[UUID | None]
    for_nursery: Mapped[bool] = mapped_column(server_default=text("false"))
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER, server_default=text("'9999-12-31'"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ClassToilets(Table):
    """How a class goes to the toilet 如厕安排, as last seen."""

    __tablename__ = "class_toilets"
    __table_args__ = (
        ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            onupdate="CASCADE",
            name="fk_class_toilets_class",
            ondelete="CASCADE",
        ),
        one_of("class_toilets", "arrangement", ToiletArrangement),
    )

    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    arrangement: Mapped[str]
    seen_on: Mapped[date]
    note: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
