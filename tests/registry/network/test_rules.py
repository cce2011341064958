"""三级网络: distances over the great circle, gaps of a town, outlines."""

from typing import Any

import pytest

from services.registry.network.rules import (
    Site,
    Supply,
    distance,
    gaps,
    is_outline,
    nearest,
    needs_a_centre,
    per,
    proposes_a_branch,
)

BEIJING, SHANGHAI = (39.9042, 116.4074), (31.2304, 121.4737)


def test_a_distance_is_that_of_the_great_circle():
    assert distance(BEIJING, BEIJING) == 0
    assert distance(BEIJING, SHANGHAI) == pytest.approx(1067.31, abs=0.5)
    # A degree of a meridian of the mean sphere.
    assert distance((40.0, 116.0), (41.0, 116.0)) == pytest.approx(111.195, abs=0.001)
    assert distance((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015.1, abs=0.1)


def test_the_nearest_is_found_and_a_tie_goes_by_name():
    near, far = Site("1", "甲", "public", (40.0, 116.0)), Site("2", "乙", "private", (41.0, 116.0))
    assert nearest((40.1, 116.0), [far, near]) == (near, 11.12)
    assert nearest((40.5, 116.0), [near, far]) == (far, 55.598)
    assert nearest((40.0, 116.0), []) is None


@pytest.mark.parametrize(
    ("kind", "supply", "lacking"),
    [
        ("town", (1, 1, 90, 90), []),
        ("town", (1, 0, 90, 90), ["no_centre"]),
        ("town", (1, 1, 89, 90), ["seats_short"]),
        ("town", (0, 0, 0, None), ["no_kindergarten", "no_centre"]),
        ("ethnic_township", (1, 0, 9, None), ["no_centre"]),
        ("subdistrict", (1, 0, 90, None), []),
        ("development_zone", (0, 0, 0, None), []),
    ],
)
def test_a_town_lacks(kind: str, supply: tuple[int, int, int, int | None], lacking: list[str]):
    assert list(gaps(Supply(kind, *supply))) == lacking


def test_a_street_needs_no_centre():
    assert [needs_a_centre(kind) for kind in ("town", "area", "subdistrict")] == [True, True, False]


SQUARE = [[116.0, 40.0], [117.0, 40.0], [117.0, 41.0], [116.0, 40.0]]


@pytest.mark.parametrize(
    ("kind", "coordinates", "right"),
    [
        ("Polygon", [SQUARE], True),
        ("MultiPolygon", [[SQUARE], [SQUARE]], True),
        ("Polygon", [SQUARE[:3]], False),
        ("Polygon", [[*SQUARE[:3], [116.1, 40.0]]], False),
        ("Polygon", [[[200.0, 40.0]] * 4], False),
        ("Polygon", [[[116.0, True]] * 4], False),
        ("Polygon", [], False),
        ("Polygon", [7], False),
        ("MultiPolygon", [SQUARE], False),
    ],
)
def test_an_outline_is_made_of_closed_rings_on_the_earth(kind: str, coordinates: Any, right: bool):
    assert is_outline(kind, coordinates) is right


@pytest.mark.parametrize(
    ("wide", "crowded", "proposed"),
    [(100.0, 360.0, False), (100.01, None, True), (None, 360.01, True), (None, None, False)],
)
def test_a_branch_is_proposed_where_a_site_serves_too_much(wide: float | None, crowded: float | None, proposed: bool):
    assert proposes_a_branch(wide, crowded, 100, 360) is proposed


def test_a_density_needs_both_numbers():
    assert (per(7, 2), per(None, 2), per(7, None), per(7, 0)) == (3.5, None, None, None)
