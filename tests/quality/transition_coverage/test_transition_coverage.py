"""Coverage of the transition equals an independent count."""

import random
from datetime import date
from typing import Any

from services.quality.transition_coverage.schemas import TransitionCoveragePage, TransitionFigures
from shared.ids import new_id
from tests.quality import given
from tests.quality.evaluations.team import classes
from tests.quality.transition_pairs.stage import OTHER_SCHOOL, SCHOOL, pair, school
from tests.stack import Service

DAY = date(2026, 3, 1)  # school year 2025


async def some_district(service: Service, chance: random.Random) -> list[dict[str, Any]]:
    """Six kindergartens with pairs, activities and plans at random, and what we know of them without asking."""
    known: list[dict[str, Any]] = []
    for n in range(6):
        one = await given.kindergarten(service, name=f"第{n}幼儿园")
        await classes(service, one, large=chance.randint(0, 2), small=1)
        big = await service.database.fetch("SELECT id FROM classes WHERE kindergarten = %s AND kind = 'large'", one)
        schools = [code for code in (SCHOOL, OTHER_SCHOOL) if chance.random() < 0.5]
        pairs = [await pair(service, one, code, since=chance.choice(["2026-03-01", "2026-03-02"])) for code in schools]
        rows = await service.database.fetch("SELECT school, since FROM transition_pairs WHERE kindergarten = %s", one)
        days = [chance.choice(["2025-08-31", "2025-09-01", "2026-08-31", "2026-09-01"]) for _ in pairs]
        for each, day in zip(pairs, days, strict=True):
            where = {"kindergarten": one, "division": given.VILLAGE, "school": SCHOOL, "on_day": day}
            zeros = dict.fromkeys(("kindergarten_teachers", "school_teachers", "children", "families"), 1)
            words = {"kind": "visit", "topic": "x", "summary": "x", "recorded_by": "x"}
            await given.insert(service, "transition_activities", id=new_id(), pair=each, **where, **zeros, **words)
        planned = [id_ for (id_,) in big if chance.random() < 0.6]
        for id_ in planned:
            areas = dict.fromkeys(("body", "life", "social", "learning", "class_name", "filed_by"), "x")
            where = {"kindergarten": one, "division": given.VILLAGE, "class_id": id_, "school_year": 2025}
            row = {"id": new_id(), "state": "accepted", "filed_on": DAY}
            await given.insert(service, "transition_plans", **row, **where, **areas)
        standing = [code for code, since in rows if since <= DAY]
        active = len([day for day in days if "2025-09-01" <= day <= "2026-08-31"])
        known.append({"id": one, "schools": set(standing), "active": active, "big": len(big), "filed": len(planned)})
    return known


async def test_figures_equal_an_independent_count(quality: Service):
    await school(quality)
    await school(quality, OTHER_SCHOOL)
    await given.kindergarten(quality, status="closed")
    known = await some_district(quality, random.Random(20260301))  # noqa: S311  # a repeatable district
    officer = quality.client(given.OFFICER)
    asked = {"as_of": str(DAY)}
    page = await officer.get("/v1/transition-coverage", params=asked)
    found = {each.kindergarten: each for each in TransitionCoveragePage.model_validate_json(page.content).items}
    assert found.keys() == {each["id"] for each in known}
    covered = 0
    for each in known:
        row = found[each["id"]]
        expected = (len(each["schools"]), each["active"], each["big"], each["filed"], each["filed"])
        shown = (row.schools, row.activities, row.large_classes, row.plans_filed, row.plans_accepted)
        assert shown == expected
        done = bool(each["schools"]) and each["active"] > 0 and each["filed"] == each["big"]
        covered += done
        assert (row.covered, row.measures, row.carried_out) == (done, 9, 0)
    answer = await officer.get("/v1/transition-coverage/figures", params=asked)
    figures = TransitionFigures.model_validate_json(answer.content)
    paired = sum(bool(each["schools"]) for each in known)
    assert (figures.school_year, figures.kindergartens, figures.paired) == (2025, 6, paired)
    assert figures.paired_percent == f"{100 * paired / 6:.2f}"
    met = set().union(*(each["schools"] for each in known))
    assert (figures.schools, figures.schools_paired) == (2, len(met))
    assert figures.activities == sum(each["active"] for each in known)
    assert figures.large_classes == sum(each["big"] for each in known)
    assert figures.plans_filed == sum(each["filed"] for each in known)
    assert figures.covered == covered
    listed = await officer.get("/v1/transition-coverage", params=asked | {"paired": "false"})
    assert len(listed.json()["items"]) == 6 - paired
    principal = quality.client(("principal", f"k:{known[0]['id']}"))
    own = await principal.get("/v1/transition-coverage/figures", params=asked)
    assert own.json()["kindergartens"] == 1
    empty = await quality.client(("town_officer", given.OTHER_TOWN)).get("/v1/transition-coverage/figures")
    assert (empty.json()["kindergartens"], empty.json()["paired_percent"]) == (0, None)
