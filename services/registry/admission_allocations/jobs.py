"""The job that makes an allocation true: one transaction, done once, and exactly what was previewed."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_allocations.actions import KIND, Outcome, outcome, publish_result
from services.registry.admission_allocations.queries import OFFERED, WISHING
from services.registry.admission_places.announcements import announce_places
from services.registry.admission_rounds.actions import move
from services.registry.admissions import publishing
from services.registry.admissions.models import AdmissionPlace, AdmissionRound
from services.registry.admissions.refusals import AllocationDiffers
from services.registry.days import today
from shared.crypto import KeyRing
from shared.ids import new_id
from shared.jobs import Work, job
from shared.settings import settings
from shared.workdays import add_working_days

BATCH = 5000


@job(KIND)
async def allocate_round(work: Work) -> Mapping[str, Any]:
    """Publish the result, reveal the seed, offer the places; a round that is allocated already stays as it is."""
    keys = KeyRing.parse(settings().field_keys.get_secret_value())
    async with work.step(1, 1) as session:
        query = (
            select(AdmissionRound)
            .where(AdmissionRound.id == UUID(work.arguments["round"]))
            .with_for_update(key_share=True)
        )
        found = (await session.scalars(query)).one()
        if found.state == "closed":
            await _allocate(session, keys, found, work.arguments["expected"])
        return {"result_hash": found.result_hash, "state": found.state}


async def _allocate(session: AsyncSession, keys: KeyRing, found: AdmissionRound, expected: str) -> None:
    made = await outcome(session, keys, found.id)
    if made.hash != expected:
        raise AllocationDiffers
    rows = list(await _places(session, found, made))
    for start in range(0, len(rows), BATCH):
        await session.execute(insert(AdmissionPlace), rows[start : start + BATCH])
    await announce_places(session, [row["id"] for row in rows if row["state"] == "offered"])
    publish_result(session, found, made)
    await move(session, found, "allocated")


async def _places(session: AsyncSession, found: AdmissionRound, made: Outcome) -> Iterator[dict[str, Any]]:
    seats = {str(each.id): each for each in await session.scalars(OFFERED, {"round": found.id})}
    filed = {row.number: row for row in await session.execute(WISHING, {"round": found.id})}
    offered = today()
    deadline = add_working_days(offered, found.answer_days)
    order = publishing.market(made.inputs, made.seed).order
    turns = {programme: {number: turn for turn, number in enumerate(line, 1)} for programme, line in order.items()}

    def row(number: str, programme: str, state: str) -> dict[str, Any]:
        application, of = filed[number], seats[programme]
        given = {"offered_on": offered, "answer_by": deadline} if state == "offered" else {}
        return {
            "id": new_id(),
            "round": found.id,
            "application": application.id,
            "child": application.child,
            "home_division": application.division,
            "seats_of": of.id,
            "kindergarten": of.kindergarten,
            "division": of.division,
            "kind": of.kind,
            "wish": [str(each) for each in application.wishes].index(programme) + 1,
            "turn": turns[programme][number],
            "state": state,
            "offered_on": None,
            "answer_by": None,
            "synthetic": application.synthetic,
        } | given

    def rows() -> Iterator[dict[str, Any]]:
        for each in made.result["allocation"]:
            if each["programme"]:
                yield row(each["number"], each["programme"], "offered")
        for line in made.result["waiting"]:
            for number in line["numbers"]:
                yield row(number, line["programme"], "waiting")

    return rows()
