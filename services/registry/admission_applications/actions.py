"""Taking applications. The round is held meanwhile, so that who closes it counts every one that was taken."""

import secrets
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_applications.fitting import bands_of, declaration_faults, wished_for
from services.registry.admission_applications.rules import MACHINE, Application
from services.registry.admission_applications.schemas import (
    AdmissionApplicationChange,
    AdmissionApplicationNew,
    AdmissionDeclarationCheck,
    AdmissionDeclarationNew,
)
from services.registry.admission_rounds.rules import takes_applications
from services.registry.admissions.models import (
    AdmissionApplication,
    AdmissionDeclaration,
    AdmissionRound,
)
from services.registry.admissions.published import BY_NAME
from services.registry.admissions.refusals import ChildLivesElsewhere, ChildLivesOutsideRound
from services.registry.children.actions import find_child
from services.registry.children.models import Child, Guardian
from services.registry.classes.actions import differing
from services.registry.refusals import refuse
from shared.auth import Actor
from shared.contracts.registry import ADMISSION_APPLICATION_CHANGED, AdmissionApplicationFact
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import NotFound
from shared.etags import check
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal

NUMBER_BYTES = 8


async def file_application(session: AsyncSession, keys: KeyRing, actor: Actor, new: AdmissionApplicationNew) -> UUID:
    """Take an application. Raises NotFound, RoundTakesNoApplications, ChildLivesElsewhere, InvalidInput.

    One live application for a child and round: the database refuses another.
    """
    found = await _held_round(session, new.round)
    if against := takes_applications(found.state, found.opens_on, found.closes_on, today()):
        raise against
    child = await _child(session, keys, actor, new)
    if not child.residence_division.startswith(found.division):
        raise ChildLivesOutsideRound
    offered = await wished_for(session, found, child, new.wishes)
    priorities = BY_NAME[found.priorities]
    refuse(declaration_faults(priorities, new.declarations))
    made = AdmissionApplication(
        id=new_id(),
        round=found.id,
        number=secrets.token_hex(NUMBER_BYTES),
        child=child.id,
        division=child.residence_division,
        guardian=new.guardian,
        consented_on=today(),
        wishes=list(new.wishes),
        bands=bands_of(new.home, offered, priorities),
        state="filed",
        synthetic=child.synthetic,
        version=1,
    )
    session.add(made)
    await session.flush()
    session.add_all(_declared(made, each) for each in new.declarations)
    await session.flush()
    await _announce(session, made)
    return made.id


async def change_wishes(
    session: AsyncSession, actor: Actor, id: UUID, version: int, change: AdmissionApplicationChange
) -> None:
    """Wish for other places, or in another order. Raises NotFound, VersionIsStale and what is against it."""
    found, round_ = await _acting(session, actor, id, "change")
    check(version, found.version, differing(found, {"wishes": list(change.wishes)}))
    child = await session.get(Child, found.child)
    if child is None:
        raise NotFound(what="child")
    offered = await wished_for(session, round_, child, change.wishes)
    known = dict(zip(found.wishes, found.bands, strict=True))
    found.bands = (
        bands_of(change.home, offered, BY_NAME[round_.priorities])
        if change.home
        else [known.get(each) for each in change.wishes]
    )
    found.wishes = list(change.wishes)
    await session.flush()
    await session.refresh(found)
    if found.version != version:
        await _announce(session, found)


async def withdraw_application(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Take the application back; another one may be filed. Raises NotFound and what is against it."""
    found, _ = await _acting(session, actor, id, "withdraw")
    found.state = "withdrawn"
    await _changed(session, found)


async def declare(session: AsyncSession, actor: Actor, id: UUID, new: AdmissionDeclarationNew) -> None:
    """Declare something more. Raises NotFound, InvalidInput and what is against it."""
    found, round_ = await _acting(session, actor, id, "declare")
    refuse(declaration_faults(BY_NAME[round_.priorities], [new], ""))
    session.add(_declared(found, new))
    await session.flush()
    await _announce(session, found)


async def check_declaration(
    session: AsyncSession, actor: Actor, id: UUID, declaration: UUID, sent: AdmissionDeclarationCheck
) -> None:
    """Say whether the proof holds. Raises NotFound and what is against it; said again otherwise it corrects."""
    found, _ = await _acting(session, actor, id, "check")
    query = select(AdmissionDeclaration).where(
        AdmissionDeclaration.id == declaration, AdmissionDeclaration.application == id
    )
    if (declared := await session.scalar(query.with_for_update())) is None:
        raise NotFound(what="declaration")
    declared.state = "confirmed" if sent.confirmed else "rejected"
    declared.reason, declared.checked_by = sent.reason, actor.id
    await session.flush()
    await _announce(session, found)


async def _held_round(session: AsyncSession, id: UUID) -> AdmissionRound:
    await session.execute(select(func.hold_admission_round(id)))
    if (found := await session.get(AdmissionRound, id)) is None:
        raise NotFound(what="admission round", pointer="/round")
    return found


async def _acting(
    session: AsyncSession, actor: Actor, id: UUID, verb: str
) -> tuple[AdmissionApplication, AdmissionRound]:
    """The application, held after its round, on which this may be done now."""
    which = await session.scalar(select(AdmissionApplication.round).where(AdmissionApplication.id == id))
    if which is None:
        raise NotFound(what="application")
    round_ = await _held_round(session, which)
    query = select(AdmissionApplication).where(AdmissionApplication.id == id).with_for_update(key_share=True)
    found = (await session.scalars(query)).one()
    case = Application(found.state, round_.state, round_.opens_on, round_.closes_on)
    if against := refusal(MACHINE, verb, case, actor.id, today()):
        raise against
    return found, round_


async def _child(session: AsyncSession, keys: KeyRing, actor: Actor, new: AdmissionApplicationNew) -> Child:
    which = new.child or (new.identity and await find_child(session, keys, new.identity))
    found = await session.get(Child, which)
    if found is None:
        raise NotFound(what="child", pointer="/child" if new.child else "/identity")
    if not found.residence_division.startswith(actor.divisions):
        raise ChildLivesElsewhere
    if not await session.scalar(select(Guardian.id).where(Guardian.id == new.guardian, Guardian.child == found.id)):
        raise NotFound(what="guardian", pointer="/guardian")
    return found


def _declared(application: AdmissionApplication, new: AdmissionDeclarationNew) -> AdmissionDeclaration:
    return AdmissionDeclaration(
        id=new_id(), application=application.id, division=application.division, **new.model_dump(), version=1
    )


async def _changed(session: AsyncSession, found: AdmissionApplication) -> None:
    await session.flush()
    await session.refresh(found)
    await _announce(session, found)


async def _announce(session: AsyncSession, found: AdmissionApplication) -> None:
    names = AdmissionApplicationFact.model_fields
    fact = AdmissionApplicationFact(**{name: getattr(found, name) for name in names})
    await announce(
        session,
        ADMISSION_APPLICATION_CHANGED,
        f"admission-applications/{found.id}",
        division=found.division,
        data=fact.model_dump(),
    )
