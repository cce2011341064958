"""Following what quality, safety and finance announce, as far as it says how a kindergarten stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.models import Kindergarten
from services.registry.service_facts.codes import ServiceFactKind
from services.registry.service_facts.models import ServiceFact
from shared.contracts.finance import ACCOUNT_ALERT_CLOSED, ACCOUNT_ALERT_RAISED, AccountAlertFact
from shared.contracts.quality import (
    ANNUAL_INSPECTION_DECIDED,
    EVALUATION_PUBLISHED,
    AnnualInspectionFact,
    EvaluationFact,
)
from shared.contracts.safety import (
    MAJOR_HAZARD_CLOSED,
    MAJOR_HAZARD_RAISED,
    OPEN_SITE,
    PENALTY_DECIDED,
    SITE_STEPS,
    MajorHazardFact,
    PenaltyFact,
    SiteFact,
)
from shared.days import today
from shared.schemas import Out

Event = Mapping[str, Any]


async def keep(
    session: AsyncSession,
    event: Event,
    kind: ServiceFactKind,
    key: object,
    fact: Out,
    *,
    kindergarten: UUID | None,
    on: date,
    standing: bool,
) -> None:
    """Keep the fact as last told. It lies where the register has the kindergarten; one it does not know has none."""
    division = event.get("division")
    if kindergarten is not None:
        division = await session.scalar(select(Kindergarten.division).where(Kindergarten.id == kindergarten))
        if division is None:
            return
    made = insert(ServiceFact).values(
        kind=kind.value,
        key=str(key),
        kindergarten=kindergarten,
        division=division,
        on=on,
        standing=standing,
        fact=fact.model_dump(mode="json"),
        sequence=event.get("sequence", 0),
    )
    changed = {name: made.excluded[name] for name in ("on_day", "standing", "fact", "sequence")}
    await session.execute(
        made.on_conflict_do_update(
            index_elements=["kind", "key"], set_=changed, where=ServiceFact.sequence <= made.excluded.sequence
        )
    )


async def hear_inspection(session: AsyncSession, event: Event) -> None:
    """年检 of a year as its latest revision has it; it stands against the kindergarten when failed or vetoed."""
    fact = AnnualInspectionFact.model_validate(event["data"])
    await keep(
        session,
        event,
        ServiceFactKind.ANNUAL_INSPECTION,
        f"{fact.kindergarten}/{fact.year}",
        fact,
        kindergarten=fact.kindergarten,
        on=fact.effective_from,
        standing=fact.vetoed or fact.result == "failed",
    )


async def hear_evaluation(session: AsyncSession, event: Event) -> None:
    """A published evaluation; the final publication replaces the provisional one of the same evaluation."""
    fact = EvaluationFact.model_validate(event["data"])
    key = event.get("subject", f"{fact.kindergarten}/{fact.framework}/{fact.framework_version}")
    await keep(
        session,
        event,
        ServiceFactKind.EVALUATION,
        key,
        fact,
        kindergarten=fact.kindergarten,
        on=fact.published_on,
        standing=not fact.qualified,
    )


async def hear_hazard(session: AsyncSession, event: Event) -> None:
    fact = MajorHazardFact.model_validate(event["data"])
    listed = fact.state == "listed"
    await keep(
        session,
        event,
        ServiceFactKind.MAJOR_HAZARD,
        fact.hazard,
        fact,
        kindergarten=fact.kindergarten,
        on=fact.on,
        standing=listed,
    )


async def hear_penalty(session: AsyncSession, event: Event) -> None:
    """A penalty of a kindergarten of the register; others are safety's alone."""
    fact = PenaltyFact.model_validate(event["data"])
    if fact.kindergarten is not None:
        place, on = fact.kindergarten, fact.decided_on
        await keep(session, event, ServiceFactKind.PENALTY, fact.case, fact, kindergarten=place, on=on, standing=True)


async def hear_alert(session: AsyncSession, event: Event) -> None:
    """An alert counts once it is confirmed."""
    fact = AccountAlertFact.model_validate(event["data"])
    confirmed = fact.state == "confirmed"
    await keep(
        session,
        event,
        ServiceFactKind.ACCOUNT_ALERT,
        fact.alert,
        fact,
        kindergarten=fact.kindergarten,
        on=fact.on,
        standing=confirmed,
    )


async def hear_site(session: AsyncSession, event: Event) -> None:
    """A case of an unlicensed kindergarten, open until closed or found untrue. Training institutions are not counted.

    A second visit that finds nothing changed tells the state alone, and changes nothing here either.
    """
    if event["data"].get("kind") != "unlicensed":
        return
    fact = SiteFact.model_validate(event["data"])
    site = event["subject"].rsplit("/", 1)[-1]
    is_open = fact.state in OPEN_SITE
    kind = ServiceFactKind.UNLICENSED_SITE
    await keep(session, event, kind, site, fact, kindergarten=None, on=today(), standing=is_open)


FROM_QUALITY = {ANNUAL_INSPECTION_DECIDED: hear_inspection, EVALUATION_PUBLISHED: hear_evaluation}
FROM_SAFETY = {
    MAJOR_HAZARD_RAISED: hear_hazard,
    MAJOR_HAZARD_CLOSED: hear_hazard,
    PENALTY_DECIDED: hear_penalty,
    **dict.fromkeys(SITE_STEPS, hear_site),
}
FROM_FINANCE = {ACCOUNT_ALERT_RAISED: hear_alert, ACCOUNT_ALERT_CLOSED: hear_alert}
