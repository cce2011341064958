"""A district at the end of a school year, and the requests that end it."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import httpx

from services.registry.ages.rules import birth_window
from services.registry.classes.codes import ClassKind
from services.registry.roll_overs import rules
from services.registry.roll_overs.schemas import RollOverPlan, RollOverStarted
from shared.jobs import JobOut, perform
from tests.registry import given
from tests.stack import Service

YEAR = given.SCHOOL_YEAR
ON = date(YEAR + 1, 9, 1)
REGISTRAR = ("registrar", given.DISTRICT)
AGES = {"nursery": 2, "small": 3, "middle": 4, "large": 5}


def born(age: int) -> date:
    """A birth date of a child of that age at the cut-off of the year that ends."""
    return birth_window(YEAR, age, age)[0]


async def classes(registry: Service, kindergarten: UUID, **sizes: int) -> dict[str, UUID]:
    """One class of each kind named, with that many children of its age."""
    made = {}
    for kind, size in sizes.items():
        name = f"{rules.FIRST_CHARACTERS[_kind(kind)]}一班"
        made[kind] = await given.class_(registry, kindergarten, kind=kind, name=name)
        await given.pupils(registry, made[kind], size, birth=born(AGES.get(kind, 3)))
    return made


def _kind(value: str) -> ClassKind:
    return next(each for each in ClassKind if each.value == value)


async def preview(client: httpx.AsyncClient, **more: Any) -> RollOverPlan:
    answer = await client.post("/v1/roll-overs", json={"school_year": YEAR} | more, params={"preview": True})
    assert answer.status_code == 200, answer.text
    return RollOverPlan.model_validate_json(answer.content)


async def start(client: httpx.AsyncClient, plan: RollOverPlan, **more: Any) -> httpx.Response:
    return await client.post("/v1/roll-overs", json={"school_year": YEAR, "token": plan.token} | more)


async def run(registry: Service, client: httpx.AsyncClient, answer: httpx.Response) -> JobOut:
    assert answer.status_code == 202, answer.text
    started = RollOverStarted.model_validate_json(answer.content)
    await perform(registry.app.state.database, started.job)
    return JobOut.model_validate_json((await client.get(f"/v1/jobs/{started.job}")).content)


async def rolls(registry: Service) -> Counter[tuple[Any, ...]]:
    """How many enrolments there are, by class, period and reasons."""
    rows = await registry.database.fetch(
        "SELECT k.kindergarten, k.school_year, k.name, e.since, e.until, e.reason_in, e.reason_out"
        " FROM enrolments e JOIN classes k ON k.id = e.class_id"
    )
    return Counter(rows)
