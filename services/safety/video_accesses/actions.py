"""The verbs of a request to see video. Each viewing is also an entry of the access log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.protections.models import CameraPoint
from services.safety.steps.actions import admit, record
from services.safety.timers.actions import arm
from services.safety.video_accesses.models import VideoAccess
from services.safety.video_accesses.rules import MACHINE, WATCH, ladder
from services.safety.video_accesses.schemas import (
    VideoAccessNew,
    VideoCopying,
    VideoDecision,
    VideoHandOver,
    VideoViewing,
)
from shared.auth import Actor
from shared.days import BEIJING, now, today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.ids import new_id
from shared.machine import AnotherPersonNeeded
from shared.platform.tables import AccessLog

MORNING, EVENING = 6, 20  # outside, nobody of the kindergarten is on duty


class CameraUnknown(DomainError):
    zh = "该园没有点位 {code}。"
    en = "The kindergarten has no camera {code}."


async def request_video(session: AsyncSession, actor: Actor, new: VideoAccessNew) -> UUID:
    """Record a request. Raises NotFound, CameraUnknown."""
    place = await session.get(Kindergarten, new.kindergarten)
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    _ordered(new.span_from, new.span_until, "/span_until")
    known = set(await session.scalars(select(CameraPoint.code).where(CameraPoint.kindergarten == new.kindergarten)))
    for each in new.cameras:
        if each not in known:
            raise CameraUnknown(code=each, pointer="/cameras")
    made = VideoAccess(
        **new.model_dump(),
        id=new_id(),
        division=place.division,
        state="requested",
        state_since=today(),
        requested_by=actor.id,
        medium="",
        medium_sha256="",
        witness="",
        receiver="",
    )
    session.add(made)
    await session.flush()
    await record(session, actor, "video_access", made, "request", WATCH, note=new.reason, files=new.files)
    return UUID(str(made.id))


def _ordered(first: datetime, last: datetime, pointer: str) -> None:
    if not first < last <= now():
        raise InvalidInput(
            reason_zh="应晚于起始时刻,且不晚于现在。",
            reason_en="it must be after the beginning and not in the future.",
            pointer=pointer,
        )


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> VideoAccess:
    found = await session.scalar(select(VideoAccess).where(VideoAccess.id == id).with_for_update())
    if found is None:
        raise NotFound(what="video access")
    admit(MACHINE, verb, found, actor)
    return found


async def _follow(
    session: AsyncSession,
    actor: Actor,
    found: VideoAccess,
    verb: str,
    to: str,
    *,
    note: str = "",
    files: Sequence[UUID] = (),
    data: dict[str, Any] | None = None,
) -> None:
    found.state, found.state_since = to, today()
    await record(
        session, actor, "video_access", found, verb, MACHINE[verb].basis, note=note, files=files, data=data,
        fact={"mode": found.mode},
    )  # fmt: skip
    await arm(session, "video_access", found, ladder(PARAMETERS, found, found.state_since))


async def approve_video(session: AsyncSession, actor: Actor, id: UUID, asked: VideoDecision) -> None:
    """The principal approves."""
    found = await _held(session, actor, id, "approve")
    found.approved_by = actor.id
    await _follow(session, actor, found, "approve", "approved", note=asked.note)


async def refuse_video(session: AsyncSession, actor: Actor, id: UUID, asked: VideoDecision) -> None:
    """The principal refuses, with the reason."""
    found = await _held(session, actor, id, "refuse")
    await _follow(session, actor, found, "refuse", "refused", note=asked.note)


async def record_viewing(session: AsyncSession, actor: Actor, id: UUID, asked: VideoViewing) -> None:
    """Somebody looked: who, from when to when."""
    found = await _held(session, actor, id, "view")
    _ordered(asked.started_at, asked.ended_at, "/ended_at")
    found.viewings += 1
    begun = asked.started_at.astimezone(BEIJING)
    found.at_night = found.at_night or not MORNING <= begun.hour < EVENING
    await _log(session, actor, found, "view")
    data = {"viewers": asked.viewers, "started_at": asked.started_at, "ended_at": asked.ended_at}
    await _follow(session, actor, found, "view", "viewed", note=asked.note, data=data)


async def record_copying(session: AsyncSession, actor: Actor, id: UUID, asked: VideoCopying) -> None:
    """A copy was made before a second person. Raises AnotherPersonNeeded."""
    found = await _held(session, actor, id, "copy")
    if asked.witness in (actor.id, actor.name):
        raise AnotherPersonNeeded(verb="见证", pointer="/witness")
    if asked.return_by < today():
        raise InvalidInput(reason_zh="不能早于今天。", reason_en="it cannot be before today.", pointer="/return_by")
    found.medium, found.medium_sha256, found.witness = asked.medium, asked.sha256, asked.witness
    found.copied_by, found.return_by = actor.id, asked.return_by
    await _log(session, actor, found, "copy")
    data = {"medium": asked.medium, "sha256": asked.sha256, "witness": asked.witness}
    await _follow(session, actor, found, "copy", "copied", note=asked.note, data=data)


async def hand_over_video(session: AsyncSession, actor: Actor, id: UUID, asked: VideoHandOver) -> None:
    """The medium goes to its receiver, who promised confidentiality."""
    found = await _held(session, actor, id, "hand_over")
    found.receiver = asked.receiver
    files = [asked.signature] if asked.signature else []
    await _follow(
        session, actor, found, "hand_over", "handed_over", note=asked.note, files=files,
        data={"receiver": asked.receiver, "confidentiality": True},
    )  # fmt: skip


async def destroy_video(session: AsyncSession, actor: Actor, id: UUID, asked: VideoDecision) -> None:
    """The medium came back and was destroyed."""
    found = await _held(session, actor, id, "destroy")
    found.destroyed_on = today()
    await _follow(session, actor, found, "destroy", "destroyed", note=asked.note)


async def close_video(session: AsyncSession, actor: Actor, id: UUID, asked: VideoDecision) -> None:
    """The request is done."""
    found = await _held(session, actor, id, "close")
    await _follow(session, actor, found, "close", "closed", note=asked.note)


async def _log(session: AsyncSession, actor: Actor, found: VideoAccess, what: str) -> None:
    await session.execute(
        insert(AccessLog).values(
            id=new_id(),
            actor=actor.id,
            purpose=found.reason,
            subject=f"video_accesses/{found.id}",
            fields=[what, *found.cameras],
            division=found.division,
            kindergarten=found.kindergarten,
        )
    )
