"""A decided ethics case with a bar, from quality's sealed room to the list the registry hires by."""

from services.registry.app import following
from shared.contracts.quality import EMPLOYMENT_BAR_ENTERED
from tests.quality import given as quality_given
from tests.quality.ethics_cases.desk import NUMBER, desk
from tests.registry import given
from tests.registry.staff import people
from tests.stack import Service, settings_for

SERVICE = ("service", given.DISTRICT)


async def test_who_is_barred_in_an_ethics_case_can_no_longer_be_appointed_and_no_town_reads_of_whom(
    quality: Service, registry: Service
):
    place = await given.kindergarten(registry)
    whose = await people.person(registry, place, document=NUMBER)
    case = await desk(quality)
    await case.notified(accused_person=str(whose))
    await case.done(case.handler, "hearings", kind="waived", statement="放弃陈述申辩")
    decision = {"confirmed": True, "behaviours": ["corporal_punishment"], "norms": ["N06"], "sanctions": ["dismissal"]}
    await case.done(
        case.leader, "decisions", **decision, bar={"life": True}, document="演示〔2026〕1号", note="事实清楚"
    )
    await quality.numbered()
    page: dict[str, str | int] = {"types": EMPLOYMENT_BAR_ENTERED, "limit": 500}
    town = quality.client(("town_officer", quality_given.DISTRICT + "102"))
    assert (await town.get("/v1/events", params=page)).json()["items"] == []
    heard = (await quality.client(SERVICE).get("/v1/events", params=page)).json()
    (event,) = heard["items"]
    assert set(event["data"]) == {"bar", "person", "since", "until", "lifted_on"}
    (consumer,) = (each for each in following(registry.app, settings_for(registry.database)) if each.feed == "quality")
    assert await consumer.apply(0, heard["items"], heard["next"])
    registrar = registry.client(("registrar", given.DISTRICT))
    refused = await registrar.post("/v1/posts", json=people.new_post(place, whose))
    assert (refused.status_code, refused.json()["rule"]) == (409, "REG-13")
