"""Findings of the other services, taken from their feeds into the one rectification engine."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.hazards.actions import FindingDiffers, raise_finding
from services.safety.hazards.schemas import FindingPut
from shared.auth import Actor
from shared.contracts.finance import ACCOUNT_ALERT_CLOSED, AccountAlertFact
from shared.contracts.safety import (
    FINANCE_FINDING_RAISED,
    QUALITY_FINDING_RAISED,
    REGISTRY_FINDING_RAISED,
    FindingFact,
)

log = structlog.get_logger()
Handler = Callable[[AsyncSession, Mapping[str, Any]], Awaitable[None]]
ALERTS = "民办教育促进法实施条例第四十四条;账户监管规则 {rule}"


def _service(name: str) -> Actor:
    return Actor(name, "", (), float("inf"), ())


def hear_finding(source: str) -> Handler:
    """What that service announces as a finding becomes a hazard, once."""

    async def hear(session: AsyncSession, event: Mapping[str, Any]) -> None:
        fact = FindingFact.model_validate(event["data"])
        new = FindingPut.model_validate(fact.model_dump(mode="json", exclude={"reference"}))
        try:
            await raise_finding(session, _service(source), source, fact.reference, new)
        except FindingDiffers:
            # The first telling holds: an announcing service that contradicts itself must not stop its feed.
            log.warning("finding of another kindergarten", source=source, reference=fact.reference)

    return hear


async def hear_alert(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """An alert on a supervised account that finance confirmed is to be rectified like any other finding."""
    fact = AccountAlertFact.model_validate(event["data"])
    if fact.state != "confirmed":
        return
    new = FindingPut.model_validate(
        {
            "kindergarten": str(fact.kindergarten),
            "category": "finance",
            "place": "办园账户",
            "description": f"账户监管预警经核实({fact.rule})",
            "legal_basis": ALERTS.format(rule=fact.rule),
            "found_on": fact.on.isoformat(),
        }
    )
    await raise_finding(session, _service("finance"), "finance", f"alert:{fact.alert}", new)


FROM_QUALITY: dict[str, Handler] = {QUALITY_FINDING_RAISED: hear_finding("quality")}
FROM_FINANCE: dict[str, Handler] = {
    FINANCE_FINDING_RAISED: hear_finding("finance"),
    ACCOUNT_ALERT_CLOSED: hear_alert,
}
FROM_REGISTRY: dict[str, Handler] = {REGISTRY_FINDING_RAISED: hear_finding("registry")}
