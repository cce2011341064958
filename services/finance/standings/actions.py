from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.actions import copy_kindergarten
from services.finance.standings.models import Evaluation, Inspection, Recognition, State
from shared.contracts.quality import (
    ANNUAL_INSPECTION_DECIDED,
    EVALUATION_PUBLISHED,
    AnnualInspectionFact,
    EvaluationFact,
)
from shared.contracts.registry import (
    KINDERGARTEN_CHANGED,
    KINDERGARTEN_REGISTERED,
    RECOGNITION_DECIDED,
    KindergartenFact,
    RecognitionFact,
)
from shared.days import BEIJING

EVER = date(1900, 1, 1)


async def copy_state(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep the kindergarten as it is now, and its type and status from the day this version was told."""
    await copy_kindergarten(session, event)
    fact = KindergartenFact.model_validate(event["data"])
    since = EVER if fact.version == 1 else datetime.fromisoformat(event["time"]).astimezone(BEIJING).date()
    told = {"kindergarten": fact.id, "since": since} | fact.model_dump(
        include={"version", "division", "type", "status"}
    )
    await session.execute(insert(State).values(told).on_conflict_do_nothing())


async def copy_recognition(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep every decision on recognition once."""
    fact = RecognitionFact.model_validate(event["data"])
    told = {"event": UUID(event["id"])} | fact.model_dump()
    await session.execute(insert(Recognition).values(told).on_conflict_do_nothing())


async def copy_inspection(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep every revision of an annual inspection once."""
    told = AnnualInspectionFact.model_validate(event["data"]).model_dump()
    await session.execute(insert(Inspection).values(told).on_conflict_do_nothing())


async def copy_evaluation(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep every published evaluation once."""
    fact = EvaluationFact.model_validate(event["data"])
    told = {"event": UUID(event["id"])} | fact.model_dump(exclude={"framework_version"})
    await session.execute(insert(Evaluation).values(told).on_conflict_do_nothing())


REGISTRY = {
    KINDERGARTEN_REGISTERED: copy_state,
    KINDERGARTEN_CHANGED: copy_state,
    RECOGNITION_DECIDED: copy_recognition,
}
QUALITY = {ANNUAL_INSPECTION_DECIDED: copy_inspection, EVALUATION_PUBLISHED: copy_evaluation}
