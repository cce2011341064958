"""The job that makes an allocation true: one transaction, done once, and exactly what was previewed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_allocations.actions import KIND, Outcome, outcome, publish_result
from services.registry.admission_allocations.queries import OFFERED, WISHING
from services.registry.admission_places.announcements import announce_places
from services.registry.admission_rounds.actions import move
from services.registry.admissions import publishing
from services.registry.admissions.models import AdmissionPlace, AdmissionRound, AdmissionSeats
from services.registry.admissions.refusals import AllocationDiffers
from shared.crypto import KeyRing
from shared.days import today
from shared.ids import new_id
from shared.jobs import Work, job
from shared.settings import settings
from shared.workdays import add_working_days

_columns = ", ".join(column.name for column in AdmissionPlace.__table__.columns)
# All in one statement: whether there are seats for them is counted once, not for each.
STORE = text(
    f"INSERT INTO admission_places ({_columns})"
    f" SELECT {_columns} FROM json_populate_recordset(NULL::admission_places, CAST(:rows AS json))"
)


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
    await session.execute(STORE, {"rows": to_json(rows).decode()})
    await announce_places(session, [row["id"] for row in rows if row["state"] == "offered"])
    publish_result(session, found, made)
    await move(session, found, "allocated")


@dataclass(frozen=True, slots=True)
class _Filing:
    """What the places of one allocation have in common."""

    round: UUID
    seats: Mapping[str, AdmissionSeats]
    filed: Mapping[str, Any]
    turns: Mapping[str, Mapping[str, int]]
    on: date
    answer_by: date

    def row(self, number: str, programme: str, state: str) -> dict[str, Any]:
        """The place of an application at a programme."""
        application, of, offered = self.filed[number], self.seats[programme], state == "offered"
        return {
            "id": new_id(),
            "round": self.round,
            "application": application.id,
            "child": application.child,
            "home_division": application.division,
            "seats_of": of.id,
            "kindergarten": of.kindergarten,
            "division": of.division,
            "kind": of.kind,
            "wish": application.wishes.index(of.id) + 1,
            "turn": self.turns[programme][number],
            "state": state,
            "offered_on": self.on if offered else None,
            "answer_by": self.answer_by if offered else None,
            "synthetic": application.synthetic,
            "version": 1,
        }


async def _places(session: AsyncSession, found: AdmissionRound, made: Outcome) -> Iterator[dict[str, Any]]:
    order = publishing.market(made.inputs, made.seed).order
    filing = _Filing(
        found.id,
        {str(each.id): each for each in await session.scalars(OFFERED, {"round": found.id})},
        {row.number: row for row in await session.execute(WISHING, {"round": found.id})},
        {programme: {number: turn for turn, number in enumerate(line, 1)} for programme, line in order.items()},
        today(),
        add_working_days(today(), found.answer_days),
    )
    return _rows(filing, made)


def _rows(filing: _Filing, made: Outcome) -> Iterator[dict[str, Any]]:
    for each in made.result["allocation"]:
        if each["programme"]:
            yield filing.row(each["number"], each["programme"], "offered")
    for line in made.result["waiting"]:
        for number in line["numbers"]:
            yield filing.row(number, line["programme"], "waiting")
