"""What decides over a recognition, and what the decision makes of the kindergarten's type, previewed or done.

A term ends by itself: the day it begins, the day after it is on record too as the day the type is private again.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.indicators.actions import effect_of_type_change
from services.registry.kindergartens.actions import locked, standing_of
from services.registry.kindergartens.codes import Type
from services.registry.kindergartens.models import Kindergarten
from services.registry.kindergartens.takeovers import PreviewIsStale, token
from services.registry.kindergartens.transitions import type_takeover_refusal
from services.registry.periods import Timeline, on, taking_over
from services.registry.recognitions.actions import held, note_step
from services.registry.recognitions.codes import RecognitionDecision
from services.registry.recognitions.conditions import blocks
from services.registry.recognitions.facts import checked, number
from services.registry.recognitions.models import Recognition
from services.registry.recognitions.rules import MACHINE, latest_end, refused_by, review_due
from services.registry.recognitions.schemas import (
    RecognitionGrant,
    RecognitionOutcome,
    RecognitionOutcomeQuery,
    RecognitionRefusal,
    WithdrawalDecision,
)
from services.registry.refusals import RuleRefuses, refuse
from services.registry.steps.actions import record
from services.registry.types.actions import change_type, spans
from services.registry.types.queries import CHILDREN
from services.registry.types.schemas import TypeChange, TypeChangeQuery
from shared.auth import Actor
from shared.contracts.registry import RecognitionFact
from shared.days import today
from shared.db import Reader
from shared.errors import Fault

Moves = tuple[tuple[Type, date], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision and the changes of type it brings, in order."""

    decision: RecognitionDecision
    since: date
    until: date | None
    fee: Decimal | None
    document: str
    moves: Moves

    def fact(self, case: Recognition) -> RecognitionFact:
        return RecognitionFact(
            kindergarten=case.kindergarten,
            division=case.division,
            decision=self.decision.value,
            since=self.since,
            until=self.until,
            agreed_fee=self.fee,
            document=self.document,
        )


async def grant(
    session: AsyncSession, reader: Reader, id: UUID, new: RecognitionGrant, how: RecognitionOutcomeQuery
) -> RecognitionOutcome:
    """Recognise the kindergarten for a term at the agreed fee, or tell what that would do. Raises PreviewIsStale."""
    case, day = await held(session, reader.actor, id, "grant"), today()
    _term(new, day)
    if against := blocks(await checked(session, case.kindergarten, new.agreed_fee, day)):
        raise refused_by(against)
    decision = RecognitionDecision.RENEWED if case.former else RecognitionDecision.GRANTED
    moves = ((Type.INCLUSIVE_PRIVATE, new.since), (Type.PRIVATE, new.until))
    decided = Decided(decision, new.since, new.until, new.agreed_fee, new.document, moves)
    outcome = await outcome_of(session, reader, case, decided, how, new)
    if how.preview:
        return outcome
    case.state, case.decided_on, case.decided_by = "granted", day, reader.actor.id
    case.since, case.until, case.agreed_fee = new.since, new.until, new.agreed_fee
    case.agreement, case.document = new.agreement, new.document
    case.review_due_on = review_due(new.since, new.until, 0, number("recognition_review_months", day))
    await session.flush()
    await retype(session, reader, case, decided)
    await tell(session, reader.actor, case, "grant", decided, new.note)
    return outcome


async def withdraw(
    session: AsyncSession, reader: Reader, id: UUID, new: WithdrawalDecision, how: RecognitionOutcomeQuery
) -> RecognitionOutcome:
    """End the recognition before its term, or tell what that would do. Raises PreviewIsStale."""
    case, day = await held(session, reader.actor, id, "withdraw"), today()
    if case.since is None or case.until is None or not max(day, case.since) <= new.ended_on < case.until:
        said = "须在今日之后、认定期满之前。", "It lies between today and the end of the term."
        refuse([Fault("/ended_on", "outside-the-term", *said)])
    decision = RecognitionDecision.WITHDRAWN
    decided = Decided(
        decision, new.ended_on, None, None, new.document, await _back_to_private(session, case, new.ended_on)
    )
    outcome = await outcome_of(session, reader, case, decided, how, new)
    if how.preview:
        return outcome
    case.state, case.ended_on, case.withdrawal_document = "withdrawn", new.ended_on, new.document
    case.review_due_on = None
    await session.flush()
    await retype(session, reader, case, decided)
    await tell(session, reader.actor, case, "withdraw", decided, new.note)
    await _end_renewals(session, reader.actor, case, new)
    return outcome


async def _end_renewals(session: AsyncSession, actor: Actor, case: Recognition, new: WithdrawalDecision) -> None:
    """A renewal that lies ahead falls with the term it renews."""
    renewals = select(Recognition).where(Recognition.former == case.id, Recognition.state.in_(("granted", "leaving")))
    for each in await session.scalars(renewals):
        each.state, each.ended_on, each.withdrawal_document = "withdrawn", each.since, new.document
        each.review_due_on = None
        since = each.since or new.ended_on
        ended = Decided(RecognitionDecision.WITHDRAWN, since, None, None, new.document, ())
        await tell(session, actor, each, "withdraw", ended, new.note)


async def refuse_application(session: AsyncSession, actor: Actor, id: UUID, new: RecognitionRefusal) -> None:
    """Decide against the application, in writing and with the reason."""
    case = await held(session, actor, id, "refuse")
    case.state, case.decided_on, case.decided_by, case.document = "refused", today(), actor.id, new.document
    await note_step(session, actor, case, "refuse", note=new.note, document=new.document)


def _term(new: RecognitionGrant, day: date) -> None:
    """The term begins today or later and lasts no longer than the parameter allows."""
    years = number("recognition_term_years", new.since)
    faults = []
    if new.since < day:
        faults.append(Fault("/since", "since-in-the-past", "不得早于今日。", "It is not before today."))
    if not new.since < new.until <= latest_end(new.since, years):
        said = f"须晚于起始日期,且期限不超过{years}年。", f"It is after the beginning and at most {years} years later."
        faults.append(Fault("/until", "term-too-long", *said))
    refuse(faults)


async def _back_to_private(session: AsyncSession, case: Recognition, ended_on: date) -> Moves:
    """From that day on, and on every later day a renewal would have begun, the kindergarten is private."""
    standing = await standing_of(session, await locked(session, case.kindergarten))
    later = {each.since for each in standing.types if each.value == Type.INCLUSIVE_PRIVATE and each.since > ended_on}
    return tuple((Type.PRIVATE, day) for day in sorted({ended_on} | later))


async def outcome_of(
    session: AsyncSession,
    reader: Reader,
    case: Recognition,
    decided: Decided,
    how: RecognitionOutcomeQuery,
    asked: RecognitionGrant | WithdrawalDecision | None,
) -> RecognitionOutcome:
    """What the decision does. Raises PreviewIsStale when it is no longer what was previewed."""
    entry, day = await locked(session, case.kindergarten), max(decided.since, today())
    before = (await standing_of(session, entry)).types
    after = await _after(session, entry, decided.moves)
    kind = decided.moves[0][0]
    outcome = RecognitionOutcome(
        recognition=case.id,
        committed=not how.preview,
        decision=decided.decision,
        since=decided.since,
        until=decided.until,
        agreed_fee=decided.fee,
        before=spans(before),
        after=spans(after),
        children=await session.scalar(CHILDREN, {"id": entry.id, "day": day}) or 0,
        targets=(await effect_of_type_change(reader, entry.id, kind, day)).targets if how.preview else None,
        token=token(case.id, case.version, entry.version, asked),
    )
    if how.token and how.token != outcome.token:
        raise PreviewIsStale(extra={"now": outcome.model_dump(mode="json")})
    return outcome


async def _after(session: AsyncSession, entry: Kindergarten, moves: Moves) -> Timeline:
    """The types once the decision is done. Raises what the rules of types refuse."""
    standing = await standing_of(session, entry)
    types = standing.types
    for kind, since in moves:
        covering = on(types, since)
        if covering and covering.value == kind:
            continue
        if refusal := type_takeover_refusal(standing, kind, since, today()) if types is standing.types else None:
            raise RuleRefuses(refusal, pointer="/since")
        types = taking_over(types, kind.value, since)
    return types


async def retype(session: AsyncSession, reader: Reader, case: Recognition, decided: Decided) -> None:
    """Do to the type what the decision says; a day on which it is so already needs nothing."""
    entry = await locked(session, case.kindergarten)
    for kind, since in decided.moves:
        covering = on((await standing_of(session, entry)).types, since)
        if covering is None or covering.value != kind:
            change = TypeChange(type=kind, since=since, document=decided.document)
            await change_type(session, reader, entry.id, change, TypeChangeQuery())


async def tell(session: AsyncSession, actor: Actor, case: Recognition, verb: str, decided: Decided, note: str) -> None:
    fact = decided.fact(case).model_dump(mode="json")
    await record(session, actor, "recognition", case, MACHINE, verb, note=note, data=fact, fact=fact)
