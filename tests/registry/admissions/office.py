"""A district that admits children: kindergartens with free seats, families, and the requests of a round."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx

from services.registry import jobs as kinds_of_jobs
from services.registry.admission_allocations.schemas import AdmissionAllocationPlan, AdmissionAllocationStarted
from services.registry.ages.rules import birth_window
from shared.jobs import JobOut, perform
from tests.registry import given
from tests.stack import Service

YEAR = given.SCHOOL_YEAR + 1
REGISTRAR = ("registrar", given.DISTRICT)
DAY = timedelta(1)
CONSENT = {"consent": True}
SOLDIER = [{"criterion": "soldier_child"}]


def born(age: int = 3) -> date:
    """A birth date of a child of that age at the cut-off of the year it applies for."""
    return birth_window(YEAR, age, age)[0]


@dataclass
class Office:
    """One round with its kindergartens; `seats` are the ids families wish for, by kindergarten."""

    registry: Service
    client: httpx.AsyncClient
    round: str = ""
    gardens: list[UUID] = field(default_factory=list)
    rooms: dict[UUID, UUID] = field(default_factory=dict)
    seats: dict[UUID, str] = field(default_factory=dict)

    @classmethod
    async def preparing(cls, registry: Service, *seats: int, kind: str = "small", **fields: Any) -> "Office":
        """A round being prepared, with a kindergarten for each number of seats."""
        made = cls(registry, registry.client(REGISTRAR, sub="registrar"))
        made.round = (await made.ok("/v1/admission-rounds", new_round(**fields)))["id"]
        for number in seats:
            await made.garden(number, kind)
        return made

    @classmethod
    async def open(cls, registry: Service, *seats: int, **fields: Any) -> "Office":
        """A round that takes applications today."""
        made = await cls.preparing(registry, *seats, **fields)
        await made.ok(f"/v1/admission-rounds/{made.round}/openings")
        return made

    async def garden(self, seats: int, kind: str = "small", **fields: Any) -> UUID:
        """A kindergarten with a class of that many seats, all of them offered."""
        garden = await given.kindergarten(self.registry, **fields)
        room = await given.class_(self.registry, garden, kind=kind, year=YEAR, standard_size=seats, hard_limit=seats)
        self.gardens.append(garden)
        self.rooms[garden] = room
        self.seats[garden] = (await self.set_seats(garden, seats, kind)).json()["id"]
        return garden

    async def set_seats(
        self, garden: UUID, seats: int, kind: str = "small", catchment: Sequence[str] = ()
    ) -> httpx.Response:
        address = f"/v1/admission-rounds/{self.round}/seats/{garden}/{kind}"
        return await self.client.put(address, json={"seats": seats, "catchment": list(catchment)})

    async def ok(self, address: str, body: Any = None, code: int = 201) -> Any:
        """Post, and expect that it was done."""
        answer = await self.client.post(address, json=body)
        assert answer.status_code == code, answer.text
        return answer.json()

    async def get(self, address: str) -> Any:
        answer = await self.client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def family(self, *, residence: str = given.VILLAGE, age: int = 3, **fields: Any) -> tuple[UUID, str]:
        """A child and its guardian."""
        child = await given.child(self.registry, birth=born(age), residence=residence, **fields)
        guardian = {"name": "演示家长", "relation": "52", "phone": "13800000000"}
        return child, (await self.ok(f"/v1/children/{child}/guardians", guardian))["id"]

    def application(self, family: tuple[UUID, str], *gardens: UUID, **fields: Any) -> dict[str, Any]:
        child, guardian = family
        wishes = [self.seats[garden] for garden in gardens]
        said = {"round": self.round, "child": str(child), "guardian": guardian, "wishes": wishes}
        return said | CONSENT | fields

    async def applied(self, *gardens: UUID, residence: str = given.VILLAGE, **fields: Any) -> dict[str, Any]:
        """A fresh family's application, filed."""
        family = await self.family(residence=residence)
        made: dict[str, Any] = await self.ok("/v1/admission-applications", self.application(family, *gardens, **fields))
        return made

    async def pass_time(self) -> None:
        """The last day of applications was yesterday."""
        yesterday = given.TODAY - DAY
        statement = "UPDATE admission_rounds SET opens_on = %s, closes_on = %s WHERE id = %s"
        await self.registry.database.fetch(statement, yesterday - DAY * 30, yesterday, self.round)

    async def close(self) -> None:
        await self.pass_time()
        await self.ok(f"/v1/admission-rounds/{self.round}/closings")

    async def preview(self) -> AdmissionAllocationPlan:
        address = f"/v1/admission-rounds/{self.round}/allocations"
        answer = await self.client.post(address, json={}, params={"preview": True})
        assert answer.status_code == 200, answer.text
        return AdmissionAllocationPlan.model_validate_json(answer.content)

    async def allocate(self) -> JobOut:
        """Close the round and make the allocation come true."""
        await self.close()
        token = (await self.preview()).token
        said = await self.ok(f"/v1/admission-rounds/{self.round}/allocations", {"token": token}, 202)
        return await self.done(str(AdmissionAllocationStarted.model_validate(said).job))

    async def done(self, job: str) -> JobOut:
        assert kinds_of_jobs  # the worker knows them by this import
        await perform(self.registry.app.state.database, UUID(job))
        found = JobOut.model_validate(await self.get(f"/v1/jobs/{job}"))
        assert found.status == "succeeded", found
        return found

    async def settle(self) -> None:
        """Run the jobs that wait, as the worker does."""
        queued = "SELECT id FROM jobs WHERE status = 'queued' ORDER BY created_at"
        for (job,) in await self.registry.database.fetch(queued):
            await self.done(str(job))

    async def wishes(self, application: dict[str, Any]) -> list[tuple[int, str | None]]:
        """Each wish of an application and what came of it."""
        found = await self.get(f"/v1/admission-applications/{application['id']}")
        return [(each["wish"], each["state"]) for each in found["wishes"]]

    async def place(self, application: dict[str, Any], garden: UUID) -> str:
        """The place of an application at a kindergarten."""
        found = await self.get(f"/v1/admission-applications/{application['id']}")
        return str(next(each["place"] for each in found["wishes"] if each["kindergarten"] == str(garden)))


def new_round(**fields: Any) -> dict[str, Any]:
    """The smallest body with which a round is planned: it takes applications for a week around today."""
    return {
        "division": given.DISTRICT,
        "school_year": YEAR,
        "name": "秋季招生(演示)",
        "opens_on": str(given.TODAY - DAY * 3),
        "closes_on": str(given.TODAY + DAY * 3),
        "answer_days": 5,
        "synthetic": True,
    } | fields


async def ranked(office: Office, *gardens: UUID, first: bool = False, **fields: Any) -> dict[str, Any]:
    """An application; `first` stands before all that are not."""
    made = await office.applied(*gardens, **fields, declarations=SOLDIER if first else [])
    for each in made["declarations"]:
        await office.ok(
            f"/v1/admission-applications/{made['id']}/declarations/{each['id']}/checks", {"confirmed": True}
        )
    return made


async def states(office: Office) -> Counter[str]:
    rows = await office.registry.database.fetch("SELECT state, count(*) FROM admission_places GROUP BY 1")
    return Counter(dict(rows))
