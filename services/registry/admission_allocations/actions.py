"""Closing a round and allocating its places: the inputs are published first, what they give follows from them alone."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_allocations.queries import OFFERED, WISHING
from services.registry.admission_allocations.schemas import (
    AdmissionAllocationNew,
    AdmissionAllocationPlan,
    AdmissionAllocationProgramme,
    AdmissionAllocationStarted,
)
from services.registry.admission_rounds.actions import acting, move
from services.registry.admissions import publishing
from services.registry.admissions.models import AdmissionPublication, AdmissionRound, AdmissionSeats, AdmissionSeed
from services.registry.admissions.priorities import Applicant, Place
from services.registry.admissions.published import BY_NAME
from services.registry.admissions.refusals import AllocationDiffers, AllocationNeedsPreview
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.jobs import enqueue

KIND = "registry.admission_allocation"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a closed round gives: its published inputs, the seed, the result document and the digest of it."""

    inputs: Mapping[str, Any]
    inputs_hash: str
    seed: str
    result: Mapping[str, Any]
    text: str
    hash: str


async def close_round(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Take no more applications, and publish what the places will be allocated from. Raises what is against it."""
    found = await acting(session, actor, id, "close")
    document = await asyncio.to_thread(publishing.inputs, *await _read(session, found))
    text = publishing.spelt(document)
    found.inputs_hash = publishing.digest(text)
    session.add(_publication(found, "inputs", text, found.inputs_hash))
    await move(session, found, "closed")


async def preview(session: AsyncSession, keys: KeyRing, actor: Actor, id: UUID) -> AdmissionAllocationPlan:
    """What the allocation gives. Nobody can change it any more: inputs and seed are bound by what is published."""
    await acting(session, actor, id, "allocate")
    return _shown(id, await outcome(session, keys, id))


async def start(
    session: AsyncSession, keys: KeyRing, actor: Actor, id: UUID, new: AdmissionAllocationNew
) -> AdmissionAllocationStarted:
    """Enqueue what was previewed. Raises AllocationNeedsPreview, AllocationDiffers and what is against it."""
    found = await acting(session, actor, id, "allocate")
    if new.token is None:
        raise AllocationNeedsPreview(pointer="/token")
    made = await outcome(session, keys, id)
    if new.token != made.hash:
        raise AllocationDiffers(pointer="/token")
    job = await enqueue(session, actor, KIND, {"round": str(id), "expected": made.hash}, division=found.division)
    return AdmissionAllocationStarted(job=job, result_hash=made.hash)


async def outcome(session: AsyncSession, keys: KeyRing, id: UUID) -> Outcome:
    """What follows from the published inputs and the sealed seed; some seconds of work, not on the event loop."""
    published = await session.get_one(AdmissionPublication, (id, "inputs"))
    sealed = await session.get_one(AdmissionSeed, id)
    seed = keys.decrypt(sealed.sealed, id.bytes)
    return await asyncio.to_thread(_outcome, published.document, published.hash, seed)


def publish_result(session: AsyncSession, found: AdmissionRound, made: Outcome) -> None:
    """Publish the result and reveal the seed."""
    session.add(_publication(found, "result", made.text, made.hash))
    found.result_hash, found.seed = made.hash, made.seed


def _outcome(text: str, inputs_hash: str, seed: str) -> Outcome:
    document = json.loads(text)
    result = publishing.result(document, inputs_hash, seed)
    spelt = publishing.spelt(result)
    return Outcome(document, inputs_hash, seed, result, spelt, publishing.digest(spelt))


def _publication(found: AdmissionRound, kind: str, text: str, digest: str) -> AdmissionPublication:
    return AdmissionPublication(round=found.id, kind=kind, division=found.division, document=text, hash=digest)


async def _read(session: AsyncSession, found: AdmissionRound) -> tuple[Any, ...]:
    """The parameters of `publishing.inputs`."""
    about = {
        "round": str(found.id),
        "school_year": found.school_year,
        "stage": found.stage,
        "seed_commitment": found.seed_commitment,
    }
    seats = list(await session.scalars(OFFERED, {"round": found.id}))
    rows = await session.execute(WISHING, {"round": found.id})
    wishing = [
        publishing.Wishing(
            row.number,
            Applicant(row.division, frozenset((code, at) for code, at in row.declared)),
            [str(wish) for wish in row.wishes],
            row.bands,
        )
        for row in rows
    ]
    return about, BY_NAME[found.priorities], [_offered(each) for each in seats], wishing


def _offered(seats: AdmissionSeats) -> publishing.Offered:
    place = Place(str(seats.kindergarten), seats.type, tuple(seats.catchment))
    return publishing.Offered(str(seats.id), seats.kind, seats.kindergarten_name, seats.seats, place)


def _shown(id: UUID, made: Outcome) -> AdmissionAllocationPlan:
    wishes = {each["number"]: each["wishes"] for each in made.inputs["applications"]}
    got = {each["number"]: each["programme"] for each in made.result["allocation"]}
    placed = Counter(each for each in got.values() if each)
    wished = Counter(each for listed in wishes.values() for each in listed)
    first = Counter(listed[0] for listed in wishes.values())
    waiting = {each["programme"]: len(each["numbers"]) for each in made.result["waiting"]}
    by_wish = Counter(wishes[number].index(each) for number, each in got.items() if each)
    return AdmissionAllocationPlan(
        round=id,
        inputs_hash=made.inputs_hash,
        result_hash=made.hash,
        applications=len(got),
        placed=placed.total(),
        unplaced=len(got) - placed.total(),
        by_wish=[by_wish[place] for place in range(max(by_wish, default=-1) + 1)],
        programmes=[
            AdmissionAllocationProgramme(
                seats_of=each["id"],
                kindergarten=each["kindergarten"],
                kindergarten_name=each["kindergarten_name"],
                kind=each["kind"],
                seats=each["seats"],
                wished=wished[each["id"]],
                wished_first=first[each["id"]],
                placed=placed[each["id"]],
                waiting=waiting[each["id"]],
            )
            for each in made.inputs["programmes"]
        ],
        token=made.hash,
    )
