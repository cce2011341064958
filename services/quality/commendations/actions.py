"""Nominating, publicising and awarding, with the record of the year asked at each step."""

from types import SimpleNamespace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.commendations.models import Commendation
from services.quality.commendations.queries import STANDS_BARRED
from services.quality.commendations.rules import MACHINE
from services.quality.commendations.schemas import CommendationNew
from services.quality.kindergartens.models import Kindergarten
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.steps.actions import admit, locked, record
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.workdays import add_working_days


async def nominate(session: AsyncSession, actor: Actor, new: CommendationNew) -> UUID:
    """Raises NotFound, nominated_once_a_year. Whether the record bars it is asked when it is publicised."""
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    made = Commendation(
        id=new_id(), division=place.division, state="nominated", nominated_by=actor.id, nominated_on=today()
    )
    made.kindergarten, made.year, made.title, made.merits = place.id, new.year, new.title, new.merits
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.commendation.nominated",
        f"commendations/{made.id}",
        division=place.division,
        kindergarten=place.id,
        data={"year": made.year, "title": made.title, "state": made.state},
    )
    return made.id


async def move(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str) -> None:
    """Publicise, award, refuse or revoke. Raises CommendationBarred, PublicityRuns, AnotherPersonNeeded."""
    found = await locked(session, Commendation, id, MACHINE[verb].permission, "commendation")
    barred = bool(await session.scalar(STANDS_BARRED, {"id": id}))
    standing = {name: getattr(found, name) for name in ("state", "nominated_by", "publicised_by", "publicity_until")}
    admit(MACHINE, verb, SimpleNamespace(**standing, barred=barred), actor)
    if verb == "publicise":
        days = number(PARAMETERS, "commendation_publicity_days", today())
        found.publicised_by, found.publicity_until = actor.id, add_working_days(today(), days)
    else:
        found.decided_by, found.decided_on = actor.id, today()
    found.state = {"publicise": "publicised", "award": "awarded", "refuse": "refused", "revoke": "revoked"}[verb]
    await record(session, actor, "commendation", found, verb, MACHINE[verb], note=note)
