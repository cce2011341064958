"""入公办园需求: applications against places of an intake year."""

from typing import Any

from services.registry.admission_demand.schemas import AdmissionDemand
from tests.registry import given
from tests.registry.admissions.office import YEAR, Office
from tests.registry.kindergartens.callers import TOWN
from tests.stack import Service

PLANNER = ("planner", given.DISTRICT)


async def demand(registry: Service, **query: Any) -> AdmissionDemand:
    answer = await registry.client(PLANNER).get("/v1/admission-demand", params={"school_year": YEAR} | query)
    assert answer.status_code == 200, answer.text
    return AdmissionDemand.model_validate_json(answer.content)


async def test_families_wishes_are_held_against_the_places_there_are(registry: Service):
    office = await Office.preparing(registry, 1, 2)
    await office.garden(5, type="private")
    await office.ok(f"/v1/admission-rounds/{office.round}/openings")
    first, second, private = office.gardens
    for wishes in ((first, second), (first, private), (private,)):
        await office.applied(*wishes)
    found = await demand(registry)
    rows = {each.kindergarten: each for each in found.items}
    assert [(rows[key].seats, rows[key].first_wishes, rows[key].wishes) for key in office.gardens] == [
        (1, 2, 2),
        (2, 0, 1),
        (5, 1, 2),
    ]
    assert (found.seats, found.applications, found.seats_less_applications) == (8, 3, 5)
    public = await demand(registry, type="public")
    assert (public.seats, public.applications, public.placed, public.waiting) == (3, 2, 0, 0)
    assert {each.type for each in public.items} == {"public"}
    assert rows[first].seats_less_first_wishes == -1
    assert (await demand(registry, school_year=2001)).items == []
    assert (await registry.client(TOWN).get("/v1/admission-demand")).status_code == 422


async def test_who_got_in_and_who_waits_is_counted_once_allocated(registry: Service):
    office = await Office.open(registry, 1)
    (garden,) = office.gardens
    for _ in range(3):
        await office.applied(garden)
    await office.allocate()
    found = await demand(registry, type="public")
    assert (found.seats, found.applications, found.placed, found.waiting) == (1, 3, 1, 2)
    assert [(each.placed, each.waiting) for each in found.items] == [(1, 2)]
