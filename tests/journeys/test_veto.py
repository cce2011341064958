"""三(二)2-d: an ethics case decided, and inspection, money, public page and work lists follow; its appeal undoes it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.contracts.registry import HEADCOUNT_CERTIFIED
from shared.ids import new_id
from tests.finance import given as finance_given
from tests.finance.given import ok
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.journeys.mesh import meshed, seconds_until
from tests.journeys.test_kindergarten_copies import register
from tests.quality import given
from tests.quality.annual_inspections.office import Office
from tests.quality.ethics_cases.desk import SECRET, Desk
from tests.registry import given as registry_given
from tests.stack import Service

MONTH = given.TODAY.replace(day=1)
NEXT = (MONTH + timedelta(32)).replace(day=1)
MOST = 2.0  # seconds


class Everybody:
    """Who looks at the kindergarten from which service."""

    def __init__(self, registry: Service, finance: Service, quality: Service, kindergarten: str) -> None:
        self.id = kindergarten
        self.public = registry.client()
        self.registrar = registry.client(("registrar", given.DISTRICT))
        self.payer = finance_given.preparer(finance)
        self.officer = quality.client(given.OFFICER, sub="officer of the list")

    async def page(self) -> dict[str, Any]:
        """The last inspection on the public page."""
        found = ok(await self.public.get(f"/v1/public/kindergartens/{self.id}/standing"))["inspections"]
        return found[0] if found else {}

    async def money(self) -> dict[str, Any]:
        (found,) = ok(await self.payer.get("/v1/subsidy-standings", params={"kindergarten": self.id}))["items"]
        return dict(found)

    async def listed(self) -> set[str]:
        """The work lists on which the kindergarten stands."""
        lists = {
            "registrar": (self.registrar, "/v1/kindergarten-standings", {"vetoed": True}),
            "payer": (self.payer, "/v1/subsidy-standings", {"suspended": True}),
            "inspections": (self.officer, "/v1/annual-inspections", {"vetoed": True}),
            "commendations": (self.officer, "/v1/commendations", {"barred": True}),
        }
        answers = {name: ok(await who.get(path, params=asked)) for name, (who, path, asked) in lists.items()}
        return {name for name, found in answers.items() if found["items"]}

    async def timed(self, *, vetoed: bool) -> dict[str, float]:
        """Seconds from now until each of them shows it."""

        async def page() -> bool:
            return (await self.page()).get("vetoed") is vetoed

        async def money() -> bool:
            return (await self.money())["suspended"] is vetoed

        async def lists() -> bool:
            return len(await self.listed()) == (4 if vetoed else 0)

        places: dict[str, Callable[[], Awaitable[bool]]] = {"public page": page, "money": money, "work lists": lists}
        took = await asyncio.gather(*(seconds_until(each) for each in places.values()))
        return dict(zip(places, took, strict=True))


async def certified(finance: Service, kindergarten: str) -> None:
    """Ten children on this very day, as registry tells of a certified month."""
    rooms = [{"class_id": str(new_id()), "kind": "small", "children": 10, "last_year_children": 0, "child_days": 200}]
    data = {
        "kindergarten": kindergarten,
        "division": given.VILLAGE,
        "month": str(MONTH),
        "revision": 1,
        "open_days": 20,
    }
    data |= {"count_day": str(given.TODAY), "classes": rooms, "certified_by": "registrar", "hash": "h1"}
    await finance_given.told(finance, HEADCOUNT_CERTIFIED, data)


async def begun(registry: Service, finance: Service, quality: Service) -> tuple[Everybody, Office]:
    """A kindergarten that all three know, its inspection passed, a subsidy that asks for it, a nomination."""
    made = await register(registry, division=registry_given.VILLAGE)
    seen = Everybody(registry, finance, quality, made["id"])

    async def copied() -> bool:
        return all([await each.database.fetch("SELECT id FROM kindergartens") for each in (finance, quality)])

    await seconds_until(copied)
    await quota(finance, ("certified", "inspection"))
    await finance.database.fetch("UPDATE programmes SET types = '{private}'")
    await certified(finance, made["id"])
    nominated = {"kindergarten": made["id"], "year": given.YEAR, "title": "先进集体", "merits": "示例"}
    ok(await seen.officer.post("/v1/commendations", json=nominated), 201)
    inspection = await Office(quality, UUID(made["id"])).begin()
    assert (await inspection.decided()).result == "passed"

    async def passed() -> bool:
        return (await seen.page()).get("result") == "passed" and (await seen.money())["result"] == "passed"

    await seconds_until(passed)
    assert await seen.listed() == set()
    return seen, inspection


async def linked(seen: Everybody, inspection: Office, case: Desk) -> None:
    """The chain: the case names the fact, the inspection the fact and its reasons; the money and the public page the
    inspection's year, revision, reasons and document. Nobody else reads of the case.
    """
    vetoed, money, page = await inspection.now(), await seen.money(), await seen.page()
    assert [each.source for each in vetoed.facts] == [(await case.read(case.handler)).veto_source]
    assert (money["programmes"], money["since"]) == (["quota"], str(given.TODAY))
    for link in (money, page):
        assert (link["year"], link["revision"], link["document"]) == (vetoed.year, 2, vetoed.document)
        assert link["reasons"] == vetoed.reasons
    assert SECRET not in str((money, page, vetoed))


async def stopped(seen: Everybody, finance: Service, document: str) -> None:
    """The month's run pays nothing and says on what ground."""
    assert (await finance_given.approved(finance, str(MONTH)))["total"] == "0.00"
    (found,) = ok(await seen.payer.get("/v1/suspensions"))["items"]
    said = ok(await seen.payer.get(f"/v1/subsidy-lines/{found['line']}/explanation"))["sentences"]
    assert any("一票否决" in each and document in each for each in said)


async def paid_back(seen: Everybody, finance: Service) -> None:
    """The next run pays what was withheld; both lines of the month stay."""
    assert (await finance_given.approved(finance, str(NEXT)))["total"] == "7000.00"
    assert str(MONTH) not in [each["month"] for each in ok(await seen.payer.get("/v1/suspensions"))["items"]]
    lines = ok(await seen.payer.get("/v1/subsidy-lines", params={"kindergarten": seen.id}))["items"]
    assert sorted(each["amount"] for each in lines if each["month"] == str(MONTH)) == ["0.00", "7000.00"]


async def appealed(case: Desk) -> None:
    await case.done(case.handler, "members", members=["handler", "second leader"], note="申诉由他人办理")
    await case.done(case.handler, "appeals", note="不服处理决定")
    await case.done(case.second_leader, "appeal-decisions", upheld=True, document="复1号", note="证据不足")


def within(what: str, took: dict[str, float]) -> None:
    print(f"{what}:", {place: f"{each:.3f} s" for place, each in took.items()})  # noqa: T201  # the measurement
    assert max(took.values()) < MOST


async def test_a_veto_reaches_everything_in_two_seconds_and_an_upheld_appeal_restores_it_with_back_pay(
    registry: Service, finance: Service, quality: Service
):
    async with meshed(registry, finance, quality):
        seen, inspection = await begun(registry, finance, quality)
        decided = await inspection.now()
        case = await Desk(quality, UUID(seen.id)).reported()
        await case.decided()
        within("vetoed", await seen.timed(vetoed=True))
        assert await seen.listed() == {"registrar", "payer", "inspections", "commendations"}
        await linked(seen, inspection, case)
        await stopped(seen, finance, str(decided.document))

        await appealed(case)
        within("restored", await seen.timed(vetoed=False))
        page = await seen.page()
        assert (page["result"], page["revision"], page["effective_from"]) == ("passed", 3, str(decided.decided_on))
        await paid_back(seen, finance)

        # Nothing of what happened is lost.
        told = await finance.database.fetch("SELECT revision, result, vetoed FROM inspections ORDER BY revision")
        assert told == [(1, "passed", False), (2, "failed", True), (3, "passed", False)]
        assert [each.verb for each in (await inspection.now()).steps][-3:] == ["decide", "veto", "lift_veto"]
        assert [each.verb for each in (await case.read(case.handler)).steps][-2:] == ["appeal", "decide_appeal"]
