"""保教质量总览 (二-7): points by area, trend by round, weakest points; nothing unpublished counts."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from services.quality.overview.schemas import QualityOverview
from shared.ids import new_id
from tests.quality import given
from tests.quality.evaluations.team import Team, levels, team
from tests.stack import Service


async def overview(quality: Service, **query: Any) -> QualityOverview:
    answer = await quality.client(given.LEADER).get("/v1/quality-overview", params=query)
    assert answer.status_code == 200, answer.text
    return QualityOverview.model_validate_json(answer.content)


async def test_points_of_published_evaluations_stand_by_area_and_the_weakest_first(quality: Service):
    run = await team(quality)
    await run.scored(*(levels(5, 3, 4, 4, 1),) * 3)
    before = await overview(quality)
    assert ([each.published for each in before.rounds], before.areas, before.weakest) == ([0], [], [])
    await run.done(run.organiser, "moderations", note="审定")
    assert (await overview(quality)).areas == []
    await run.done(run.leader, "publications")
    found = await overview(quality, framework="beijing-supervision", division=given.TOWN)
    (one,) = found.rounds
    assert (one.first_year, one.planned, one.published, one.mean, one.qualified) == (given.YEAR, 1, 1, "68.00", 1)
    assert {each.area: (each.mean, each.change) for each in found.areas} == {
        "C": ("80.00", None),
        "P": ("80.00", None),
        "R": ("20.00", None),
    }
    assert (found.weakest[0].item, found.weakest[0].mean) == ("R1", "1.00")
    assert (found.strongest[0].item, found.strongest[0].mean) == ("C1", "5.00")
    assert found.kindergartens == 1
    assert (await overview(quality, division=given.OTHER_TOWN)).rounds == []
    assert (await overview(quality, as_of="2020-01-01")).areas == []


async def earlier(quality: Service, run: Team, first_year: int, **points: str) -> None:
    """The round before, as it was published."""
    ((framework,),) = await quality.database.fetch("SELECT framework FROM evaluations")
    cycle, plan = new_id(), new_id()
    row: dict[str, Any] = {"id": cycle, "division": given.DISTRICT, "framework": "beijing-supervision", "years": 3}
    row |= {"first_year": first_year, "team_size": 3, "seed": "s", "planned_by": "x"}
    await given.insert(quality, "evaluation_cycles", **row)
    row = {"id": plan, "cycle": cycle, "kindergarten": run.kindergarten, "division": given.VILLAGE, "team": []}
    await given.insert(quality, "evaluation_plans", **row | {"year": first_year, "missing": 0})
    row = {"id": new_id(), "kindergarten": run.kindergarten, "division": given.VILLAGE, "plan": plan}
    row |= {
        "framework": framework,
        "framework_code": "beijing-supervision",
        "framework_edition": "trial",
        "state": "final",
    }
    row |= {"year": first_year, "team": [], "opened_on": f"{first_year}-03-01", "published_on": f"{first_year}-06-01"}
    await given.insert(quality, "evaluations", **row | {"grade": "good", "points": Decimal(80), "parts": points})


async def test_the_trend_is_the_change_from_round_to_round(quality: Service):
    run = await team(quality)
    await run.published()
    await earlier(quality, run, given.YEAR - 3, C="70.00", P="85.50", R="80.00")
    found = await overview(quality)
    assert [(each.first_year, each.mean) for each in found.rounds] == [(given.YEAR - 3, "80.00"), (given.YEAR, "80.00")]
    assert {each.area: each.change for each in found.areas if each.first_year == given.YEAR} == {
        "C": "10.00",
        "P": "-5.50",
        "R": "0.00",
    }


async def test_months_and_inspections_are_counted(quality: Service):
    one: UUID = await given.kindergarten(quality)
    officer = quality.client(given.OFFICER)
    await officer.post("/v1/annual-inspections", json={"year": given.YEAR})
    who = quality.client(("inspector", given.DISTRICT), sub="li")
    new = {"kindergarten": str(one), "on": str(given.TODAY), "teachers": 3, "findings": "问题", "advice": "建议"}
    assert (await who.post("/v1/guidance-visits", json=new)).status_code == 201
    found = await overview(quality)
    assert len(found.months) == 12
    assert (found.months[-1].month, found.months[-1].guidance, found.months[-1].visits) == (
        given.TODAY.replace(day=1),
        1,
        0,
    )
    (year,) = found.inspections
    assert (year.year, year.opened, year.passed, year.vetoed) == (given.YEAR, 1, 0, 0)
    refused = await quality.client(("principal", f"k:{one}")).get("/v1/quality-overview")
    assert refused.status_code == 403
