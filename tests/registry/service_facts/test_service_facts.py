"""What quality, safety and finance tell of a kindergarten, and where it shows."""

from typing import Any
from uuid import UUID

from services.registry.service_facts.schemas import (
    KindergartenStanding,
    PublicStanding,
    StandingPage,
    UnlicensedCount,
)
from shared.contracts.finance import ACCOUNT_ALERT_CLOSED, ACCOUNT_ALERT_RAISED
from shared.contracts.quality import ANNUAL_INSPECTION_DECIDED, EVALUATION_PUBLISHED
from shared.contracts.safety import MAJOR_HAZARD_CLOSED, MAJOR_HAZARD_RAISED, PENALTY_DECIDED
from shared.ids import new_id
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

DAY = "2026-05-06"
Fact = tuple[str, str, dict[str, Any]]


def inspection(key: UUID, year: int = 2025, revision: int = 1, **changes: Any) -> Fact:
    data: dict[str, Any] = {"kindergarten": str(key), "division": given.VILLAGE, "year": year, "revision": revision}
    data |= {
        "result": "passed",
        "vetoed": False,
        "reasons": [],
        "effective_from": DAY,
        "document": "演示年检〔2026〕1号",
    }
    return ANNUAL_INSPECTION_DECIDED, f"annual-inspections/{key}", data | changes


def evaluation(key: UUID, subject: str = "evaluations/1", **changes: Any) -> Fact:
    data: dict[str, Any] = {"kindergarten": str(key), "division": given.VILLAGE, "framework": "区级办园质量"}
    data |= {"framework_version": "1", "grade": "good", "qualified": True, "status": "final", "published_on": DAY}
    return EVALUATION_PUBLISHED, subject, data | changes


def hazard(key: UUID, number: UUID, state: str = "listed") -> Fact:
    data = {"hazard": str(number), "kindergarten": str(key), "division": given.VILLAGE, "state": state, "on": DAY}
    kind = MAJOR_HAZARD_RAISED if state == "listed" else MAJOR_HAZARD_CLOSED
    return kind, f"hazards/{number}", data | {"due": None}


def alert(key: UUID, number: UUID, state: str) -> Fact:
    data = {"alert": str(number), "kindergarten": str(key), "division": given.VILLAGE, "rule": "FIN-20", "on": DAY}
    kind = ACCOUNT_ALERT_CLOSED if state == "dismissed" else ACCOUNT_ALERT_RAISED
    return kind, f"account-alerts/{number}", data | {"state": state}


async def standing(registry: Service, key: UUID) -> KindergartenStanding:
    answer = await registry.client(REGISTRAR).get(f"/v1/kindergartens/{key}/standing")
    assert answer.status_code == 200, answer.text
    return KindergartenStanding.model_validate_json(answer.content)


async def test_what_the_others_decide_shows_on_the_kindergarten_and_a_feed_read_twice_changes_nothing(
    registry: Service,
):
    key, first, second = await given.kindergarten(registry), new_id(), new_id()
    quality = (
        inspection(key),
        inspection(key, revision=2, result="failed", vetoed=True, reasons=["体罚幼儿"]),
        inspection(key, year=2024),
        evaluation(key, status="provisional", grade="qualified"),
        evaluation(key),
    )
    safety = (
        hazard(key, first),
        hazard(key, second),
        hazard(key, first, "removed"),
        (
            PENALTY_DECIDED,
            f"penalties/{first}",
            {"case": str(first), "kindergarten": str(key), "division": given.VILLAGE, "decision": "警告"}
            | {"basis": "学前教育法 art. 79", "decided_on": DAY},
        ),
    )
    finance = (alert(key, first, "raised"), alert(key, second, "confirmed"), alert(key, first, "dismissed"))
    feeds = {"quality": quality, "safety": safety, "finance": finance}
    for feed, facts in feeds.items():
        await given.tell(registry, feed, *facts)
    found = await standing(registry, key)
    assert {(each.year, each.result, each.vetoed, each.revision) for each in found.inspections} == {
        (2025, "failed", True, 2),
        (2024, "passed", False, 1),
    }
    assert [(each.grade, each.status) for each in found.evaluations] == [("good", "final")]
    assert (found.open_hazards, found.confirmed_alerts, len(found.penalties)) == (1, 1, 1)
    assert {str(each.hazard): each.state for each in found.hazards} == {str(first): "removed", str(second): "listed"}
    for feed, facts in feeds.items():
        await given.tell(registry, feed, *facts, again=True)
    assert await standing(registry, key) == found
    ((rows,),) = await registry.database.fetch("SELECT count(*) FROM service_facts")
    assert rows == 2 + 1 + 2 + 1 + 2


async def test_everybody_sees_what_is_published_and_nothing_else(registry: Service):
    key, number = await given.kindergarten(registry), new_id()
    await given.tell(registry, "quality", inspection(key), evaluation(key))
    await given.tell(registry, "safety", hazard(key, number))
    answer = await registry.client().get(f"/v1/public/kindergartens/{key}/standing")
    shown = PublicStanding.model_validate_json(answer.content)
    assert ([each.result for each in shown.inspections], [each.grade for each in shown.evaluations]) == (
        ["passed"],
        ["good"],
    )
    assert str(number) not in answer.text
    assert (await registry.client().get(f"/v1/public/kindergartens/{number}/standing")).status_code == 404
    assert (await registry.client().get(f"/v1/kindergartens/{key}/standing")).status_code == 401


async def test_officers_list_whom_to_look_at_within_their_scope(registry: Service):
    mine = await given.kindergarten(registry, division=given.VILLAGE)
    other = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    await given.tell(registry, "quality", inspection(mine, result="failed"), inspection(other), evaluation(other))
    await given.tell(registry, "safety", hazard(mine, new_id()))

    async def listed(grant: tuple[str, str], **query: Any) -> list[UUID]:
        answer = await registry.client(grant).get("/v1/kindergarten-standings", params=query)
        assert answer.status_code == 200, answer.text
        return [each.kindergarten for each in StandingPage.model_validate_json(answer.content).items]

    assert set(await listed(REGISTRAR)) == {mine, other}
    assert await listed(REGISTRAR, inspection_result="failed") == [mine]
    assert await listed(REGISTRAR, hazards=True) == [mine]
    assert await listed(REGISTRAR, qualified=True) == [other]
    assert await listed(REGISTRAR, vetoed=True) == []
    assert await listed(REGISTRAR, alerts=False, division=given.OTHER_TOWN) == [other]
    assert await listed(TOWN) == [mine]
    assert await listed(principal(other)) == [other]
    assert (await registry.client(TOWN).get(f"/v1/kindergartens/{other}/standing")).status_code == 404
    clerk = registry.client(("teacher", f"k:{mine}"))
    assert (await clerk.get(f"/v1/kindergartens/{mine}/standing")).status_code == 403


async def test_facts_move_with_the_kindergarten_and_unknown_places_are_passed_over(registry: Service):
    key = await given.kindergarten(registry)
    await given.tell(registry, "quality", inspection(key), inspection(new_id()))
    await registry.database.fetch("UPDATE kindergartens SET division = %s WHERE id = %s", given.OTHER_VILLAGE, key)
    assert (await registry.client(TOWN).get("/v1/kindergarten-standings")).json()["items"] == []
    await given.tell(registry, "quality", inspection(key, year=2026))
    moved = registry.client(("town_officer", given.OTHER_TOWN))
    assert len((await moved.get(f"/v1/kindergartens/{key}/standing")).json()["inspections"]) == 2


async def test_unlicensed_kindergartens_are_counted_by_town_until_they_are_closed(registry: Service):
    first, second, training = new_id(), new_id(), new_id()

    async def count(grant: tuple[str, str]) -> UnlicensedCount:
        answer = await registry.client(grant).get("/v1/unlicensed-sites")
        assert answer.status_code == 200, answer.text
        return UnlicensedCount.model_validate_json(answer.content)

    assert ((await count(REGISTRAR)).met, (await count(REGISTRAR)).open) == (True, 0)
    facts = [
        ("safety.site.see", first, given.TOWN, "unlicensed", "reported"),
        ("safety.site.verify", first, given.TOWN, "unlicensed", "confirmed"),
        ("safety.site.see", second, given.OTHER_VILLAGE, "unlicensed", "reported"),
        ("safety.site.see", training, given.TOWN, "training", "reported"),
    ]
    await sites(registry, facts)
    found = await count(REGISTRAR)
    assert (found.met, found.open, found.rule, found.severity) == (False, 2, "REG-19", "red")
    assert [(each.division, each.open, each.children) for each in found.towns] == [
        (given.TOWN, 1, 12),
        (given.OTHER_TOWN, 1, 12),
    ]
    assert (await count(TOWN)).open == 1
    await sites(registry, [("safety.site.close", first, given.TOWN, "unlicensed", "closed")])
    await sites(registry, [("safety.site.verify", second, given.OTHER_VILLAGE, "unlicensed", "unfounded")])
    await sites(registry, [("safety.site.recheck", first, given.TOWN, "", "closed")])
    assert (await count(REGISTRAR)).met
    await sites(registry, [("safety.site.recheck", first, given.TOWN, "unlicensed", "confirmed")])
    assert (await count(TOWN)).open == 1


async def sites(registry: Service, facts: list[tuple[str, UUID, str, str, str]]) -> None:
    for kind, number, division, what, state in facts:
        data: dict[str, Any] = {"state": state}
        if what:
            data |= {"kind": what, "children": 12, "resettled": 0}
        await given.tell(registry, "safety", (kind, f"sites/{number}", data), division=division)
