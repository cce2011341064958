"""The verbs of a site's case, and the merging of everything seen at one address."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.parameters.published import PARAMETERS
from services.safety.sites.models import Sighting, Site, Sweep
from services.safety.sites.rules import MACHINE, address_key, ladder
from services.safety.sites.schemas import (
    SightingIn,
    SiteClosing,
    SiteDisposal,
    SiteRecheck,
    SiteResettlement,
    SiteTransfer,
    SiteVerification,
    SweepIn,
)
from services.safety.steps.actions import admit, known_files, one_at_a_time, record
from services.safety.timers.actions import arm
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else


def receipt(day: date) -> str:
    """A number nobody can guess, short enough to be told on the telephone."""
    return f"JB{day:%Y%m%d}-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


async def record_sighting(session: AsyncSession, actor: Actor, new: SightingIn) -> UUID:
    """Record a suspected site; one that is open at the same address already gets one sighting more."""
    if (seen_on := new.seen_on or today()) > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/seen_on")
    values = new.model_dump(include={"kind", "division", "address", "name", "online", "children", "synthetic"})
    return await see(session, actor, values, new.source, new.described, seen_on, files=new.files)


async def see(
    session: AsyncSession,
    actor: Actor,
    values: dict[str, Any],
    source: str,
    described: str,
    seen_on: date,
    *,
    files: Sequence[UUID] = (),
    number: str | None = None,
) -> UUID:
    """Open a case or add to the one that is open; return the case."""
    key = address_key(values["address"])
    await one_at_a_time(session, f"site {values['kind']} {key}")
    query = select(Site).where(
        Site.address_key == key, Site.kind == values["kind"], Site.state.not_in(("closed", "unfounded"))
    )
    found = await session.scalar(query.with_for_update())
    if found is None:
        found = Site(
            **values,
            id=new_id(),
            state="reported",
            state_since=today(),
            address_key=key,
            operator="",
            resettled=0,
            found_on=seen_on,
            disposal="",
            department="",
            outcome="",
            rebounds=0,
            sightings=0,
        )
        session.add(found)
    found.sightings += 1
    found.children = max(found.children, values.get("children", 0)) if found.state == "reported" else found.children
    await session.flush()
    await known_files(session, found, files)
    session.add(
        Sighting(
            id=new_id(),
            site=found.id,
            division=found.division,
            receipt=number or receipt(today()),
            source=source,
            described=described,
            files=list(files),
            seen_on=seen_on,
        )
    )
    await _follow(session, actor, found, "see", files=files, source=source)
    return UUID(str(found.id))


def _place(new: SightingIn) -> tuple[str, str]:
    """The order in which sweeps that arrive together take addresses, so that none waits for another's."""
    return (new.kind.value, address_key(new.address))


async def record_sweep(session: AsyncSession, actor: Actor, new: SweepIn) -> UUID:
    """Record a search and what it found."""
    if new.swept_on > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/swept_on")
    sites = {await record_sighting(session, actor, each) for each in sorted(new.sightings, key=_place)}
    made = Sweep(
        **new.model_dump(exclude={"sightings"}),
        id=new_id(),
        swept_by=actor.name or actor.id,
        found=len(sites),
        recorded_by=actor.id,
    )
    session.add(made)
    await session.flush()
    data = {"found": len(sites), "swept_on": new.swept_on}
    await announce(session, "safety.sweep.recorded", f"sweeps/{made.id}", division=new.division, data=data)
    return UUID(str(made.id))


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Site:
    found = await session.scalar(select(Site).where(Site.id == id).with_for_update())
    if found is None:
        raise NotFound(what="site")
    admit(MACHINE, verb, found, actor)
    return found


async def _follow(
    session: AsyncSession,
    actor: Actor,
    site: Site,
    verb: str,
    *,
    to: str | None = None,
    note: str = "",
    files: Sequence[UUID] = (),
    **data: Any,
) -> None:
    if to:
        site.state, site.state_since = to, today()
    basis = MACHINE[verb].basis if verb in MACHINE else MACHINE["verify"].basis
    fact = {"kind": site.kind, "children": site.children, "resettled": site.resettled}
    await record(session, actor, "site", site, verb, basis, note=note, files=files, data=data, fact=fact)
    await arm(session, "site", site, ladder(PARAMETERS, site, site.state_since))


async def verify_site(session: AsyncSession, actor: Actor, id: UUID, asked: SiteVerification) -> None:
    """Somebody went there: it is so, or it is not."""
    site = await _held(session, actor, id, "verify")
    site.verified_by = actor.id
    site.operator = asked.operator or site.operator
    if asked.children is not None:
        site.children = asked.children
    state = "confirmed" if asked.confirmed else "unfounded"
    await _follow(session, actor, site, "verify", to=state, note=asked.note, files=asked.files, found=asked.confirmed)


async def order_stop(session: AsyncSession, actor: Actor, id: UUID, asked: SiteDisposal) -> None:
    """Order it to stop."""
    await _dispose(session, actor, id, "order", "ordered", asked)


async def divert_site(session: AsyncSession, actor: Actor, id: UUID, asked: SiteDisposal) -> None:
    """Lead it to a licence."""
    await _dispose(session, actor, id, "divert", "diverted", asked)


async def ban_site(session: AsyncSession, actor: Actor, id: UUID, asked: SiteDisposal) -> None:
    """Ban it."""
    await _dispose(session, actor, id, "ban", "banned", asked)


async def _dispose(session: AsyncSession, actor: Actor, id: UUID, verb: str, state: str, asked: SiteDisposal) -> None:
    site = await _held(session, actor, id, verb)
    site.disposal = asked.document or site.disposal
    await _follow(session, actor, site, verb, to=state, note=asked.note, files=asked.files, document=asked.document)


async def transfer_site(session: AsyncSession, actor: Actor, id: UUID, asked: SiteTransfer) -> None:
    """Hand it to the competent department."""
    site = await _held(session, actor, id, "transfer")
    site.department, site.disposal = asked.department, asked.document or site.disposal
    await _follow(
        session, actor, site, "transfer", to="transferred", note=asked.note, department=asked.department,
        document=asked.document,
    )  # fmt: skip


async def resettle_children(session: AsyncSession, actor: Actor, id: UUID, asked: SiteResettlement) -> None:
    """So many children go elsewhere."""
    site = await _held(session, actor, id, "resettle")
    if site.resettled + asked.children > site.children:
        raise InvalidInput(
            reason_zh=f"待安置仅 {site.children - site.resettled} 人。",
            reason_en=f"only {site.children - site.resettled} are to be resettled.",
            pointer="/children",
        )
    site.resettled += asked.children
    data: dict[str, Any] = {"children": asked.children, "destination": asked.destination}
    await _follow(session, actor, site, "resettle", note=asked.note, **data)


async def close_site(session: AsyncSession, actor: Actor, id: UUID, asked: SiteClosing) -> None:
    """It is over, says another than who verified it; it will be visited again."""
    site = await _held(session, actor, id, "close")
    site.outcome = asked.outcome
    await _follow(session, actor, site, "close", to="closed", note=asked.note, files=asked.files, outcome=asked.outcome)


async def recheck_site(session: AsyncSession, actor: Actor, id: UUID, asked: SiteRecheck) -> None:
    """Somebody went again: still over, or it is back."""
    site = await _held(session, actor, id, "recheck")
    if not asked.rebound:
        await record(
            session, actor, "site", site, "recheck", MACHINE["recheck"].basis, note=asked.note, files=asked.files,
            data={"rebound": False},
        )  # fmt: skip
        return
    site.rebounds, site.children, site.resettled, site.outcome = site.rebounds + 1, asked.children, 0, ""
    site.verified_by = actor.id
    await _follow(session, actor, site, "recheck", to="confirmed", note=asked.note, files=asked.files, rebound=True)
