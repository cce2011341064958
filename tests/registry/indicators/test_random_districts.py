"""Whatever the district: what SQL computes is what a plain count of the raw rows finds, and its rows add up to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.ids import new_id
from shared.tables import FOREVER
from tests.registry.given import resident_id
from tests.registry.indicators import recount
from tests.stack import Service

DISTRICT = ("planner", "110116")
TOWNS = {"110116102001": "110116102", "110116103001": "110116103", "110116110201": "110116110"}
YEARS = (2024, 2025)
FIRST, LAST = date(2024, 9, 1), date(2026, 8, 31)
KINDS = ("nursery", "small", "middle", "large", "mixed")
TYPES = ("public", "inclusive_private", "private")
Plan = dict[str, Any]


@st.composite
def districts(draw: st.DrawFn) -> Plan:
    """Kindergartens with a change of type, classes of two school years, children who stay, leave or move."""
    kindergartens: list[Plan] = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "village": st.sampled_from(sorted(TOWNS)),
                    "types": st.tuples(st.sampled_from((*TYPES, None)), st.sampled_from(TYPES)),
                    "change": st.dates(date(2024, 8, 1), LAST),
                    "kinds": st.lists(st.sampled_from(KINDS), min_size=1, max_size=3),
                }
            ),
            min_size=1,
            max_size=4,
        )
    )
    births = st.dates(date(2018, 6, 1), date(2024, 6, 1)) | st.sampled_from(
        [date(year, month, day) for year in range(2019, 2023) for month, day in ((8, 31), (9, 1))]
    )
    rooms = sum(len(each["kinds"]) for each in kindergartens)
    stay = st.tuples(st.sampled_from(YEARS), st.integers(0, rooms - 1), st.integers(0, 364), st.integers(1, 365))
    children = draw(st.lists(st.tuples(births, st.lists(stay, min_size=1, max_size=3)), min_size=1, max_size=12))
    people = draw(
        st.dictionaries(
            st.tuples(
                st.sampled_from(sorted(set(TOWNS.values()))),
                st.dates(date(2023, 9, 1), LAST),
                st.integers(2, 6),
                st.sampled_from(("resident", "registered")),
            ),
            st.integers(0, 30),
            max_size=8,
        )
    )
    return {"kindergartens": kindergartens, "children": children, "people": people}


def periods(stays: list[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, date, date]]:
    """The stays of one child in order, each cut where the next begins: nobody is in two places at once."""
    dated = sorted(
        {
            date(year, 9, 1) + timedelta(start): (year, room, date(year, 9, 1) + timedelta(start + length))
            for year, room, start, length in stays
        }.items()
    )
    for at, (since, (year, room, until)) in enumerate(dated):
        following = dated[at + 1][0] if at + 1 < len(dated) else date.max
        yield year, room, since, min(until, following, date(year + 1, 9, 1))


def store(registry: Service, plan: Plan) -> None:
    """Every row through every constraint, in one transaction."""
    with psycopg.connect(registry.database.admin_url) as connection:
        rooms = [
            (room, kind, each["village"])
            for each in plan["kindergartens"]
            for kind, room in _kindergarten(connection, each)
        ]
        for birth, stays in plan["children"]:
            _child(connection, birth, list(periods(stays)), rooms)
        for (town, day, age, basis), number in plan["people"].items():
            _insert(
                connection,
                "populations",
                division=town,
                counted_on=day,
                age=age,
                basis=basis,
                children=number,
                source="演示",
                synthetic=True,
            )


def _insert(connection: psycopg.Connection, table: str, **row: Any) -> None:
    marks = ", ".join(["%s"] * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _kindergarten(connection: psycopg.Connection, each: Plan) -> list[tuple[str, dict[int, UUID]]]:
    key, village = new_id(), each["village"]
    owned = {"kindergarten": key, "division": village}
    names = {"name": "园(演示)", "pinyin": "yuan", "founder": "演示", "founder_code": "999"}
    _insert(connection, "kindergartens", id=key, division=village, **names)
    first, second = each["types"]
    spans = [(first, date(2020, 1, 1), each["change"]), (second, each["change"], FOREVER)]
    for kind, since, until in spans:
        if kind:
            _insert(
                connection,
                "kindergarten_types",
                id=new_id(),
                type=kind,
                since=since,
                until=until,
                document="x",
                **owned,
            )
    made = []
    for number, kind in enumerate(each["kinds"]):
        of_year = {year: new_id() for year in YEARS}
        for year, room in of_year.items():
            sizes = {"kind": kind, "standard_size": 2, "hard_limit": 99, "name": f"{number}班", "pinyin": str(number)}
            span = {"school_year": year, "since": date(year, 9, 1), "until": date(year + 1, 9, 1)}
            _insert(connection, "classes", id=room, **owned, **sizes, **span)
        made.append((kind, of_year))
    return made


def _child(connection: psycopg.Connection, birth: date, stays: list[Any], rooms: list[Any]) -> None:
    key, document = new_id(), resident_id(birth).encode()
    _insert(
        connection,
        "children",
        id=key,
        division="110116102001",
        residence_division="110116102001",
        name="幼儿(演示)",
        pinyin="y",
        sex="1",
        birth_date=birth,
        document_type="1",
        document_sealed=document,
        document_index=document,
        document_mask="",
    )
    previous = None
    for year, place, since, until in stays:
        of_year, _, village = rooms[place]
        (kindergarten,) = connection.execute(
            "SELECT kindergarten FROM classes WHERE id = %s", [of_year[year]]
        ).fetchone() or (None,)
        last = until == LAST + timedelta(1)  # still there: the roll-over has not happened yet
        _insert(
            connection,
            "enrolments",
            id=new_id(),
            child=key,
            class_id=of_year[year],
            kindergarten=kindergarten,
            division=village,
            since=since,
            until=FOREVER if last else until,
            previous_until=previous,
            reason_in="new",
            reason_out=None if last else "left",
        )
        previous = until


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(plan=districts())
async def test_what_is_computed_is_what_a_plain_count_finds(registry: Service, plan: Plan):
    registry.database.clean()
    store(registry, plan)
    raw = await recount.register(registry)
    client = registry.client(DISTRICT)
    for code, basis in (
        ("enrolment_rate_3y", {"rate_mode": "net"}),
        ("enrolment_rate_3y", {"rate_mode": "gross", "population_basis": "registered"}),
        ("inclusive_coverage", {}),
        ("public_share", {}),
    ):
        query: dict[str, Any] = {"since": "2024-08-01", "until": "2026-09-01", "limit": 500} | basis
        whole = (await client.get(f"/v1/indicators/{code}/series", params=query)).json()["items"]
        by_town = (await client.get(f"/v1/indicators/{code}/series", params=query | {"by": "town"})).json()["items"]
        for each in (*whole, *by_town):
            day = date.fromisoformat(each["as_of"])
            expected = recount.figure(raw, code, day, each["key"] or "110116", **basis)
            assert (each["numerator"], each["denominator"]) == expected, each
            assert each["value"] == recount.half_up(*expected)
        for each in whole:
            parts = [row for row in by_town if row["as_of"] == each["as_of"]]
            assert sum(row["numerator"] for row in parts) == each["numerator"]
            assert sum(row["denominator"] for row in parts) == each["denominator"]
        probe: dict[str, Any] = {"as_of": "2025-03-01", "limit": 500} | basis
        (found,) = (await client.get(f"/v1/indicators/{code}/values", params=probe)).json()["items"]
        for part in ("numerator", "denominator"):
            rows = await client.get(f"/v1/indicators/{code}/lineage", params=probe | {"part": part})
            assert sum(row["amount"] for row in rows.json()["items"]) == found[part]
