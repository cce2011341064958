"""托班审核备案: from application over examination to a number, its change, renewal and end; and classes without one."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from services.registry.nursery_filings.schemas import (
    NurseryChecks,
    NurseryClassPage,
    NurseryFilingOut,
    NurseryFilingPage,
)
from shared.contracts.quality import ANNUAL_INSPECTION_DECIDED
from shared.contracts.safety import MAJOR_HAZARD_CLOSED, MAJOR_HAZARD_RAISED
from shared.ids import new_id
from tests.quality.matrix import disagreements
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.registry.nursery_filings import asking
from tests.registry.staff import people
from tests.stack import Service

TODAY, DAY = given.TODAY, timedelta(1)


class Desk:
    """A principal, an examiner of the town and a registrar who files."""

    def __init__(self, registry: Service, key: UUID) -> None:
        self.key = key
        self.owner = registry.client(principal(key))
        self.examiner = registry.client(TOWN, sub="examiner")
        self.registrar = registry.client(REGISTRAR, sub="registrar")

    async def done(self, client: AsyncClient, url: str, body: dict[str, Any]) -> NurseryFilingOut:
        answer = await client.post(url, json=body)
        assert answer.status_code == 201, answer.text
        return NurseryFilingOut.model_validate_json(answer.content)

    async def applied(self, **fields: Any) -> NurseryFilingOut:
        return await self.done(self.owner, "/v1/nursery-filings", asking.application(self.key, **fields))

    async def filed(self, decision: dict[str, Any] | None = None, **fields: Any) -> NurseryFilingOut:
        case = await self.applied(**fields)
        url = f"/v1/nursery-filings/{case.id}"
        await self.done(self.examiner, f"{url}/examinations", asking.EXAMINED)
        return await self.done(self.registrar, f"{url}/filings", decision or asking.filing())

    async def refused(self, **fields: Any) -> dict[str, Any]:
        answer = await self.owner.post("/v1/nursery-filings", json=asking.application(self.key, **fields))
        assert answer.status_code == 409, answer.text
        found: dict[str, Any] = answer.json()
        return found


async def desk(registry: Service, **fields: Any) -> Desk:
    return Desk(registry, await asking.kindergarten(registry, **fields))


async def test_classes_are_examined_and_filed_by_others_with_a_number_of_the_year(registry: Service):
    office = await desk(registry)
    case = await office.applied()
    assert (case.state, case.kind, case.places, case.number) == ("applied", "new", 20, None)
    url = f"/v1/nursery-filings/{case.id}"
    again = await office.owner.post("/v1/nursery-filings", json=asking.application(office.key))
    assert (again.status_code, again.json()["code"]) == (409, "one-open-nursery-application")
    case = await office.done(office.owner, f"{url}/amendments", amendment(children_per_class=18))
    case = await office.done(office.examiner, f"{url}/returns", {"note": "补充人员名册"})
    assert case.state == "returned"
    await office.done(office.owner, f"{url}/amendments", amendment(children_per_class=20))
    case = await office.done(office.examiner, f"{url}/examinations", asking.EXAMINED)
    assert {each.code for each in case.examined_checks if not each.met} == {
        "nursery-staff-in-post",
        "nursery-not-inspected",
    }
    same = await office.examiner.post(f"{url}/filings", json=asking.filing())
    assert same.status_code == 403
    case = await office.done(office.registrar, f"{url}/filings", asking.filing())
    assert (case.state, case.number, case.in_force) == ("filed", f"TB{given.DISTRICT}-{TODAY.year}-0001", True)
    assert [each.verb for each in case.steps] == ["amend", "send_back", "amend", "examine", "file"]
    other = await desk(registry, division=given.VILLAGE)
    assert (await other.filed()).number == f"TB{given.DISTRICT}-{TODAY.year}-0002"
    told = await registry.database.fetch("SELECT data FROM events WHERE type = 'registry.nursery_filing.filed'")
    assert [row[0]["places"] for row in told] == [20, 20]


def amendment(**fields: Any) -> dict[str, Any]:
    body = asking.application(new_id(), **fields)
    return {name: value for name, value in body.items() if name != "kindergarten"}


async def test_a_change_keeps_number_and_term_and_a_renewal_follows_the_term(registry: Service):
    office = await desk(registry)
    first = await office.filed()
    refused = await office.refused()
    assert refused["code"] == "nursery-filing-in-force"
    changed = await office.filed(change(), kind="change", classes=2, carers=6)
    assert (changed.number, changed.until, changed.classes) == (first.number, first.until, 2)
    former = NurseryFilingOut.model_validate_json((await office.owner.get(f"/v1/nursery-filings/{first.id}")).content)
    assert (former.state, former.ended_on, former.in_force) == ("ended", TODAY, False)
    case = await office.applied(kind="renewal", classes=2, carers=6)
    url = f"/v1/nursery-filings/{case.id}"
    await office.done(office.examiner, f"{url}/examinations", asking.EXAMINED)
    assert changed.until is not None
    wrong = await office.registrar.post(f"{url}/filings", json=asking.filing())
    assert {each["code"] for each in wrong.json()["errors"]} == {"renewal-follows-the-term"}
    later = changed.until.replace(year=changed.until.year + 3)
    long = asking.filing(since=str(changed.until), until=str(later + DAY))
    assert (await office.registrar.post(f"{url}/filings", json=long)).status_code == 422
    renewed = await office.done(
        office.registrar, f"{url}/filings", asking.filing(since=str(changed.until), until=str(later))
    )
    assert renewed.number == f"TB{given.DISTRICT}-{TODAY.year}-0002"
    ended = {"ended_on": str(TODAY), "ground": "violation", "document": "演示〔2026〕9号", "note": "违规收费"}
    await office.done(office.registrar, f"/v1/nursery-filings/{changed.id}/cancellations", ended)
    states = await listed(office.registrar)
    assert {each.id: each.state for each in states.items} == {
        first.id: "ended",
        changed.id: "ended",
        renewed.id: "ended",
    }
    assert (await listed(office.registrar, in_force=True)).items == []


def change() -> dict[str, Any]:
    return {"since": str(TODAY), "document": "演示托变〔2026〕1号"}


async def listed(client: AsyncClient, **query: Any) -> NurseryFilingPage:
    answer = await client.get("/v1/nursery-filings", params=query)
    assert answer.status_code == 200, answer.text
    return NurseryFilingPage.model_validate_json(answer.content)


async def checked(office: Desk, **fields: Any) -> dict[str, bool]:
    query: dict[str, Any] = {"classes": 1, "children_per_class": 20, "carers": 3, "monthly_fee": "2800.00"} | fields
    answer = await office.owner.get(f"/v1/kindergartens/{office.key}/nursery-checks", params=query)
    assert answer.status_code == 200, answer.text
    found = NurseryChecks.model_validate_json(answer.content)
    assert found.eligible is all(each.met for each in found.items if each.severity == "block")
    return {each.code: each.met for each in found.items}


async def test_a_child_of_3_to_6_on_the_waiting_list_refuses_by_name_of_the_rule(registry: Service):
    office = await desk(registry)
    await asking.waiting(registry, office.key, round_="ended")
    assert (await checked(office))["nursery-waiting-list"]
    await registry.database.fetch("UPDATE admission_rounds SET state = 'allocated'")
    refused = await office.refused()
    assert (refused["code"], refused["rule"]) == ("nursery-blocked", "REG-20")
    assert "REG-20" in refused["detail"]
    assert [each["code"] for each in refused["errors"]] == ["nursery-waiting-list"]
    await registry.database.fetch("UPDATE admission_places SET state = 'declined'")
    await office.applied()


@pytest.mark.parametrize(("size", "carers", "met"), [(20, 3, True), (21, 3, False)])
async def test_a_class_of_2_to_3_has_twenty_children_at_most(registry: Service, size: int, carers: int, met: bool):
    office = await desk(registry)
    assert (await checked(office, children_per_class=size, carers=carers))["nursery-class-size"] is met
    if not met:
        assert (await office.refused(children_per_class=size))["rule"] == "REG-20"


async def test_every_condition_on_both_sides_of_its_boundary(registry: Service):
    office = await desk(registry, seats=30)
    room = await given.class_(registry, office.key)
    await given.pupils(registry, room, 10)
    nursery = await given.class_(registry, office.key, kind="nursery")
    await given.pupils(registry, nursery, 3, birth=date(given.SCHOOL_YEAR - 2, 1, 1))
    assert (await checked(office))["nursery-no-spare-seats"]
    await asking.waiting(registry, office.key, state="offered")
    found = await checked(office)
    assert (found["nursery-no-spare-seats"], found["nursery-waiting-list"]) == (False, True)
    assert (await checked(office, children_per_class=19))["nursery-no-spare-seats"]
    assert [(await checked(office, carers=each))["nursery-staff-ratio"] for each in (3, 2)] == [True, False]
    assert [(await checked(office, children_per_class=14, carers=2))["nursery-staff-ratio"]] == [True]
    for _ in range(5):
        await people.post(registry, await people.person(registry, office.key), office.key, role="teacher")
    assert not (await checked(office))["nursery-staff-in-post"]
    await people.post(registry, await people.person(registry, office.key), office.key, role="childcare")
    assert (await checked(office))["nursery-staff-in-post"]
    await registry.database.fetch("UPDATE kindergartens SET licence_expires_on = %s", asking.YESTERDAY)
    assert not (await checked(office))["licence-not-valid"]
    assert [
        (await checked(office, monthly_fee=each))["nursery-fee-above-reference"] for each in ("3000", "3000.01")
    ] == [
        True,
        False,
    ]


async def test_quality_and_safety_speak_with_the_latest_word(registry: Service):
    office, hazard = await desk(registry), new_id()
    told = {"kindergarten": str(office.key), "division": given.VILLAGE, "on": str(TODAY), "due": None}
    told |= {"hazard": str(hazard), "state": "listed"}
    await given.tell(registry, "safety", (MAJOR_HAZARD_RAISED, f"hazards/{hazard}", told))
    assert (await office.refused())["errors"][0]["code"] == "nursery-major-hazards"
    await given.tell(registry, "safety", (MAJOR_HAZARD_CLOSED, f"hazards/{hazard}", told | {"state": "removed"}))
    inspected = {"kindergarten": str(office.key), "division": given.VILLAGE, "year": 2025, "reasons": []}
    inspected |= {"effective_from": str(TODAY), "document": "演示", "vetoed": False, "revision": 1, "result": "failed"}
    await given.tell(registry, "quality", (ANNUAL_INSPECTION_DECIDED, "annual-inspections/1", inspected))
    assert (await office.refused())["errors"][0]["code"] == "nursery-inspection-failed"
    later = inspected | {"result": "conditional", "revision": 2}
    await given.tell(registry, "quality", (ANNUAL_INSPECTION_DECIDED, "annual-inspections/1", later))
    await asking.evaluated(registry, office.key, qualified=False)
    assert (await office.refused())["errors"][0]["code"] == "nursery-quality"
    private = Desk(
        registry,
        await given.kindergarten(
            registry, type="inclusive_private", **asking.LICENCE, licence_expires_on=TODAY, licensed_seats=60
        ),
    )
    assert (await private.refused())["errors"][0]["code"] == "nursery-quality"
    await asking.evaluated(registry, private.key)
    await private.applied()


async def test_what_turns_against_it_after_the_application_refuses_the_filing_but_not_a_smaller_scale(
    registry: Service,
):
    office = await desk(registry)
    case = await office.applied(classes=2, carers=6)
    url = f"/v1/nursery-filings/{case.id}"
    await office.done(office.examiner, f"{url}/examinations", asking.EXAMINED)
    await asking.waiting(registry, office.key)
    blocked = await office.registrar.post(f"{url}/filings", json=asking.filing())
    assert (blocked.status_code, blocked.json()["rule"]) == (409, "REG-20")
    await registry.database.fetch("UPDATE admission_places SET state = 'closed'")
    await office.done(office.registrar, f"{url}/filings", asking.filing())
    await registry.database.fetch("UPDATE admission_places SET state = 'waiting'")
    assert (await office.refused(kind="change", classes=3, carers=9))["rule"] == "REG-20"
    assert (await office.filed(change(), kind="change", classes=1, carers=3)).places == 20
    assert (await office.refused(kind="renewal"))["rule"] == "REG-20"


async def test_an_examination_that_finds_conditions_unmet_can_only_be_refused_or_sent_back(registry: Service):
    office = await desk(registry)
    case = await office.applied()
    url = f"/v1/nursery-filings/{case.id}"
    found = {"conditions_met": False, "findings": "无独立盥洗室"}
    case = await office.done(office.examiner, f"{url}/examinations", found)
    unmet = await office.registrar.post(f"{url}/filings", json=asking.filing())
    assert (unmet.status_code, unmet.json()["code"]) == (409, "nursery-conditions-unmet")
    case = await office.done(office.registrar, f"{url}/refusals", {"document": "演示〔2026〕3号", "note": "条件不符"})
    assert case.state == "refused"
    assert (await office.applied()).state == "applied"


async def test_classes_running_without_a_filing_are_listed_as_of_any_day(registry: Service):
    office = await desk(registry)
    first = await given.class_(registry, office.key, kind="nursery", name="托一班")
    second = await given.class_(registry, office.key, kind="nursery", name="托二班")
    await given.class_(registry, office.key, kind="small")
    born = date(given.SCHOOL_YEAR - 2, 8, 31)
    await given.pupils(registry, first, 2, birth=born)
    await given.pupils(registry, first, 1, birth=date(given.SCHOOL_YEAR - 3, 9, 1))
    await given.pupils(registry, first, 1, birth=date(given.SCHOOL_YEAR - 3, 8, 31))

    async def running(client: AsyncClient, **query: Any) -> dict[UUID, str | None]:
        answer = await client.get("/v1/nursery-classes", params=query)
        assert answer.status_code == 200, answer.text
        page = NurseryClassPage.model_validate_json(answer.content)
        return {each.class_id: each.fault for each in page.items}

    assert await running(office.owner) == {first: "no_filing", second: "no_filing"}
    case = await office.filed(children_per_class=4, carers=1)
    assert await running(office.owner) == {first: None, second: "beyond_filing"}
    assert await running(office.owner, filed=False) == {second: "beyond_filing"}
    assert await running(office.owner, as_of=str(TODAY - DAY)) == {first: "no_filing", second: "no_filing"}
    answer = (await office.owner.get("/v1/nursery-classes", params={"filed": True})).json()["items"]
    assert [(each["children"], each["out_of_age"], each["number"]) for each in answer] == [(4, 1, case.number)]
    await given.pupils(registry, first, 1, birth=born)
    assert await running(office.owner, fault="oversize") == {first: "oversize"}
    assert await running(office.owner, filed=True) == {first: "oversize"}
    elsewhere = registry.client(("town_officer", given.OTHER_TOWN))
    assert await running(elsewhere) == {}
    assert (await elsewhere.get(f"/v1/nursery-filings/{case.id}")).status_code == 404
    assert (await listed(elsewhere)).items == []
    stop = {"ended_on": str(TODAY), "note": "生源不足"}
    await office.done(office.owner, f"/v1/nursery-filings/{case.id}/stops", stop)
    assert await running(office.owner, filed=False) == {first: "no_filing", second: "no_filing"}


async def test_filings_at_the_same_moment_get_numbers_that_follow_one_another(registry: Service):
    offices = [await desk(registry) for _ in range(4)]
    cases = [await office.applied() for office in offices]
    for office, case in zip(offices, cases, strict=True):
        await office.done(office.examiner, f"/v1/nursery-filings/{case.id}/examinations", asking.EXAMINED)
    filed = await asyncio.gather(
        *(
            office.done(office.registrar, f"/v1/nursery-filings/{case.id}/filings", asking.filing())
            for office, case in zip(offices, cases, strict=True)
        )
    )
    assert sorted(str(each.number)[-4:] for each in filed) == ["0001", "0002", "0003", "0004"]


async def test_a_filing_expires_and_is_warned_of(registry: Service):
    office = await desk(registry)
    case = await office.filed(asking.filing(until=str(TODAY + 60 * DAY)))
    assert case.warning == "expiring"
    assert (await listed(office.owner, warning="expiring", as_of=str(TODAY - DAY))).items == []
    later = str(TODAY + 60 * DAY)
    assert [each.id for each in (await listed(office.owner, warning="lapsed", as_of=later)).items] == [case.id]
    assert (await listed(office.owner, in_force=True, as_of=later)).items == []
    past = TODAY - DAY
    await registry.database.fetch("UPDATE nursery_filings SET since = %s, until = %s", TODAY - 9 * DAY, past)
    late = await office.owner.post(
        f"/v1/nursery-filings/{case.id}/stops", json={"ended_on": str(TODAY), "note": "停办"}
    )
    assert late.json()["code"] == "nursery-filing-lapsed"
    renewed = await office.filed(kind="renewal")
    assert (renewed.former, renewed.since) == (case.id, TODAY)


async def test_children_of_nursery_classes_count_in_none_of_the_three_targets(registry: Service):
    public = await given.kindergarten(registry)
    private = await given.kindergarten(registry, type="private")
    for key in (public, private):
        await given.pupils(registry, await given.class_(registry, key), 3)
    client = registry.client(REGISTRAR)

    async def targets() -> list[Any]:
        found = []
        for code in ("enrolment_rate_3y", "inclusive_coverage", "public_share"):
            answer = await client.get(f"/v1/indicators/{code}/values", params={"as_of": str(TODAY)})
            assert answer.status_code == 200, answer.text
            found.append(answer.json()["items"])
        return found

    before = await targets()
    await given.pupils(
        registry, await given.class_(registry, public, kind="nursery"), 5, birth=date(given.SCHOOL_YEAR - 2, 1, 1)
    )
    assert await targets() == before


BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "amend": ("amendments", amendment()),
    "retract": ("retractions", {"note": "撤回"}),
    "send_back": ("returns", {"note": "补正"}),
    "examine": ("examinations", asking.EXAMINED),
    "file": ("filings", asking.filing()),
    "refuse": ("refusals", {"document": "演示", "note": "不符"}),
    "stop": ("stops", {"ended_on": str(TODAY), "note": "停办"}),
    "cancel": (
        "cancellations",
        {"ended_on": str(TODAY), "ground": "violation", "document": "演示", "note": "违规"},
    ),
}


async def test_what_is_offered_is_accepted_for_every_state_and_role(registry: Service):
    office = await desk(registry)
    case = await office.applied()
    who = {"examined_by": "somebody", "examined_on": str(TODAY), "conditions_met": True}
    filed = who | {"number": "TB-1", "since": str(TODAY), "until": str(asking.NEXT_YEAR), "decided_by": "else"}
    states: dict[str, dict[str, Any]] = {
        "applied": {},
        "returned": {},
        "examined": who,
        "filed": filed,
        "refused": who,
        "retracted": {},
        "ended": filed | {"ended_on": str(TODAY)},
    }
    grants = [principal(office.key), REGISTRAR, TOWN, ("auditor", given.DISTRICT), ("clerk", f"k:{office.key}")]
    grants += [("inspector", given.DISTRICT), ("police", given.DISTRICT)]
    assert (
        await disagreements(registry, "nursery_filings", "/v1/nursery-filings", str(case.id), states, BODIES, grants)
        == []
    )
    await registry.database.fetch(
        "UPDATE nursery_filings SET state = 'examined', ended_on = NULL, since = NULL, until = NULL,"
        " conditions_met = true, applied_by = 'registrar', examined_by = 'x', decided_by = NULL"
    )
    own = await office.registrar.post(f"/v1/nursery-filings/{case.id}/filings", json=asking.filing())
    assert (own.status_code, own.json()["code"]) == (403, "another-person-needed")
