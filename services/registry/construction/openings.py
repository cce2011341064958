"""A finished project becomes a kindergarten of the register, and the plan's project is opened with it."""

from types import SimpleNamespace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.added_places.actions import enter
from services.registry.added_places.codes import PlaceChannel
from services.registry.added_places.schemas import AddedPlacesNew
from services.registry.construction.actions import held, tell_the_plan
from services.registry.construction.rules import MACHINE
from services.registry.construction.schemas import ConstructionOpening
from services.registry.kindergartens.actions import register
from services.registry.kindergartens.codes import Status, Type
from services.registry.kindergartens.schemas import First, KindergartenNew
from services.registry.plans.codes import Stage
from services.registry.steps.actions import record
from shared.auth import Actor
from shared.days import today

TYPES = {"public": Type.PUBLIC, "entrusted": Type.INCLUSIVE_PRIVATE}


async def open_kindergarten(session: AsyncSession, actor: Actor, id: UUID, new: ConstructionOpening) -> None:
    """Register the kindergarten with the seats of the project and the type of the nature decided.

    One that operates at once has its seats entered in the book of places added.

    Raises NotFound, NotReadyToOpen and what the register refuses of a new kindergarten.
    """
    case = await held(session, actor, id, "open")
    since = new.since or today()
    first = First(
        status=new.status, type=TYPES[case.nature or ""], since=since, document=new.document, reason=f"{case.name}开园"
    )
    fields = new.model_dump(exclude={"status", "since", "document"})
    entry = KindergartenNew(**fields, licensed_seats=case.planned_seats, synthetic=case.synthetic, first=first)
    made = await register(session, actor, entry)
    case.state, case.kindergarten = "opened", made
    await session.flush()
    # The step belongs to the project's division, where the kindergarten may not be.
    opened = SimpleNamespace(id=case.id, division=case.division, kindergarten=None, state="opened")
    data = {"kindergarten": made, "document": new.document}
    await record(session, actor, "construction_project", opened, MACHINE, "open", data=data, fact={"id": id} | data)
    if new.status is Status.OPERATING and since <= today():
        channel = PlaceChannel.REBUILT if case.kind == "rebuilding" else PlaceChannel.NEW
        places = AddedPlacesNew(
            kindergarten=made,
            channel=channel,
            seats=case.planned_seats,
            added_on=since,
            project=id,
            document=new.document,
        )
        await enter(session, actor, places)
    await tell_the_plan(session, actor, case, Stage.OPENED, today(), new.document)
