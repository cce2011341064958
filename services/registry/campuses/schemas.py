from datetime import date
from typing import Annotated
from uuid import UUID

from shared.schemas import UNSENT, Count, Day, In, Out, zh


class CampusOut(Out):
    """A site 园址 of a kindergarten beside its main address."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]
    address: Annotated[str, zh("地址")]
    latitude: Annotated[float | None, zh("纬度")]
    longitude: Annotated[float | None, zh("经度")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期", "Exclusive; null while it is in use.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class Campuses(Out):
    items: Annotated[list[CampusOut], zh("园址")]


class CampusNew(In):
    """A site to add."""

    name: Annotated[str, zh("名称", min_length=1, max_length=100)]
    address: Annotated[str, zh("地址", min_length=1, max_length=200)]
    latitude: Annotated[float | None, zh("纬度", "WGS 84.", ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, zh("经度", "WGS 84.", ge=-180, le=180, allow_inf_nan=False)] = None
    since: Annotated[Day, zh("启用日期", "Today by default.")] = UNSENT


class CampusPatch(In):
    """The fields to change; `until` ends the use of the site."""

    name: Annotated[str, zh("名称", min_length=1, max_length=100)] = UNSENT
    address: Annotated[str, zh("地址", min_length=1, max_length=200)] = UNSENT
    latitude: Annotated[float | None, zh("纬度", ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, zh("经度", ge=-180, le=180, allow_inf_nan=False)] = None
    until: Annotated[Day | None, zh("停用日期", "The first day without it; null: still in use.")] = None


class CampusQuery(In):
    as_of: Annotated[Day, zh("截至日期", "Only sites in use on this day; all without it.")] = UNSENT
