"""The three-level network, put together for a day: map, seats, towns, distances, tags."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from services.registry import data
from services.registry.ages.rules import birth_window, school_year
from services.registry.divisions.codes import Zone
from services.registry.indicators.asking import covers
from services.registry.kindergartens.codes import Type
from services.registry.network import queries
from services.registry.network.codes import NetworkLayer
from services.registry.network.rules import (
    BASIS_ZH,
    Site,
    Supply,
    gaps,
    nearest,
    needs_a_centre,
    per,
    proposes_a_branch,
    total,
    vacant,
)
from services.registry.network.schemas import (
    CentreKindergarten,
    DistanceReport,
    DistanceRow,
    NetworkFeature,
    NetworkGeometry,
    NetworkMap,
    NetworkProperties,
    SeatReport,
    SeatRow,
    TagReport,
    TownReport,
    TownRow,
)
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.plans.reference import DISTRICT
from shared.db import Reader
from shared.errors import NotFound

Row = dict[str, Any]
OUTLINE = data.document("geo/outline")
NO_OUTLINE, NO_PLACE = "未取得边界,以驻地点表示", "位置未登记"
COUNTS = ("licensed_seats", "seats", "children", "vacant", "nursery_seats", "nursery_children")


def _place(reader: Reader, division: str | None) -> str:
    """What is asked about: a division in scope, or all of it. Raises NotFound."""
    if division is None:
        return ""
    if not any(division.startswith(each) or each.startswith(division) for each in reader.actor.divisions):
        raise NotFound(what="division")
    return division


async def _operating(reader: Reader, on: date, division: str) -> list[Row]:
    body, *_ = await reader.one(queries.OPERATING, "kindergarten", as_of=on, division=division)
    found: list[Row] = json.loads(body)
    return [row | {"vacant": vacant(row["seats"], row["children"])} for row in found]


async def _divisions(reader: Reader, on: date, division: str) -> list[Row]:
    """The divisions in scope: all are public, but a report of a part of one would look like the whole."""
    basis = in_force(PARAMETERS, "enrolment_rate_population", on).value
    body, *_ = await reader.one(queries.DIVISIONS, "division", as_of=on, division=division, basis=basis)
    return [row for row in json.loads(body) if covers(reader.actor, row["code"])]


async def seat_report(reader: Reader, on: date, division: str | None) -> SeatReport:
    rows = await _operating(reader, on, _place(reader, division))
    items = [
        _seats([row for row in rows if row["zone"] == zone and row["type"] == kind], zone, kind)
        for zone in (*Zone, None)
        for kind in (*Type, None)
    ]
    items = [each for each in items if each.kindergartens or (each.zone is not None and each.type is not None)]
    items += [_seats([row for row in rows if row["zone"] == zone], zone, None, total=True) for zone in Zone]
    items += [_seats([row for row in rows if row["type"] == kind], None, kind, total=True) for kind in Type]
    items.append(_seats(rows, None, None, total=True))
    return SeatReport(as_of=on, division=division or "", items=items, synthetic=_synthetic(rows))


def _seats(rows: list[Row], zone: Zone | None, kind: Type | None, *, total: bool = False) -> SeatRow:
    return SeatRow(zone=zone, type=kind, total=total, kindergartens=len(rows), **_sums(rows))


def _sums(rows: list[Row]) -> dict[str, int]:
    return {name: total(rows, name) for name in COUNTS}


def _synthetic(rows: Iterable[Row]) -> bool:
    return any(row["synthetic"] for row in rows)


async def town_report(reader: Reader, on: date, division: str | None) -> TownReport:
    place = _place(reader, division)
    rows, towns = await _operating(reader, on, place), await _divisions(reader, on, place)
    sites, _ = _sites(rows)
    items = [_town(town, rows, sites, on) for town in towns if town["level"] == "town"]
    return TownReport(
        as_of=on, towns_with_a_gap=sum(bool(each.gaps) for each in items), items=items, synthetic=_synthetic(rows)
    )


def _town(town: Row, rows: list[Row], sites: list[Site], on: date) -> TownRow:
    own = [row for row in rows if row["town"] == town["code"]]
    centres = [row for row in own if row["town_centre"] and row["type"] == Type.PUBLIC]
    sums, people = _sums(own), town["people"]
    found = nearest((town["latitude"], town["longitude"]), sites) if town["latitude"] is not None else None
    return TownRow(
        division=town["code"],
        **{name: town[name] for name in ("name", "kind", "zone", "zone_source", "people", "people_counted_on")},
        kindergartens=len(own),
        **{kind.value: total([row for row in own if row["type"] == kind], "seats") for kind in Type},
        **{name: sums[name] for name in ("seats", "children", "vacant")},
        seats_less_people=None if people is None else sums["seats"] - people,
        centre_needed=needs_a_centre(town["kind"]),
        centres=[CentreKindergarten(id=row["id"], name=row["name"]) for row in centres],
        **_density(town, len(own) + sum(len(row["campuses"]) for row in own), people, on),
        village_level=sum(row["village_level"] and row["type"] == Type.PUBLIC for row in own),
        nearest_km=found[1] if found else None,
        gaps=list(gaps(Supply(town["kind"], len(own), len(centres), sums["seats"], people))),
    )


def _density(town: Row, sites: int, people: int | None, on: date) -> dict[str, Any]:
    most_km2, most_people = (
        float(in_force(PARAMETERS, "branch_proposal", on, key).number) for key in ("km2_per_site", "people_per_site")
    )
    area = town["area_km2"]
    wide, crowded = per(area, sites), per(people, sites)
    return {
        "sites": sites,
        "area_km2": area,
        "people_per_km2": per(people, area),
        "km2_per_site": wide,
        "people_per_site": crowded,
        "branch_proposed": sites > 0 and proposes_a_branch(wide, crowded, most_km2, most_people),
    }


def _sites(rows: list[Row]) -> tuple[list[Site], int]:
    """Every place of a kindergarten that is known, its campuses too; and how many are not."""
    found, unknown = [], 0
    for row in rows:
        for each in ({**row, "campuses": None}, *row["campuses"]):
            if each["latitude"] is None or each["longitude"] is None:
                unknown += 1
            else:
                found.append(Site(each["id"], each["name"], row["type"], (each["latitude"], each["longitude"])))
    return found, unknown


async def distance_report(
    reader: Reader, on: date, division: str | None, farther_than: float | None, *, unplaced: bool
) -> DistanceReport:
    place = _place(reader, division)
    rows, places = await _operating(reader, on, ""), await _divisions(reader, on, place)
    sites, unknown = _sites(rows)
    below = [each for each in places if each["level"] != "district"]
    placed = [each for each in below if each["latitude"] is not None and each["longitude"] is not None]
    items = [_distance(each, sites) for each in (below if unplaced else placed)]
    if farther_than is not None:
        items = [each for each in items if each.km is not None and each.km > farther_than]
    return DistanceReport(
        as_of=on,
        basis=BASIS_ZH,
        sites=len(sites),
        sites_without_place=unknown,
        without_place=len(below) - len(placed),
        items=items,
    )


def _distance(place: Row, sites: list[Site]) -> DistanceRow:
    here = (place["latitude"], place["longitude"])
    known = None not in here
    found = nearest(here, sites) if known else None
    public = nearest(here, [each for each in sites if each.type == Type.PUBLIC]) if known else None
    return DistanceRow(
        division=place["code"],
        **{name: place[name] for name in ("name", "level", "zone", "place_source")},
        nearest=found[0].id if found else None,
        nearest_name=found[0].name if found else None,
        km=found[1] if found else None,
        nearest_public_name=public[0].name if public else None,
        public_km=public[1] if public else None,
    )


async def coverage(reader: Reader, on: date, division: str | None, *, public: bool = False) -> NetworkMap:
    """The map: the outline, towns, kindergartens and their campuses; `public` leaves out how full each one is."""
    place = _place(reader, division)
    rows, towns = await _operating(reader, on, place), await _divisions(reader, on, place)
    sites, _ = _sites(rows)
    features = [_outline()] if covers(reader.actor, DISTRICT) or not place else []
    features += [_town_feature(town, _town(town, rows, sites, on)) for town in towns if town["level"] == "town"]
    for row in rows:
        features.append(_kindergarten(row, public=public))
        features += [_campus(row, each) for each in row["campuses"]]
    return NetworkMap(as_of=on, features=features)


def _outline() -> NetworkFeature:
    known = NetworkProperties(
        layer=NetworkLayer.DISTRICT, id=OUTLINE["code"], name="怀柔区", geometry_basis=OUTLINE["source"]
    )
    return NetworkFeature(geometry=NetworkGeometry(**OUTLINE["geometry"]), properties=known)


def _point(row: Row) -> NetworkGeometry | None:
    if row["latitude"] is None or row["longitude"] is None:
        return None
    return NetworkGeometry(type="Point", coordinates=[row["longitude"], row["latitude"]])


def _town_feature(town: Row, found: TownRow) -> NetworkFeature:
    outline, point = town["outline"], _point(town)
    basis = town["place_source"]
    if not outline:
        basis = f"{NO_OUTLINE}({town['place_source']})" if point else f"未取得边界,{NO_PLACE}"
    return NetworkFeature(
        geometry=NetworkGeometry(**outline) if outline else point,
        properties=NetworkProperties(
            layer=NetworkLayer.TOWN,
            id=town["code"],
            name=town["name"],
            geometry_basis=basis,
            town=town["code"],
            zone=town["zone"],
            **{name: getattr(found, name) for name in ("kindergartens", "seats", "children", "vacant", "gaps")},
        ),
    )


def _kindergarten(row: Row, *, public: bool) -> NetworkFeature:
    point = _point(row)
    shown = ("name", "town", "zone", "type", "relation", "address", "urban_rural_code", "town_centre")
    return NetworkFeature(
        geometry=point,
        properties=NetworkProperties(
            layer=NetworkLayer.KINDERGARTEN,
            id=row["id"],
            geometry_basis="登记坐标" if point else NO_PLACE,
            **{name: row[name] for name in (*shown, "village_level", "tags", "seats", "vacant", "synthetic")},
            children=None if public else row["children"],
        ),
    )


def _campus(row: Row, campus: Row) -> NetworkFeature:
    point = _point(campus)
    return NetworkFeature(
        geometry=point,
        properties=NetworkProperties(
            layer=NetworkLayer.CAMPUS,
            id=campus["id"],
            name=campus["name"],
            geometry_basis="登记坐标" if point else NO_PLACE,
            kindergarten=row["id"],
            address=campus["address"],
            **{name: row[name] for name in ("town", "zone", "type", "synthetic")},
        ),
    )


async def tag_report(reader: Reader, tag: str, on: date) -> TagReport:
    """Demand and seats of what carries the tag on the day."""
    places = json.loads((await reader.one(queries.TAGGED, "tag", tag=tag, as_of=on))[0])
    rows = [row for row in await _operating(reader, on, "") if tag in row["tags"]]
    first, last = birth_window(school_year(on), 3, 5)
    window = {"born_from": first, "born_by": last}
    demand = json.loads((await reader.one(queries.DEMAND, "tag", tag=tag, as_of=on, **window))[0])
    marked = {each["division"] for each in places if each["kindergarten"] is None}
    towns = [each for each in await _divisions(reader, on, "") if each["code"] in marked and each["people"] is not None]
    people = total(towns, "people") if towns else None
    seats = [_seats([row for row in rows if row["type"] == kind], None, kind) for kind in Type]
    whole = _seats(rows, None, None, total=True)
    needed = demand["registered_children"] if people is None else people
    return TagReport(
        tag=tag,
        as_of=on,
        places=places,
        seats=[*(each for each in seats if each.kindergartens), whole],
        **demand,
        people=people,
        seats_less_demand=whole.seats - needed,
        synthetic=_synthetic(rows),
    )
