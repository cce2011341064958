"""A kindergarten is built, handed over, licensed and filled; a year of attendance is certified month by month; children
transfer, move up and graduate. The three targets are right at every month's end, and as of any day since."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.registry import jobs as kinds_of_jobs
from services.registry.construction.codes import ConstructionStep
from services.registry.indicators.schemas import IndicatorValue
from shared.contracts.registry import HeadcountFact
from shared.jobs import perform
from shared.workdays import is_working_day
from tests.clock import MovedByHand, clock
from tests.journeys.second_register import SecondRegister, age_at_cut_off, school_year
from tests.registry import given
from tests.registry.imports.running import worker
from tests.registry.licences import asking
from tests.stack import Service

__all__ = ["clock", "worker"]  # fixtures used here
DAY = timedelta(1)
DISTRICT = given.DISTRICT
PRESENT = {"morning": "present", "afternoon": "present"}
YEAR = 2025
POPULATION = {2024: 40, 2025: 44, 2026: 39}  # children of 3 to 5 counted on 1 September
MONTHS = [date(YEAR + number // 12, number % 12 + 1, 1) for number in range(8, 20)]
KINDS = {3: "small", 4: "middle", 5: "large"}


@dataclass
class Stay:
    """What the journey itself knows of a child in a class."""

    child: str
    garden: str
    kind: str
    since: date
    until: date = date.max


@dataclass
class District:
    registry: Service
    clock: MovedByHand
    births: dict[str, date] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    rooms: dict[tuple[str, str, int], str] = field(default_factory=dict)  # kindergarten, kind, school year
    types: dict[str, list[tuple[date, str]]] = field(default_factory=dict)

    def as_(self, role: str, scope: str = DISTRICT, name: str = "") -> httpx.AsyncClient:
        return self.registry.client((role, scope), sub=name or role)

    async def sent(self, client: httpx.AsyncClient, method: str, path: str, body: Any = None, **params: Any) -> Any:
        answer = await client.request(method, f"/v1/{path}", json=body, params=params)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    async def post(self, path: str, body: Any = None, role: str = "registrar", **params: Any) -> Any:
        return await self.sent(self.as_(role), "POST", path, body, **params)

    async def done(self, job: str) -> None:
        assert kinds_of_jobs  # the worker knows them by this import
        await perform(self.registry.app.state.database, UUID(job))
        found = await self.sent(self.as_("registrar"), "GET", f"jobs/{job}")
        assert found["status"] == "succeeded", found

    async def register(self, type: str, **fields: Any) -> str:
        """A kindergarten that operates since 2024."""
        first = {"status": "operating", "type": type, "since": "2024-09-01", "document": "演示〔2024〕1号"}
        founder = {} if type == "public" else {"founder": "个人(演示)", "founder_code": "999"}
        body = given.new_kindergarten(first=first, opened_on="2024-09-01", **founder, **fields)
        made: str = (await self.post("kindergartens", body))["id"]
        self.types[made] = [(date(2024, 9, 1), type)]
        return made

    async def form(self, garden: str, kind: str, year: int) -> str:
        body = {"kindergarten": garden, "school_year": year, "name": f"{kind}一班", "kind": kind}
        made: str = (await self.post("classes", body))["id"]
        self.rooms[garden, kind, year] = made
        return made

    def new_child(self, age: int, year: int = YEAR) -> dict[str, Any]:
        birth = date(year - age, 3, 10)
        return {
            "document_type": "1",
            "document_number": given.resident_id(birth),
            "name": "演示幼儿",
            "birth_date": birth.isoformat(),
            "sex": "1",
            "residence_division": given.VILLAGE,
            "synthetic": True,
        }

    async def enrol(self, garden: str, kind: str, year: int, age: int, since: date) -> str:
        body = {"class_id": self.rooms[garden, kind, year], "since": str(since)}
        made = await self.post("enrolments", body | {"registration": self.new_child(age, year)})
        self.births[made["child"]] = date(year - age, 3, 10)
        self.stays.append(Stay(made["child"], garden, kind, since))
        return str(made["id"])

    def leaves(self, child: str, on: date) -> None:
        for each in self.stays:
            if each.child == child and each.until == date.max:
                each.until = on

    def expected(self, on: date) -> dict[str, tuple[int, int]]:
        """The three targets from what the journey did."""
        types = {key: max(each for each in dated if each[0] <= on)[1] for key, dated in self.types.items()}
        here = [each for each in self.stays if each.since <= on < each.until and each.kind != "nursery"]
        by_type = Counter(types[each.garden] for each in here)
        of_age = sum(3 <= age_at_cut_off(self.births[each.child], school_year(on)) <= 5 for each in here)
        public, inclusive = by_type["public"], by_type["inclusive_private"]
        return {
            "enrolment_rate_3y": (of_age, POPULATION[school_year(on)]),
            "inclusive_coverage": (public + inclusive, len(here)),
            "public_share": (public, len(here)),
        }

    async def shown(self, on: date) -> dict[str, tuple[int, int]]:
        """The three targets as the registry answers them."""
        found = {}
        for code in ("enrolment_rate_3y", "inclusive_coverage", "public_share"):
            page = await self.sent(self.as_("leader"), "GET", f"indicators/{code}/values", as_of=str(on))
            value = IndicatorValue.model_validate(page["items"][0])
            found[code] = (value.numerator, value.denominator or 0)
        return found


async def build(town: District) -> str:
    """From the planned project to a licensed kindergarten that operates."""
    project = {
        "name": "陈各庄配套幼儿园(演示)",
        "division": given.VILLAGE,
        "kind": "residential",
        "residential_project": "演示住宅",
        "developer": "演示公司",
        "planned_seats": 90,
        "planned_classes": 3,
        "lead_unit": "区教委",
        "synthetic": True,
    }
    made = await town.post("construction-projects", project, "planner")
    path = f"construction-projects/{made['id']}"
    for month, step in enumerate(ConstructionStep, 1):
        on = town.clock.to(2025, month, 20)
        for track in ("housing", "kindergarten"):
            await town.sent(
                town.as_("planner"), "PUT", f"{path}/milestones/{track}/{step.value}", {"actual_on": str(on)}
            )
    on = town.clock.to(2025, 6, 5)
    await town.post(f"{path}/property-handovers", {"property_on": str(on), "document": "演示移交书"}, "planner")
    await town.post(f"{path}/nature-decisions", {"nature": "public", "document": "演示〔2025〕2号"}, "planner")
    opening = {"name": "陈各庄幼儿园(演示)", "division": given.VILLAGE, "founder": "怀柔区教育委员会(演示)"}
    opened = await town.post(f"{path}/openings", opening | {"founder_code": "831", "document": "演示〔2025〕3号"})
    garden = str(opened["kindergarten"])
    town.types[garden] = [(on, "public")]
    case = await town.sent(
        town.as_("principal", f"k:{garden}"),
        "POST",
        "licence-applications",
        asking.application(UUID(garden), "establish"),
    )
    case_path = f"licence-applications/{case['id']}"
    await town.post(f"{case_path}/acceptances", {"note": "受理"})
    await town.post(f"{case_path}/examinations", {"findings": asking.findings()})
    on = town.clock.to(2025, 6, 30)
    licence = {
        "since": str(on),
        "number": "演示教民〔2025〕1号",
        "expires_on": "2030-06-29",
        "document": "演示〔2025〕4号",
    }
    decided = await town.sent(town.as_("registrar", name="decider"), "POST", f"{case_path}/approvals", licence)
    assert decided["state"] == "completed"
    entry = await town.sent(town.as_("registrar"), "GET", f"kindergartens/{garden}")
    if entry["status"] != "operating":
        since = {"status": "operating", "since": str(on), "reason": "取得办学许可"}
        await town.post(f"kindergartens/{garden}/statuses", since)
    return garden


async def admit(town: District, garden: str, seats: int, families: int) -> None:
    """An intake round for the small class of the new kindergarten; those without a seat wait."""
    town.clock.to(2025, 7, 1)
    body = {
        "division": DISTRICT,
        "school_year": YEAR,
        "name": "2025年秋季招生(演示)",
        "opens_on": "2025-07-01",
        "closes_on": "2025-07-10",
        "answer_days": 5,
        "synthetic": True,
    }
    path = f"admission-rounds/{(await town.post('admission-rounds', body))['id']}"
    offered = await town.sent(town.as_("registrar"), "PUT", f"{path}/seats/{garden}/small", {"seats": seats})
    await town.post(f"{path}/openings")
    for _ in range(families):
        child = (await town.post("children", town.new_child(3)))["id"]
        town.births[child] = date(YEAR - 3, 3, 10)
        guardian = await town.post(f"children/{child}/guardians", {"name": "演示家长", "relation": "52"})
        said = {"round": path.split("/")[1], "child": child, "guardian": guardian["id"], "wishes": [offered["id"]]}
        await town.post("admission-applications", said | {"consent": True})
    town.clock.to(2025, 7, 11)
    await town.post(f"{path}/closings")
    token = (await town.post(f"{path}/allocations", {}, preview=True))["token"]
    await town.done((await town.post(f"{path}/allocations", {"token": token}))["job"])
    places = await town.sent(town.as_("registrar"), "GET", "admission-places", kindergarten=garden)
    given_places = [each for each in places["items"] if each["state"] == "offered"]
    assert (len(given_places), len(places["items"])) == (seats, families)
    for each in given_places:
        await town.post(f"admission-places/{each['id']}/acceptances", {"class_id": town.rooms[garden, "small", YEAR]})
        town.stays.append(Stay(each["child"], garden, "small", date(YEAR, 9, 1)))


async def certify(town: District, garden: str, month: date) -> None:
    """A month of attendance of every class, prepared by the clerk and certified by the principal."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    town.clock.to(after.year, after.month, 2)
    clerk, principal = (town.as_(role, f"k:{garden}") for role in ("clerk", "principal"))
    days = [month + DAY * number for number in range((after - month).days)]
    sheet = {"days": [{"day": str(day), "others": PRESENT} for day in days if is_working_day(day)]}
    for kind in KINDS.values():
        room = town.rooms[garden, kind, school_year(month)]
        await town.sent(clerk, "PUT", f"classes/{room}/attendance", sheet, month=str(month))
    made = await town.sent(clerk, "POST", "headcounts", {"kindergarten": garden, "month": str(month)})
    await town.sent(principal, "POST", f"headcounts/{made['id']}/certifications")


def child_of(town: District, garden: str, kind: str, number: int) -> Stay:
    return [each for each in town.stays if (each.garden, each.kind, each.until) == (garden, kind, date.max)][number]


async def enrolment_of(town: District, child: str) -> str:
    page = await town.sent(town.as_("registrar"), "GET", "enrolments", child=child, sort="-since")
    return str(page["items"][0]["id"])


async def transfer(town: District, stay: Stay, garden: str, on: date) -> None:
    body = {"class_id": town.rooms[garden, stay.kind, YEAR], "on": str(on)}
    await town.post(f"enrolments/{await enrolment_of(town, stay.child)}/transfer", body)
    town.leaves(stay.child, on)
    town.stays.append(Stay(stay.child, garden, stay.kind, on))


async def leave(town: District, stay: Stay, on: date) -> None:
    body = {"until": str(on), "reason": "left"}
    await town.post(f"enrolments/{await enrolment_of(town, stay.child)}/end", body)
    town.leaves(stay.child, on)


async def end_the_year(town: District) -> None:
    """Everybody moves up on 1 September; the large classes graduate."""
    town.clock.to(YEAR + 1, 8, 28)
    token = (await town.post("roll-overs", {"school_year": YEAR}, preview=True))["token"]
    await town.done((await town.post("roll-overs", {"school_year": YEAR, "token": token}))["job"])
    on = date(YEAR + 1, 9, 1)
    following = {"small": "middle", "middle": "large"}
    for each in [each for each in town.stays if each.until == date.max]:
        each.until = on
        if each.kind in following:
            town.stays.append(Stay(each.child, each.garden, following[each.kind], on))


async def events(town: District) -> list[dict[str, Any]]:
    await town.registry.numbered()
    found: list[dict[str, Any]] = []
    after: Any = 0
    while True:
        page = await town.sent(town.as_("integration"), "GET", "events", after=after, limit=500)
        found += page["items"]
        if not page["items"] or page["next"] == after:
            return found
        after = page["next"]


async def population(town: District) -> None:
    for year, children in POPULATION.items():
        for age, share in ((3, children - 2 * (children // 3)), (4, children // 3), (5, children // 3)):
            row = {"division": given.TOWN, "counted_on": date(year, 9, 1), "age": age, "basis": "resident"}
            await given.insert(
                town.registry, "populations", row | {"children": share, "source": "演示", "synthetic": True}
            )


async def events_of(town: District, month: date, new: str, private: str, inclusive: str) -> None:
    """What happens besides attendance."""
    if month == date(2026, 1, 1):
        await transfer(town, child_of(town, private, "small", 0), new, town.clock.to(2026, 1, 12))
    if month == date(2026, 3, 1):
        await leave(town, child_of(town, new, "middle", 0), town.clock.to(2026, 3, 2))
        change = {"type": "inclusive_private", "since": "2026-03-01", "document": "演示〔2026〕9号"}
        await town.post(f"kindergartens/{private}/types", change)
        town.types[private].append((month, "inclusive_private"))
    if month == date(2026, 5, 1):
        await town.enrol(inclusive, "large", YEAR, 5, town.clock.to(2026, 5, 6))
    if month == date(2026, 8, 1):
        await end_the_year(town)


@pytest.mark.usefixtures("worker")
async def test_a_school_year_from_the_building_site_to_graduation(registry: Service, clock: MovedByHand) -> None:
    town = District(registry, clock)
    await population(town)
    private, inclusive = await town.register("private"), await town.register("inclusive_private")
    for garden in (private, inclusive):
        for age, kind in KINDS.items():
            await town.form(garden, kind, YEAR)
            for _ in range(3):
                await town.enrol(garden, kind, YEAR, age, date(YEAR, 9, 1))
    new = await build(town)
    for age, kind in KINDS.items():
        await town.form(new, kind, YEAR)
        for _ in range(0 if kind == "small" else 4):
            await town.enrol(new, kind, YEAR, age, date(YEAR, 9, 1))
    await admit(town, new, seats=5, families=7)

    for month in MONTHS:
        await events_of(town, month, new, private, inclusive)
        await certify(town, new, month)
        last = clock.day.replace(day=1) - DAY
        assert await town.shown(last) == town.expected(last), last

    clock.to(2026, 10, 2)
    assert await town.shown(date(2026, 9, 30)) == town.expected(date(2026, 9, 30))
    await certified_months_are_those_of_the_journey(town, new)
    await any_day_is_what_the_event_log_says(town)


async def certified_months_are_those_of_the_journey(town: District, garden: str) -> None:
    facts = [
        HeadcountFact.model_validate(each["data"])
        for each in await events(town)
        if each["type"] == "registry.headcount.certified"
    ]
    assert [each.month for each in facts] == MONTHS
    for fact in facts:
        here = [each for each in town.stays if each.garden == garden and each.since <= fact.count_day < each.until]
        by_room = Counter(town.rooms[garden, each.kind, YEAR] for each in here)
        assert {str(each.class_id): each.children for each in fact.classes if each.children} == dict(by_room), (
            fact.month
        )


async def any_day_is_what_the_event_log_says(town: District) -> None:
    """For 50 days drawn at random: enrolments, classes, kindergartens and targets, against a replay by other code."""
    again = SecondRegister.replay(await events(town))
    draw, client = Random(2025), town.as_("registrar")  # noqa: S311 - days, not secrets
    first, last = date(2025, 1, 6), date(2026, 10, 1)
    for on in sorted(first + DAY * draw.randrange((last - first).days) for _ in range(50)):
        asked = {"as_of": str(on), "limit": 500}
        listed = await town.sent(client, "GET", "enrolments", **asked)
        assert {each["id"] for each in listed["items"]} == again.enrolled(on), on
        rooms = await town.sent(client, "GET", "classes", **asked)
        assert {each["id"] for each in rooms["items"]} == again.rooms(on), on
        gardens = (await town.sent(client, "GET", "kindergartens", **asked))["items"]
        assert {each["id"]: each["type"] for each in gardens if each["type"]} == again.standing(again.types, on), on
        assert {each["id"]: each["status"] for each in gardens if each["status"]} == again.standing(again.statuses, on)
        if again.enrolled(on):
            population = POPULATION[school_year(on)]
            assert await town.shown(on) == again.shares(on, town.births, population) == town.expected(on), on
