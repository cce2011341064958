from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from services.registry.divisions.codes import Zone
from services.registry.divisions.schemas import DIVISION
from services.registry.kindergartens.codes import Relation, Type
from services.registry.network.codes import GeometryType, NetworkGap, NetworkLayer
from shared.schemas import UNSENT, Count, Day, In, Out, zh

SEATS = "Standard sizes of the classes of 3 to 6 on the day; nursery classes are counted apart."


class NetworkGeometry(Out):
    """A GeoJSON geometry; longitude before latitude."""

    type: Annotated[GeometryType, zh("几何类型")]
    coordinates: Annotated[list[Any], zh("坐标", "[longitude, latitude], or rings of them.")]


class NetworkProperties(Out):
    """What a feature is; what its layer does not have is null."""

    layer: Annotated[NetworkLayer, zh("图层")]
    id: Annotated[str, zh("编号", "Of a kindergarten or campus; of a division its code.")]
    name: Annotated[str, zh("名称")]
    geometry_basis: Annotated[str, zh("位置依据", "The source; or that no outline or no place is known.")]
    town: Annotated[str | None, zh("镇乡街道代码")] = None
    zone: Annotated[Zone | None, zh("片区")] = None
    type: Annotated[Type | None, zh("办园性质")] = None
    relation: Annotated[Relation | None, zh("从属关系")] = None
    kindergarten: Annotated[UUID | None, zh("所属幼儿园", "Of a campus.")] = None
    address: Annotated[str | None, zh("地址")] = None
    urban_rural_code: Annotated[str | None, zh("城乡分类码")] = None
    town_centre: Annotated[bool | None, zh("乡镇中心园")] = None
    village_level: Annotated[bool | None, zh("村级园")] = None
    tags: Annotated[list[str] | None, zh("标签", "Code list `site_tag`.")] = None
    kindergartens: Annotated[Count | None, zh("在办幼儿园数")] = None
    seats: Annotated[Count | None, zh("学位数", SEATS)] = None
    children: Annotated[Count | None, zh("在园幼儿数", "Of 3 to 6.")] = None
    vacant: Annotated[Count | None, zh("空余学位")] = None
    gaps: Annotated[list[NetworkGap] | None, zh("缺口")] = None
    synthetic: Annotated[bool, zh("演示数据")] = False


class NetworkFeature(Out):
    type: Annotated[Literal["Feature"], zh("类型")] = "Feature"
    geometry: Annotated[NetworkGeometry | None, zh("几何", "Null where no place is known.")]
    properties: Annotated[NetworkProperties, zh("属性")]


class NetworkMap(Out):
    """The coverage map as a GeoJSON FeatureCollection."""

    type: Annotated[Literal["FeatureCollection"], zh("类型")] = "FeatureCollection"
    as_of: Annotated[date, zh("截至日期")]
    features: Annotated[list[NetworkFeature], zh("要素")]


class SeatRow(Out):
    """Seats of one zone and type."""

    zone: Annotated[Zone | None, zh("片区", "Null in a total over zones.")]
    type: Annotated[Type | None, zh("办园性质", "Null in a total over types, or where none is registered.")]
    total: Annotated[bool, zh("合计")]
    kindergartens: Annotated[Count, zh("在办幼儿园数")]
    licensed_seats: Annotated[Count, zh("核定学位数")]
    seats: Annotated[Count, zh("学位数", SEATS)]
    children: Annotated[Count, zh("在园幼儿数", "Of 3 to 6.")]
    vacant: Annotated[Count, zh("空余学位", "Summed over kindergartens: one that is full lends none to another.")]
    nursery_seats: Annotated[Count, zh("托班学位数")]
    nursery_children: Annotated[Count, zh("托班幼儿数")]


class SeatReport(Out):
    """Seats by zone and type 城区、平原、山区, with totals."""

    as_of: Annotated[date, zh("截至日期")]
    division: Annotated[str, zh("区划")]
    items: Annotated[list[SeatRow], zh("学位")]
    synthetic: Annotated[bool, zh("演示数据")]


class CentreKindergarten(Out):
    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]


class TownRow(Out):
    """One town: what it has, who lives there, what it lacks."""

    division: Annotated[str, zh("区划")]
    name: Annotated[str, zh("名称")]
    kind: Annotated[str, zh("类别", "Code list `division_kind`.")]
    zone: Annotated[Zone | None, zh("片区")]
    zone_source: Annotated[str, zh("片区依据")]
    kindergartens: Annotated[Count, zh("在办幼儿园数")]
    public: Annotated[Count, zh("公办学位数")]
    inclusive_private: Annotated[Count, zh("普惠性民办学位数")]
    private: Annotated[Count, zh("非普惠性民办学位数")]
    seats: Annotated[Count, zh("学位数", SEATS)]
    children: Annotated[Count, zh("在园幼儿数", "Used seats: children of 3 to 6.")]
    vacant: Annotated[Count, zh("空余学位")]
    people: Annotated[Count | None, zh("3至5岁人口", "Of the latest count by the day; null where none is on file.")]
    people_counted_on: Annotated[date | None, zh("人口统计日期")]
    seats_less_people: Annotated[int | None, zh("学位减人口", "Negative: short of seats.")]
    centre_needed: Annotated[bool, zh("应有公办中心园", "Each 镇乡; a street does not need one.")]
    centres: Annotated[list[CentreKindergarten], zh("公办中心园", "Marked as centre, public, operating on the day.")]
    village_level: Annotated[Count, zh("村级公办园数")]
    nearest_km: Annotated[float | None, zh("距最近幼儿园公里数", "From the seat; great circle. Null: no place known.")]
    sites: Annotated[Count, zh("园址数", "Kindergartens and their campuses.")]
    area_km2: Annotated[float | None, zh("面积", "Square kilometres; null where none is on file.")]
    people_per_km2: Annotated[float | None, zh("每平方公里3至5岁人口")]
    km2_per_site: Annotated[float | None, zh("每园址平方公里数")]
    people_per_site: Annotated[float | None, zh("每园址3至5岁人口")]
    branch_proposed: Annotated[bool, zh("建议设分园", "Large or crowded, by illustrative parameters.")]
    gaps: Annotated[list[NetworkGap], zh("缺口")]


class TownReport(Out):
    as_of: Annotated[date, zh("截至日期")]
    towns_with_a_gap: Annotated[Count, zh("有缺口镇乡街道数")]
    items: Annotated[list[TownRow], zh("镇乡街道")]
    synthetic: Annotated[bool, zh("演示数据")]


class DistanceRow(Out):
    """From the seat of a town or village to the nearest kindergarten."""

    division: Annotated[str, zh("区划")]
    name: Annotated[str, zh("名称")]
    level: Annotated[str, zh("级别")]
    zone: Annotated[Zone | None, zh("片区")]
    place_source: Annotated[str, zh("位置来源")]
    nearest: Annotated[str | None, zh("最近幼儿园或园址", "Its id; null where a place is not known.")]
    nearest_name: Annotated[str | None, zh("最近幼儿园名称")]
    km: Annotated[float | None, zh("公里数")]
    nearest_public_name: Annotated[str | None, zh("最近公办园名称")]
    public_km: Annotated[float | None, zh("距公办园公里数")]


class DistanceReport(Out):
    as_of: Annotated[date, zh("截至日期")]
    basis: Annotated[str, zh("计算依据")]
    sites: Annotated[Count, zh("有位置的园址数")]
    sites_without_place: Annotated[Count, zh("无位置的园址数")]
    without_place: Annotated[Count, zh("无位置的区划数", "Left out of `items` unless asked for.")]
    items: Annotated[list[DistanceRow], zh("距离")]


class NetworkQuery(In):
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it; all in scope by default.", pattern=DIVISION)] = (
        UNSENT
    )


class TownReportQuery(NetworkQuery):
    zone: Annotated[Zone, zh("片区")] = UNSENT
    gap: Annotated[bool, zh("是否有缺口")] = UNSENT


class DistanceQuery(NetworkQuery):
    farther_than: Annotated[float, zh("大于公里数", ge=0, le=1000, allow_inf_nan=False)] = UNSENT
    unplaced: Annotated[bool, zh("含无位置的区划")] = False


class DivisionPlaceOut(Out):
    division: Annotated[str, zh("区划")]
    latitude: Annotated[float | None, zh("纬度")]
    longitude: Annotated[float | None, zh("经度")]
    area_km2: Annotated[str | None, zh("面积", "Square kilometres.")]
    outline: Annotated[NetworkGeometry | None, zh("边界")]
    source: Annotated[str, zh("来源")]
    version: Annotated[Count, zh("版本")]


class OutlineIn(In):
    type: Annotated[GeometryType, zh("几何类型", "Polygon or MultiPolygon.")]
    coordinates: Annotated[list[Any], zh("坐标", "Closed rings of [longitude, latitude], WGS 84.", max_length=1000)]


class DivisionPlacePut(In):
    """Where a division lies: its seat, its outline, and by which document."""

    latitude: Annotated[float | None, zh("纬度", "WGS 84.", ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, zh("经度", "WGS 84.", ge=-180, le=180, allow_inf_nan=False)] = None
    area_km2: Annotated[Decimal | None, zh("面积", "Square kilometres.", gt=0, max_digits=9, decimal_places=2)] = None
    outline: Annotated[OutlineIn | None, zh("边界")] = None
    source: Annotated[str, zh("来源", min_length=1, max_length=300)]


class PlaceTagOut(Out):
    """A mark on a kindergarten or a division."""

    tag: Annotated[str, zh("标签", "Code list `site_tag`.")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Null where the division itself is marked.")]
    name: Annotated[str | None, zh("名称")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("结束日期")]
    document: Annotated[str, zh("依据文件")]


class PlaceTagPut(In):
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("结束日期", "The first day without it.")] = None
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)]


class TagReport(Out):
    """Demand and seats of what carries a tag 怀柔科学城."""

    tag: Annotated[str, zh("标签")]
    as_of: Annotated[date, zh("截至日期")]
    places: Annotated[list[PlaceTagOut], zh("已标注")]
    seats: Annotated[list[SeatRow], zh("学位", "By type, with the total: marked, or in a marked division.")]
    registered_children: Annotated[Count, zh("登记适龄幼儿数", "Of 3 to 5, registered as living in a marked division.")]
    people: Annotated[Count | None, zh("3至5岁人口", "Of the marked towns; null where none is counted.")]
    seats_less_demand: Annotated[int, zh("学位减需求", "Against the people counted, else the registered.")]
    planned_seats: Annotated[Count, zh("在建规划学位数", "Of projects under way in a marked division.")]
    synthetic: Annotated[bool, zh("演示数据")]
