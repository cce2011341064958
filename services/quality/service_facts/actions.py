"""Following what finance and safety announce, as far as an annual inspection turns on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.service_facts.models import ServiceFact
from shared.contracts.finance import ACCOUNT_ALERT_CLOSED, ACCOUNT_ALERT_RAISED, AccountAlertFact
from shared.contracts.safety import (
    MAJOR_HAZARD_CLOSED,
    MAJOR_HAZARD_RAISED,
    PENALTY_DECIDED,
    MajorHazardFact,
    PenaltyFact,
)


async def keep(
    session: AsyncSession,
    kind: str,
    source: UUID,
    *,
    kindergarten: UUID,
    division: str,
    state: str,
    standing: bool,
    on: date,
    detail: str = "",
) -> None:
    """Keep the fact as last told; the day stays that of the first telling."""
    made = insert(ServiceFact).values(
        kind=kind,
        source=source,
        kindergarten=kindergarten,
        division=division,
        state=state,
        standing=standing,
        on=on,
        detail=detail,
    )
    await session.execute(
        made.on_conflict_do_update(
            index_elements=["kind", "source"], set_={"state": made.excluded.state, "standing": made.excluded.standing}
        )
    )


async def hear_hazard(session: AsyncSession, event: Mapping[str, Any]) -> None:
    fact = MajorHazardFact.model_validate(event["data"])
    await keep(
        session,
        "major_hazard",
        fact.hazard,
        kindergarten=fact.kindergarten,
        division=fact.division,
        state=fact.state,
        standing=fact.state == "listed",
        on=fact.on,
    )


async def hear_alert(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """An alert counts once it is confirmed."""
    fact = AccountAlertFact.model_validate(event["data"])
    await keep(
        session,
        "account_alert",
        fact.alert,
        kindergarten=fact.kindergarten,
        division=fact.division,
        state=fact.state,
        standing=fact.state == "confirmed",
        on=fact.on,
        detail=fact.rule,
    )


async def hear_penalty(session: AsyncSession, event: Mapping[str, Any]) -> None:
    fact = PenaltyFact.model_validate(event["data"])
    if fact.kindergarten is not None:
        await keep(
            session,
            "penalty",
            fact.case,
            kindergarten=fact.kindergarten,
            division=fact.division,
            state="decided",
            standing=True,
            on=fact.decided_on,
            detail=fact.basis,
        )


FROM_SAFETY = {MAJOR_HAZARD_RAISED: hear_hazard, MAJOR_HAZARD_CLOSED: hear_hazard, PENALTY_DECIDED: hear_penalty}
FROM_FINANCE = {ACCOUNT_ALERT_RAISED: hear_alert, ACCOUNT_ALERT_CLOSED: hear_alert}
