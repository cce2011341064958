"""三级网络: distances, centre kindergartens, gaps of a town. Pure.

怀政办发〔2023〕16号 二-4, 三(一)1; 教督〔2020〕1号 B3: in principle each rural town has a public centre kindergarten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from services.registry.network.codes import NetworkGap

EARTH = 6371.0088  # mean radius in km
BASIS_ZH = "大圆距离(haversine,地球平均半径6371.0088千米,WGS 84),不是实际路程"
RING = 4
STREET, STATISTICAL = "subdistrict", "development_zone"
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Site:
    """A place where children go: of a kindergarten, or one of its campuses."""

    id: str
    name: str
    type: str | None
    at: Point


@dataclass(frozen=True, slots=True)
class Supply:
    """What a town has on a day, and the children of age living there where they were counted."""

    kind: str
    kindergartens: int
    centres: int
    seats: int
    people: int | None


def distance(here: Point, there: Point) -> float:
    """Kilometres over the great circle between two (latitude, longitude)."""
    (lat, lon), (lat2, lon2) = ((radians(each[0]), radians(each[1])) for each in (here, there))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def nearest(here: Point, sites: Sequence[Site]) -> tuple[Site, float] | None:
    """The nearest site and its distance in km, to three decimals; of two as near the first by name."""
    found = [(round(distance(here, each.at), 3), each.name, each.id, each) for each in sites]
    if not found:
        return None
    far, _, _, site = min(found, key=lambda each: each[:3])
    return site, far


def needs_a_centre(kind: str) -> bool:
    """Each 镇乡; a street 街道 and the statistical unit of the development zone do not."""
    return kind not in (STREET, STATISTICAL)


def gaps(town: Supply) -> tuple[NetworkGap, ...]:
    """What the town lacks. The development zone is no town: nothing is asked of it."""
    if town.kind == STATISTICAL:
        return ()
    found = []
    if town.kindergartens == 0:
        found.append(NetworkGap.NO_KINDERGARTEN)
    if needs_a_centre(town.kind) and town.centres == 0:
        found.append(NetworkGap.NO_CENTRE)
    if town.people is not None and town.seats < town.people:
        found.append(NetworkGap.SEATS_SHORT)
    return tuple(found)


def per(number: float | None, over: float | None) -> float | None:
    """A density to two decimals; None where one of the two is not known or nothing is there to divide by."""
    return None if number is None or not over else round(number / over, 2)


def proposes_a_branch(
    km2_per_site: float | None, people_per_site: float | None, most_km2: float, most_people: float
) -> bool:
    """人口密集或地域范围较大的镇乡 (三(一)1-j): a site serves more ground or children than the parameters say."""
    return (km2_per_site or 0) > most_km2 or (people_per_site or 0) > most_people


def is_outline(kind: str, coordinates: Any) -> bool:
    """Whether these are the coordinates of a GeoJSON Polygon or MultiPolygon: closed rings of points on the earth."""
    polygons = [coordinates] if kind == "Polygon" else coordinates
    return (
        isinstance(polygons, list)
        and len(polygons) > 0
        and all(isinstance(each, list) and len(each) > 0 and all(_is_ring(ring) for ring in each) for each in polygons)
    )


def _is_ring(ring: Any) -> bool:
    return isinstance(ring, list) and len(ring) >= RING and all(map(_is_point, ring)) and ring[0] == ring[-1]


def _is_point(point: Any) -> bool:
    if not isinstance(point, list) or len(point) != 2:  # noqa: PLR2004  # longitude and latitude
        return False
    if not all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in point):
        return False
    return bool(abs(point[0]) <= 180 and abs(point[1]) <= 90)  # noqa: PLR2004  # degrees


def vacant(seats: int, children: int) -> int:
    return max(seats - children, 0)


def total(rows: Iterable[dict[str, Any]], name: str) -> int:
    return sum(int(row[name]) for row in rows)
