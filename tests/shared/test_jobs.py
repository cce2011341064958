"""Long work: queued with the request, done once, resumable, honest about failure."""

from typing import Any
from uuid import UUID

import pytest

from shared.jobs import JobOut, perform
from tests.stack import Service

OFFICER = ("registrar", "110116")


async def queued(specimen: Service, **how: int) -> UUID:
    answer = await specimen.client(OFFICER).post("/v1/specimens/counting", json=how)
    assert answer.status_code == 202, answer.text
    return UUID(answer.json()["id"])


async def state(specimen: Service, id: UUID) -> dict[str, Any]:
    answer = await specimen.client(OFFICER).get(f"/v1/jobs/{id}")
    return JobOut.model_validate_json(answer.content).model_dump()


async def stored(specimen: Service) -> list[str]:
    return [name for (name,) in await specimen.database.fetch("SELECT name FROM kindergartens ORDER BY name")]


async def test_the_queue_entry_is_part_of_the_request(specimen: Service):
    made = await queued(specimen)
    assert (await state(specimen, made))["status"] == "queued"
    waiting = await specimen.database.fetch("SELECT args->>'job_id', status::text FROM procrastinate_jobs")
    assert waiting == [(str(made), "todo")]


async def test_a_job_done_twice_takes_effect_once(specimen: Service):
    made = await queued(specimen)
    await perform(specimen.app.state.database, made)
    await perform(specimen.app.state.database, made)
    found = await state(specimen, made)
    assert (found["status"], found["done"], found["total"], found["result"]) == ("succeeded", 5, 5, {"stored": 5})
    assert await stored(specimen) == ["s0", "s1", "s2", "s3", "s4"]


async def test_a_job_whose_worker_died_goes_on_where_it_was(specimen: Service):
    made = await queued(specimen, die_at=3)
    with pytest.raises(ConnectionError):
        await perform(specimen.app.state.database, made)
    assert ((await state(specimen, made))["status"], await stored(specimen)) == ("running", ["s0", "s1", "s2"])
    await perform(specimen.app.state.database, made)
    assert ((await state(specimen, made))["status"], len(await stored(specimen))) == ("succeeded", 5)


async def test_a_job_that_is_refused_says_why(specimen: Service):
    made = await queued(specimen, refuse_at=2)
    await perform(specimen.app.state.database, made)
    found = await state(specimen, made)
    assert (found["status"], found["result"]["problem"]["code"]) == ("failed", "broken")


async def test_a_job_that_was_cancelled_stops_between_two_steps(specimen: Service):
    made = await queued(specimen)
    principal = specimen.client(("principal", "110116"))
    answer = await principal.post(f"/v1/jobs/{made}/cancellation")
    assert answer.status_code == 202, answer.text
    await perform(specimen.app.state.database, made)
    assert ((await state(specimen, made))["status"], await stored(specimen)) == ("cancelled", [])
    assert (await principal.post(f"/v1/jobs/{made}/cancellation")).json()["code"] == "job-has-ended"


async def test_a_job_works_in_the_scope_of_who_asked(specimen: Service):
    answer = await specimen.client(("town_officer", "110116103")).post("/v1/specimens/counting", json={})
    assert answer.status_code == 404  # the job itself belongs to the district


async def test_jobs_are_listed_in_scope(specimen: Service):
    made = await queued(specimen)
    listed = (await specimen.client(OFFICER).get("/v1/jobs", params={"status": "queued"})).json()["items"]
    assert [each["id"] for each in listed] == [str(made)]
    assert (await specimen.client(("town_officer", "110116103")).get("/v1/jobs")).json()["items"] == []
    assert (await specimen.client(("town_officer", "110116103")).get(f"/v1/jobs/{made}")).status_code == 404
