"""Trainings, who attends them, and certificates that can be checked."""

import secrets
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.talents.actions import stage_on
from services.quality.training.codes import TrainingLevel
from services.quality.training.models import TrainingPlace, TrainingSession
from services.quality.training.schemas import CertificateCheck, TrainingEnrolment, TrainingNew
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id

_check = text("SELECT title, on_day, hours FROM check_certificate(:number)")


class PostNotAddressed(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "该培训不面向此岗位。"
    en = "The training is not for this post."


class StageNotAddressed(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "该培训面向的阶梯不含此人所在阶段({stage})。"
    en = "The training is for other steps of the ladder than this person's ({stage})."


class TrainingNotYetHeld(DomainError):
    zh = "培训尚未举行({on})。"
    en = "The training is held on {on}."


class NotAttended(DomainError):
    zh = "未参加培训。"
    en = "The person did not attend."


async def offer_training(session: AsyncSession, actor: Actor, new: TrainingNew) -> UUID:
    """Raises NotFound: a kindergarten's own training is its own, the others are the district's."""
    division = min(actor.divisions, key=len, default="")
    if new.level == TrainingLevel.KINDERGARTEN:
        place = None
        if new.kindergarten:
            place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
        if place is None:
            raise NotFound(what="kindergarten", pointer="/kindergarten")
        division = place.division
    elif new.kindergarten is not None or not division:
        raise NotFound(what="division", pointer="/level")
    made = TrainingSession(id=new_id(), division=division, taken=0, **new.model_dump())
    session.add(made)
    await session.flush()
    data = {"level": made.level, "topic": made.topic, "on": made.on, "places": made.places}
    subject = f"trainings/{made.id}"
    await announce(
        session, "quality.training.offered", subject, division=division, kindergarten=made.kindergarten, data=data
    )
    return made.id


async def enrol(session: AsyncSession, id: UUID, staff: UUID, asked: TrainingEnrolment) -> None:
    """Take a place; handed in twice it is one.

    Raises NotFound, PostNotAddressed, StageNotAddressed, training_is_full.
    """
    training = await session.scalar(select(TrainingSession).where(TrainingSession.id == id))
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == asked.kindergarten))
    if training is None or place is None:
        raise NotFound(what="training" if training is None else "kindergarten")
    if asked.post not in training.posts:
        raise PostNotAddressed(pointer="/post")
    if training.stages and (stage := await stage_on(session, staff, training.on)) not in training.stages:
        raise StageNotAddressed(stage=stage or "—")
    taken = insert(TrainingPlace).values(
        session=id,
        staff=staff,
        kindergarten=place.id,
        division=place.division,
        post=asked.post.value,
        topic=training.topic,
        on=training.on,
    )
    if (await session.execute(taken.on_conflict_do_nothing().returning(TrainingPlace.staff))).scalar() is not None:
        await session.execute(text("SELECT take_place(:id)"), {"id": id})


async def record_attendance(session: AsyncSession, id: UUID, staff: UUID, *, attended: bool) -> None:
    """Credit the hours to who was there, with a certificate. Raises NotFound, TrainingNotYetHeld."""
    training = await session.scalar(select(TrainingSession).where(TrainingSession.id == id))
    place = await _place(session, id, staff)
    if training is None:
        raise NotFound(what="training")
    if training.on > today():
        raise TrainingNotYetHeld(on=training.on)
    place.attended = attended
    place.hours = training.hours if attended else training.hours * 0
    if attended and place.certificate is None:
        # Long enough that nobody guesses one.
        place.certificate = f"HY{training.on:%Y}-{secrets.token_hex(8).upper()}"
    elif not attended:
        place.certificate = None


async def rate_training(session: AsyncSession, id: UUID, staff: UUID, rating: int) -> None:
    """Raises NotFound, NotAttended."""
    place = await _place(session, id, staff)
    if not place.attended:
        raise NotAttended
    place.rating = rating


async def _place(session: AsyncSession, id: UUID, staff: UUID) -> TrainingPlace:
    query = select(TrainingPlace).where(TrainingPlace.session == id, TrainingPlace.staff == staff)
    found = await session.scalar(query.with_for_update())
    if found is None:
        raise NotFound(what="place in the training")
    return found


async def check_certificate(session: AsyncSession, number: str) -> CertificateCheck:
    """Whether there is such a certificate, and what it is for."""
    found = (await session.execute(_check, {"number": number})).one_or_none()
    if found is None:
        return CertificateCheck(valid=False, title=None, on=None, hours=None)
    title, on, hours = found
    return CertificateCheck(valid=True, title=title, on=on, hours=hours)
