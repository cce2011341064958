"""Raising and deciding alerts. A rule raises one alert for one cause, however often it looks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.alerts.codes import AlertState, AlertTopic
from services.finance.alerts.models import AccountAlert
from services.finance.alerts.rules import MACHINE, VERBS
from services.finance.alerts.schemas import AlertDecision
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import number_on
from services.finance.rulebook.rules import TOPICS
from shared.auth import Actor
from shared.contracts.finance import ACCOUNT_ALERT_CLOSED, ACCOUNT_ALERT_RAISED, AccountAlertFact
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal
from shared.workdays import add_working_days


@dataclass(frozen=True, slots=True)
class Raised:
    """What a rule found; `cause` names it, so that it is raised once."""

    rule: str
    cause: str
    summary: str
    amount: Decimal
    evidence: Sequence[Mapping[str, Any]]


# What a check found, by kindergarten and division.
Places = dict[tuple[UUID, str], list[Raised]]


async def raise_alerts(session: AsyncSession, of: UUID, division: str, found: Sequence[Raised]) -> Counter[str]:
    """Raise those that are not raised yet; return how many of each rule.

    One that is raised already and not decided yet learns what is known now; bookings of an account do not change.
    """
    if not found:
        return Counter()
    day = today()
    deadline = await number_on(session, ParameterName.ALERT_NUMBER, "deadline/working_days", day)
    due = add_working_days(day, int(deadline.value)) if deadline and deadline.value else None
    rows = [
        {
            "id": new_id(),
            "kindergarten": of,
            "division": division,
            "rule": each.rule,
            "topic": TOPICS.get(each.rule, AlertTopic.ACCOUNT.value),
            "cause": each.cause,
            "summary": each.summary,
            "amount": each.amount,
            "evidence": list(each.evidence),
            "raised_on": day,
            "due_on": due,
            "state": AlertState.RAISED.value,
        }
        for each in {(each.rule, each.cause): each for each in found}.values()
    ]
    made = insert(AccountAlert).values(rows)
    known = {name: made.excluded[name] for name in ("summary", "amount", "evidence")}
    held = AccountAlert.__table__.c
    changed = made.on_conflict_do_update(
        index_elements=["rule", "cause"],
        set_=known,
        where=(held.state == AlertState.RAISED.value)
        & (held.topic != AlertTopic.ACCOUNT.value)
        & or_(*(held[name].is_distinct_from(value) for name, value in known.items())),
    )
    mine = {row["id"] for row in rows}
    raised = [
        row for row in await session.execute(changed.returning(AccountAlert.id, AccountAlert.rule)) if row.id in mine
    ]
    for alert, rule in raised:
        await _announce(session, ACCOUNT_ALERT_RAISED, alert, of, division, rule, "raised", day)
    return Counter(rule for _, rule in raised)


async def assign_alert(session: AsyncSession, actor: Actor, id: UUID, owner: str) -> None:
    """Say who looks into it. Raises NotFound, NotInThisState."""
    found = await _locked(session, id)
    _admit("assign", found, actor)
    found.owner = owner
    await session.flush()


async def decide_alert(session: AsyncSession, actor: Actor, id: UUID, said: AlertDecision) -> None:
    """Confirm, dismiss or resolve. Raises NotFound, NotInThisState."""
    found = await _locked(session, id)
    _admit(VERBS[said.state], found, actor)
    to = AlertState[said.state.upper()]
    found.state, found.outcome, found.decided_by = to, said.outcome, actor.id
    if to is AlertState.CONFIRMED:
        found.confirmed_on = said.on
    if to is AlertState.RESOLVED:
        found.resolved_on = said.on
    await session.flush()
    told = "dismissed" if to is AlertState.DISMISSED else "confirmed"
    await _announce(session, ACCOUNT_ALERT_CLOSED, id, found.kindergarten, found.division, found.rule, told, said.on)


def _admit(verb: str, found: AccountAlert, actor: Actor) -> None:
    if refused := refusal(MACHINE, verb, found, actor.id, today()):
        raise refused


async def _locked(session: AsyncSession, id: UUID) -> AccountAlert:
    found = await session.scalar(select(AccountAlert).where(AccountAlert.id == id).with_for_update())
    if found is None:
        raise NotFound(what="alert")
    return found


async def _announce(
    session: AsyncSession, kind: str, alert: UUID, of: UUID, division: str, rule: str, state: Any, on: date
) -> None:
    fact = AccountAlertFact(alert=alert, kindergarten=of, division=division, rule=rule, state=state, on=on)
    subject = f"account-alerts/{alert}"
    await announce(session, kind, subject, division=division, kindergarten=of, data=fact.model_dump())
