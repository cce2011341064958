"""The main job through the gateway: rolls go in, the plan's three targets come out, each within the caller's scope."""

import importlib
from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import httpx
import pytest
import pytest_asyncio

from shared.jobs import perform
from tests import stack
from tests.gateway.given import bearing, machine, person, sign_in
from tests.registry import given
from tests.registry.imports.running import no_process_stays, worker
from tests.registry.rolls import made as rolls
from tests.stack import Service

__all__ = ["no_process_stays", "worker"]  # fixtures of the imports, used here
NORTH, SOUTH = "110116102", "110116103"


@pytest_asyncio.fixture(loop_scope="session")
async def platform(gateway: Service, registry: Service) -> AsyncIterator[Service]:
    """The gateway with the registry behind it."""
    package = importlib.import_module("gateway.app")
    app = package.create_app(stack.settings_for(gateway.database), stack.KEYS, {"registry": registry.app})
    async with app.router.lifespan_context(app):
        made = Service(app, gateway.database)
        # What registry would read at the gateway's JWKS address.
        before, registry.app.state.verifier.keys = registry.app.state.verifier.keys, app.state.verifier.keys
        yield made
        registry.app.state.verifier.keys = before
        await made.close()


async def opened(registry: Service, town: str, type: str, name: str) -> list[rolls.Room]:
    """A kindergarten with a small, a middle and a large class."""
    owner = await given.kindergarten(registry, type=type, division=f"{town}001", name=name)
    code = (await registry.database.fetch("SELECT school_code FROM kindergartens WHERE id = %s", owner))[0][0]
    made = []
    for kind, age, zh in rolls.KINDS:
        room = await given.class_(registry, owner, kind=kind, name=f"{zh}一班", year=rolls.YEAR)
        turn = 0 if town == NORTH else 10  # so that no two rolls hold the same document
        made.append(rolls.Room(room, owner, name, code, f"{zh}一班", age, f"{town}001", turn))
    return made


async def population(registry: Service, town: str, children: int) -> None:
    for age in (3, 4, 5):
        await given.insert(
            registry,
            "populations",
            {
                "division": town,
                "counted_on": date(rolls.YEAR, 9, 1),
                "age": age,
                "basis": "resident",
                "children": children,
                "source": "演示",
                "synthetic": True,
            },
        )


async def signed_in(platform: Service, name: str, *grants: tuple[str, str]) -> httpx.AsyncClient:
    """Someone who signed in at the gateway and holds its token."""
    who = await person(platform, name, *grants)
    return bearing(platform, (await sign_in(platform.client(), who)).json()["access_token"])


async def import_roll(registry: Service, caller: httpx.AsyncClient, rows: list[dict[str, str]]) -> None:
    """Send it and let the job run."""
    sent = await caller.post(
        "/registry/v1/imports", files={"file": ("roll.csv", rolls.as_csv(rows))}, data={"mode": "commit"}
    )
    assert sent.status_code == 202, sent.text
    await perform(registry.app.state.database, UUID(sent.json()["job"]))
    done = (await caller.get(f"/registry/v1/imports/{sent.json()['id']}")).json()
    assert (done["state"], done["born"]) == ("stored", len(rows)), done


async def shares(caller: httpx.AsyncClient, division: str) -> dict[str, tuple[int, int] | int]:
    """Numerator and denominator of the three targets for a division, or the status of the refusal."""
    found: dict[str, tuple[int, int] | int] = {}
    for code in ("enrolment_rate_3y", "inclusive_coverage", "public_share"):
        address = f"/registry/v1/indicators/{code}/values"
        answer = await caller.get(address, params={"division": division, "as_of": f"{rolls.YEAR}-11-01"})
        value = answer.json()["items"][0] if answer.status_code == 200 else {}
        found[code] = (value["numerator"], value["denominator"]) if value else answer.status_code
    return found


@pytest.mark.usefixtures("worker")
async def test_rolls_go_in_and_the_three_targets_come_out_for_each_in_its_scope(
    platform: Service, registry: Service
) -> None:
    public = await opened(registry, NORTH, "public", "怀柔区北房演示幼儿园")
    private = await opened(registry, SOUTH, "private", "怀柔区杨宋演示幼儿园")
    await population(registry, NORTH, 30)
    await population(registry, SOUTH, 20)
    principal = await signed_in(platform, "yuan", ("principal", f"k:{public[0].kindergarten}"))
    officer = await signed_in(platform, "qu", ("registrar", "110116"))
    town = await signed_in(platform, "zhen", ("town_officer", NORTH))
    await import_roll(registry, principal, rolls.rows(public, 75, 25))
    await import_roll(registry, officer, rolls.rows(private, 50, 20))

    assert await shares(officer, "110116") == {
        "enrolment_rate_3y": (125, 150),
        "inclusive_coverage": (75, 125),
        "public_share": (75, 125),
    }
    assert await shares(town, NORTH) == {
        "enrolment_rate_3y": (75, 90),
        "inclusive_coverage": (75, 75),
        "public_share": (75, 75),
    }
    assert set((await shares(town, SOUTH)).values()) == {404}
    plan = (await officer.get("/registry/v1/plan", params={"as_of": f"{rolls.YEAR}-11-01"})).json()
    district = next(each for each in plan["target_sets"] if each["code"] == "district")["targets"]
    assert {each["indicator"]: (each["threshold"], each["figure"]["standing"]) for each in district} == {
        "enrolment_rate_3y": ("98.00", "missed"),
        "inclusive_coverage": ("90.00", "missed"),
        "public_share": ("50.00", "met"),
    }


async def test_the_same_requests_give_each_caller_exactly_its_scope(platform: Service, registry: Service) -> None:
    here = await opened(registry, NORTH, "public", "怀柔区北房演示幼儿园")
    there = await opened(registry, SOUTH, "public", "怀柔区杨宋演示幼儿园")
    for room in (*here, *there):
        await given.pupils(registry, room.id, 2)
    callers = {
        "district": await signed_in(platform, "qu", ("registrar", "110116")),
        "town": await signed_in(platform, "zhen", ("town_officer", NORTH)),
        "principal": await signed_in(platform, "yuan", ("principal", f"k:{there[0].kindergarten}")),
    }
    secret = await machine(platform, "zhengwu", "integration", SOUTH)
    form = {"grant_type": "client_credentials", "client_id": "zhengwu", "client_secret": secret}
    token = (await platform.client().post("/auth/v1/tokens", data=form)).json()["access_token"]
    callers["integration"] = bearing(platform, token)
    seen = {}
    for name, caller in callers.items():
        for concept in ("kindergartens", "classes", "children", "enrolments"):
            answer = await caller.get(f"/registry/v1/{concept}", params={"count": True})
            assert answer.status_code == 200, answer.text
            seen[name, concept] = answer.json()["total"]
    for name, gardens in {"district": 2, "town": 1, "principal": 1, "integration": 1}.items():
        assert [seen[name, each] for each in ("kindergartens", "classes", "children", "enrolments")] == [
            gardens,
            3 * gardens,
            6 * gardens,
            6 * gardens,
        ]
    elsewhere = f"/registry/v1/kindergartens/{there[0].kindergarten}"
    assert (await callers["town"].get(elsewhere)).status_code == 404
    assert (await callers["principal"].get(elsewhere)).status_code == 200
