"""Coverage of families equals an independent count."""

import random
from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from services.quality.family_coverage.schemas import FamilyCoveragePage, FamilyFigures
from shared.ids import new_id
from tests.quality import given
from tests.quality.evaluations.team import classes
from tests.stack import Service

DAY = date(2026, 10, 1)  # school year 2026
STAGES = ("small", "middle", "large")


async def some_sessions(service: Service, chance: random.Random, houses: list[UUID]) -> list[dict[str, Any]]:
    courses = [(new_id(), chance.choice(STAGES), None) for _ in range(4)] + [(new_id(), "small", houses[0])]
    for id_, stage, own in courses:
        row = {"id": id_, "division": given.DISTRICT, "kindergarten": own, "stage": stage, "topic": "habits"}
        row |= {"title": "课程", "outline": "x", "needed_month": 9, "since": date(2020, 9, 1)}
        await given.insert(service, "parent_courses", **row)
    held: list[dict[str, Any]] = []
    for one in houses:
        for id_, stage, own in courses:
            for _ in range(chance.randint(0, 2)):
                if own not in (None, one):
                    continue
                row = {"id": new_id(), "course": id_, "kindergarten": one, "division": given.VILLAGE, "stage": stage}
                row |= {"school_year": chance.choice([2025, 2026]), "ahead": chance.random() < 0.6, "place": "x"}
                row |= {"state": chance.choice(["held", "held", "scheduled"]), "on_day": DAY, "invited": 10}
                row |= {"attended": chance.randint(0, 10)}
                await given.insert(service, "parent_sessions", **row)
                held.append(row)
    return [{"courses": courses, "held": held}]


async def test_figures_equal_an_independent_count(quality: Service):
    chance = random.Random(7)  # noqa: S311  # a repeatable district
    houses = [await given.kindergarten(quality, name=f"第{n}幼儿园") for n in range(4)]
    stages: dict[UUID, list[str]] = {one: [each for each in STAGES if chance.random() < 0.8] for one in houses}
    for one in houses:
        await classes(quality, one, **dict.fromkeys(stages[one], 2))
    ((known),) = await some_sessions(quality, chance, houses)
    for one in houses[:3]:
        row = {"id": new_id(), "kindergarten": one, "division": given.VILLAGE, "elected": "x"}
        until = date(2027, 1, 1) if one != houses[2] else DAY
        await given.insert(quality, "parents_committees", **row, since=date(2026, 1, 1), until=until, members={"a": 1})
    rows: dict[tuple[UUID, str], tuple[int, int, int, int]] = {}
    sums: dict[str, int] = defaultdict(int)
    for one in houses:
        for stage in stages[one]:
            asked = {id_ for id_, kind, own in known["courses"] if kind == stage and own in (None, one)}
            done = [
                each
                for each in known["held"]
                if each["kindergarten"] == one
                and each["stage"] == stage
                and each["state"] == "held"
                and each["school_year"] == 2026
            ]
            ahead = {each["course"] for each in done if each["ahead"]}
            late = {each["course"] for each in done} - ahead
            rows[one, stage] = (len(asked), len(ahead), len(late), bool(asked) and len(ahead) == len(asked))
            sums["invited"] += sum(each["invited"] for each in done)
            sums["came"] += sum(each["attended"] for each in done)
    officer = quality.client(given.OFFICER)
    page = await officer.get("/v1/family-coverage", params={"as_of": str(DAY)})
    found = FamilyCoveragePage.model_validate_json(page.content).items
    shown = {(e.kindergarten, e.stage.value): (e.courses, e.held_ahead, e.held_late, e.covered) for e in found}
    assert shown == rows
    answer = await officer.get("/v1/family-coverage/figures", params={"as_of": str(DAY)})
    figures = FamilyFigures.model_validate_json(answer.content)
    covered = sum(each[3] for each in rows.values())
    assert (figures.stages, figures.stages_covered) == (len(rows), covered)
    assert figures.attendance_percent == f"{100 * sums['came'] / sums['invited']:.2f}"
    assert (figures.kindergartens, figures.with_committee, figures.committee_percent) == (4, 2, "50.00")
    mine = await quality.client(("principal", f"k:{houses[0]}")).get(
        "/v1/family-coverage", params={"as_of": str(DAY), "stage": "small"}
    )
    assert {each["kindergarten"] for each in mine.json()["items"]} <= {str(houses[0])}
