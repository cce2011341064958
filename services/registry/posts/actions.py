"""Beginning, ending, changing and correcting posts. Each holds the person first, so that two hirings see each other.

Nothing is written in a kindergarten's register by another one: whoever sees both transfers in one step, otherwise
the former kindergarten ends its post and the new one appoints by document and name.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.classes.actions import differing, open_kindergarten
from services.registry.classes.models import Class
from services.registry.kindergartens.models import Kindergarten
from services.registry.parameters.published import PARAMETERS
from services.registry.posts.codes import PostEnd, PostRole
from services.registry.posts.models import Post
from services.registry.posts.queries import HOLD, STANDING
from services.registry.posts.refusals import REFUSED, PostHasEnded, SameKindergarten
from services.registry.posts.rulebook import RULES
from services.registry.posts.rules import Standing, refusal
from services.registry.posts.schemas import PostCorrection, PostEnding, PostNew, PostReassignment, PostTransfer
from services.registry.qualifications.actions import store_check
from services.registry.staff.actions import find_person
from services.registry.staff.models import Person
from shared.contracts.registry import POST_BEGAN, POST_CORRECTED, POST_ENDED, PostFact
from shared.crypto import KeyRing
from shared.errors import InvalidInput, NotFound
from shared.etags import check
from shared.events import announce_all, row
from shared.ids import new_id
from shared.tables import FOREVER

ROLES = {each.value: each for each in PostRole}
OPEN_END = {"until": FOREVER, "reason_out": None}


async def begin_post(session: AsyncSession, keys: KeyRing, new: PostNew) -> Post:
    """Appoint a person. Raises NotFound, KindergartenNotOpen, InvalidInput and the refusals of the rules."""
    place = await open_kindergarten(session, new.kindergarten, new.since)
    person = await _person(session, keys, new)
    await session.execute(HOLD, {"person": person})
    if new.background_check:
        await store_check(session, person, new.background_check, synthetic=place.synthetic)
    await _may_begin(session, person, new.role, new.since, hiring=True)
    values = new.model_dump(include={"full_time", "contract", "note", "since"})
    values |= {"role": new.role.value, "class_id": new.class_id, "employment": new.employment.value}
    values |= {"until": new.until or FOREVER, "reason_out": new.reason_out.value if new.reason_out else None}
    made = await _store(session, place, person, values)
    await _announce(session, (POST_BEGAN, made), *([(POST_ENDED, made)] if new.until else []))
    return made


async def end_post(session: AsyncSession, id: UUID, ending: PostEnding) -> None:
    """End a post on a day. Raises NotFound, PostHasEnded."""
    found = await _open(session, id)
    found.until, found.reason_out = ending.until, ending.reason.value
    found.note = ending.note or found.note
    await session.flush()
    await session.refresh(found)
    await _announce(session, (POST_ENDED, found))


async def reassign(session: AsyncSession, id: UUID, wish: PostReassignment) -> Post:
    """Change class, role or employment within the kindergarten. Raises NotFound, PostHasEnded and rule refusals."""
    found = await _open(session, id)
    place = await open_kindergarten(session, found.kindergarten, wish.on)
    sent = wish.model_dump(mode="json", exclude_unset=True, exclude={"on", "note"})
    kept = ("role", "class_id", "employment", "full_time", "contract")
    values = {name: getattr(found, name) for name in kept}
    values |= {name: value for name, value in sent.items() if value is not None or name == "class_id"}
    values |= {"class_id": wish.class_id if "class_id" in sent else found.class_id, "note": wish.note}
    await _may_begin(session, found.person, ROLES[values["role"]], wish.on, hiring=False)
    return await _go_on(session, found, place, wish.on, PostEnd.REASSIGNED, values)


async def transfer(session: AsyncSession, id: UUID, wish: PostTransfer) -> Post:
    """Let a person go on in another kindergarten. Raises NotFound, PostHasEnded, SameKindergarten, rule refusals."""
    found = await _open(session, id)
    if wish.kindergarten == found.kindergarten:
        raise SameKindergarten(pointer="/kindergarten")
    place = await open_kindergarten(session, wish.kindergarten, wish.on)
    if wish.background_check:
        await store_check(session, found.person, wish.background_check, synthetic=place.synthetic)
    await _may_begin(session, found.person, wish.role, wish.on, hiring=True)
    values = wish.model_dump(include={"full_time", "contract", "note"})
    values |= {"role": wish.role.value, "class_id": wish.class_id, "employment": wish.employment.value}
    return await _go_on(session, found, place, wish.on, PostEnd.TRANSFER, values)


async def correct_post(session: AsyncSession, id: UUID, version: int, correction: PostCorrection) -> None:
    """Correct what was recorded wrongly. Raises NotFound, VersionIsStale, InvalidInput and rule refusals."""
    found = await _held(session, id)
    sent: dict[str, Any] = correction.sent()
    if "until" in sent and sent["until"] is None:
        sent |= OPEN_END
    now = differing(found, sent)
    check(version, found.version, {name: None if value == FOREVER else value for name, value in now.items()})
    place = await session.get_one(Kindergarten, found.kindergarten)
    for name, value in sent.items():
        setattr(found, name, value)
    if (found.until == FOREVER) != (found.reason_out is None):
        raise InvalidInput(
            reason_zh="截止日期与离任原因须同时填写或同时清空。",
            reason_en="an end has a reason, and a reason an end.",
            pointer="/reason_out",
        )
    if "since" in now:
        await _may_begin(session, found.person, ROLES[found.role], found.since, hiring=True)
    if found.class_id:
        await _class(session, place, found.class_id)
    await session.flush()
    await session.refresh(found)
    if found.version != version:
        await _announce(session, (POST_CORRECTED, found))


async def _go_on(
    session: AsyncSession, found: Post, place: Kindergarten, on: date, reason: PostEnd, values: dict[str, Any]
) -> Post:
    found.until, found.reason_out = on, reason.value
    await session.flush()  # the old post ends before the new one begins: the constraint looks at once
    made = await _store(session, place, found.person, values | {"since": on} | OPEN_END)
    await session.refresh(found)
    await _announce(session, (POST_ENDED, found), (POST_BEGAN, made))
    return made


async def _store(session: AsyncSession, place: Kindergarten, person: UUID, values: dict[str, Any]) -> Post:
    if values["class_id"]:
        await _class(session, place, values["class_id"])
    made = Post(
        id=new_id(),
        person=person,
        kindergarten=place.id,
        division=place.division,
        synthetic=place.synthetic,
        version=1,
        **values,
    )
    session.add(made)
    await session.flush()
    return made


async def _may_begin(session: AsyncSession, person: UUID, role: PostRole, since: date, *, hiring: bool) -> None:
    standing = Standing.read((await session.execute(STANDING, {"person": person})).scalar_one())
    if forbids := refusal(RULES, PARAMETERS, role, standing, since, hiring=hiring):
        raise REFUSED[forbids.rule](forbids)


async def _person(session: AsyncSession, keys: KeyRing, new: PostNew) -> UUID:
    if new.identity:
        return await find_person(session, keys, new.identity)
    found: UUID | None = await session.scalar(select(Person.id).where(Person.id == new.person))
    if found is None:
        raise NotFound(what="person", pointer="/person")
    return found


async def _class(session: AsyncSession, place: Kindergarten, id: UUID) -> None:
    found = await session.get(Class, id)
    if found is None or found.kindergarten != place.id:
        raise NotFound(what="class", pointer="/class_id")


async def _held(session: AsyncSession, id: UUID) -> Post:
    """The post, read after its person is held."""
    whose = await session.scalar(select(Post.person).where(Post.id == id))
    if whose is None:
        raise NotFound(what="post")
    await session.execute(HOLD, {"person": whose})
    found = await session.get(Post, id)
    if found is None:
        raise NotFound(what="post")
    return found


async def _open(session: AsyncSession, id: UUID) -> Post:
    found = await _held(session, id)
    if found.until != FOREVER:
        raise PostHasEnded(until=found.until)
    return found


async def _announce(session: AsyncSession, *facts: tuple[str, Post]) -> None:
    await announce_all(session, [_fact(kind, found) for kind, found in facts])


def _fact(kind: str, found: Post) -> dict[str, Any]:
    plain = {name: getattr(found, name) for name in PostFact.model_fields}
    plain["until"] = None if found.until == FOREVER else found.until
    return row(
        kind,
        f"posts/{found.id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data=PostFact(**plain).model_dump(),
    )
