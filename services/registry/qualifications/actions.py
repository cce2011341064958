"""Recording what proves that someone may do a work, and the answers about their past."""

from datetime import date
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.classes.actions import differing
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.posts.rules import months_before
from services.registry.qualifications.codes import QualificationKind
from services.registry.qualifications.models import BackgroundCheck, Qualification
from services.registry.qualifications.schemas import BackgroundCheckNew, QualificationChange, QualificationNew
from services.registry.staff.actions import announce_change, locked_person
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.etags import check
from shared.ids import new_id


async def record_qualification(session: AsyncSession, person: UUID, new: QualificationNew) -> UUID:
    """Record a qualification. Raises NotFound, InvalidInput."""
    found = await locked_person(session, person)
    _not_ahead(new.issued_on, "/issued_on")
    values = new.model_dump(mode="python") | {"kind": new.kind.value, "expires_on": _last_day(new)}
    made = Qualification(id=new_id(), person=person, synthetic=found.synthetic, version=1, **values)
    session.add(made)
    await session.flush()
    await announce_change(session, found, ["qualifications"])
    return made.id


async def change_qualification(session: AsyncSession, id: UUID, version: int, change: QualificationChange) -> None:
    """Correct or revoke a qualification. Raises NotFound, VersionIsStale, InvalidInput."""
    found = await session.scalar(select(Qualification).where(Qualification.id == id).with_for_update(key_share=True))
    if found is None:
        raise NotFound(what="qualification")
    sent = change.sent()
    check(version, found.version, differing(found, sent))
    issued: date = sent.get("issued_on", found.issued_on)
    _not_ahead(issued, "/issued_on")
    for name in ("expires_on", "revoked_on"):
        day = sent.get(name, getattr(found, name))
        if day is not None and day < issued:
            raise InvalidInput(
                reason_zh="不应早于发证日期。", reason_en="it lies before the day of issue.", pointer=f"/{name}"
            )
    for name, value in sent.items():
        setattr(found, name, value)
    await session.flush()
    await session.refresh(found)
    if found.version != version:
        await announce_change(session, await locked_person(session, found.person), ["qualifications"])


async def record_check(session: AsyncSession, person: UUID, new: BackgroundCheckNew) -> UUID:
    """Record the answer about a person in sight. Raises NotFound, InvalidInput."""
    found = await locked_person(session, person)
    made = await store_check(session, person, new, synthetic=found.synthetic)
    await announce_change(session, found, ["background_checks"])
    return made


async def store_check(session: AsyncSession, person: UUID, new: BackgroundCheckNew, *, synthetic: bool) -> UUID:
    """Store the answer, be the person in sight or not. Raises InvalidInput."""
    _not_ahead(new.checked_on, "/checked_on")
    made = new_id()
    values = {"id": made, "person": person, "checked_on": new.checked_on, "reference": new.reference}
    values |= {"channel": new.channel.value, "result": new.result.value, "synthetic": synthetic}
    await session.execute(insert(BackgroundCheck).values(values))
    return made


def _last_day(new: QualificationNew) -> date | None:
    """A health certificate without a date is good for as long as the rule of its day says, its anniversary included."""
    if new.expires_on or new.kind is not QualificationKind.HEALTH_CERTIFICATE:
        return new.expires_on
    held = [each for each in PARAMETERS if each.name == "health_certificate_months" and each.since <= new.issued_on]
    if not held:
        return None
    return months_before(new.issued_on, -int(in_force(held, "health_certificate_months", new.issued_on).number))


def _not_ahead(day: date, pointer: str) -> None:
    if day > today():
        raise InvalidInput(reason_zh="日期晚于今天。", reason_en="the day is in the future.", pointer=pointer)
