"""The verbs of an agreement of the four relations: load, decide, write, record, announce."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.actions import locked, standing_of
from services.registry.kindergartens.codes import Type
from services.registry.kindergartens.models import Group, Kindergarten
from services.registry.periods import on
from services.registry.publications.duties import owe_publication
from services.registry.refusals import refuse
from services.registry.relation_agreements.models import RelationAgreement
from services.registry.relation_agreements.rules import MACHINE, OutsideTheTerm, Subject, Terms, against
from services.registry.relation_agreements.schemas import (
    RelationAgreementNew,
    RelationDecision,
    RelationEnding,
)
from services.registry.steps.actions import record
from shared.auth import Actor
from shared.contracts.registry import RELATION_PROPOSED, RelationFact
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal


async def propose_agreement(session: AsyncSession, actor: Actor, new: RelationAgreementNew) -> UUID:
    """Take an agreement in, when its terms are allowed. Raises NotFound, InvalidInput, AgreementForbidden."""
    entry = await locked(session, new.kindergarten)
    name, public = await _partner(session, new)
    if new.signed_on > today():
        refuse([Fault("/signed_on", "not-signed-yet", "签订日期不得晚于今日。", "It is signed today or earlier.")])
    made = RelationAgreement(
        id=new_id(),
        division=entry.division,
        partner_name=name,
        partner_public=public,
        state="proposed",
        proposed_on=today(),
        proposed_by=actor.id,
        synthetic=entry.synthetic,
        **new.model_dump(mode="python", exclude={"kind", "fee_kind"}),
        kind=new.kind.value,
        fee_kind=new.fee_kind.value,
    )
    if refused := against(await _terms(session, entry, made)):
        raise refused
    session.add(made)
    await session.flush()
    subject = f"relation-agreements/{made.id}"
    await announce(session, RELATION_PROPOSED, subject, division=made.division, kindergarten=entry.id, data=told(made))
    return made.id


async def _partner(session: AsyncSession, new: RelationAgreementNew) -> tuple[str, bool]:
    """What the other side is called, and whether it is a public kindergarten."""
    if new.group_id is not None:
        group = await session.get(Group, new.group_id)
        if group is None:
            refuse([Fault("/group_id", "group-unknown", "没有这个教育集团。", "There is no such group.")])
            raise NotFound(what="group")
        return group.name, False
    partner = await session.get(Kindergarten, new.partner)
    if partner is None or partner.id == new.kindergarten:
        refuse([Fault("/partner", "partner-unknown", "没有这个合作幼儿园。", "There is no such other kindergarten.")])
        raise NotFound(what="kindergarten")
    kind = on((await standing_of(session, partner)).types, today())
    return partner.name, kind is not None and kind.value == Type.PUBLIC


async def _terms(session: AsyncSession, entry: Kindergarten, case: RelationAgreement) -> Terms:
    kind = on((await standing_of(session, entry)).types, today())
    return terms_of(
        {each.key: getattr(case, each.key) for each in RelationAgreement.__table__.columns}
        | {"type": kind.value if kind else None, "for_profit": entry.for_profit}
    )


def terms_of(row: Mapping[str, Any]) -> Terms:
    """What the check looks at, from a row with `type` and `for_profit` of the kindergarten."""
    return Terms(
        kind=row["kind"],
        fee=row["fee_kind"],
        kindergarten_type=row["type"],
        for_profit=row["for_profit"],
        partner_public=row["partner_public"],
        partner_is_group=row["group_id"] is not None,
        foreign_element=row["foreign_element"],
        foreign_document=row["foreign_document"],
    )


def told(case: RelationAgreement) -> dict[str, Any]:
    names = ("id", "kindergarten", "kind", "group_id", "partner", "state", "since", "until", "ended_on", "synthetic")
    fact = RelationFact(
        foreign_element=case.foreign_element, fee_kind=case.fee_kind, **{name: getattr(case, name) for name in names}
    )
    return fact.model_dump(mode="json")


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> RelationAgreement:
    case = await session.scalar(select(RelationAgreement).where(RelationAgreement.id == id).with_for_update())
    if case is None:
        raise NotFound(what="agreement")
    entry = await locked(session, case.kindergarten)
    subject = Subject(case.state, case.proposed_by, await _terms(session, entry, case))
    if refused := refusal(MACHINE, verb, subject, actor.id, today()):
        raise refused
    return case


async def _note(
    session: AsyncSession, actor: Actor, case: RelationAgreement, verb: str, note: str, **data: Any
) -> None:
    await record(session, actor, "relation_agreement", case, MACHINE, verb, note=note, data=data, fact=told(case))


async def withdraw_agreement(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    case = await _held(session, actor, id, "withdraw")
    case.state = "withdrawn"
    await _note(session, actor, case, "withdraw", note)


async def approve_agreement(session: AsyncSession, actor: Actor, id: UUID, new: RelationDecision) -> None:
    """Put it on file, by another person. Raises AgreementForbidden when its sides have changed meanwhile."""
    case = await _held(session, actor, id, "approve")
    case.state, case.decided_on, case.decided_by, case.document = "approved", today(), actor.id, new.document
    await _note(session, actor, case, "approve", new.note, document=new.document)
    await owe_publication(session, case.kindergarten, case.division)


async def refuse_agreement(session: AsyncSession, actor: Actor, id: UUID, new: RelationDecision) -> None:
    case = await _held(session, actor, id, "refuse")
    case.state, case.decided_on, case.decided_by, case.document = "refused", today(), actor.id, new.document
    await _note(session, actor, case, "refuse", new.note, document=new.document)


async def end_agreement(session: AsyncSession, actor: Actor, id: UUID, new: RelationEnding) -> None:
    """End it within its term. Raises OutsideTheTerm."""
    case = await _held(session, actor, id, "end")
    if not case.since <= new.ended_on <= min(case.until, today()):
        raise OutsideTheTerm(pointer="/ended_on")
    case.state, case.ended_on = "ended", new.ended_on
    await _note(session, actor, case, "end", new.note, document=new.document, ended_on=new.ended_on)
    await owe_publication(session, case.kindergarten, case.division)
