"""What every verb of a licence answers: the record as it is now, with what the caller may do."""

import json
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.licences.actions import subject
from services.registry.licences.queries import APPLICATION, LICENCE
from services.registry.licences.rules import CORRECT, MACHINE, OFFICIAL, correction_refusal, official_refusal
from services.registry.licences.schemas import LicenceApplicationOut, LicenceOut
from services.registry.offers import held
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import written_row
from shared.errors import DomainError, NotPermitted
from shared.machine import Verb, offered

APPLIED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": LicenceApplicationOut}
ACTED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": LicenceOut}


def days() -> dict[str, Any]:
    """The days a licence is shown for."""
    on = today()
    return {"as_of": on, "soon": on + timedelta(int(in_force(PARAMETERS, "licence_warning_days", on).number))}


def _application(body: str, caller: Actor) -> str:
    row: dict[str, Any] = json.loads(body)
    may = held(caller, row["division"], row["kindergarten"])
    row["actions"] = offered(MACHINE, subject(row), caller.id, may, today())
    return json.dumps(row, ensure_ascii=False)


def _licence(body: str, caller: Actor) -> str:
    row: dict[str, Any] = json.loads(body)
    may = held(caller, row["division"], row["kindergarten"])
    last = date.fromisoformat(row["acts"][0]["since"]) if row["acts"] else None
    row["actions"] = [
        *(
            _offer(name, verb, official_refusal(name, row["standing"], last, today()), may)
            for name, (verb, _) in OFFICIAL.items()
        ),
        _offer("correct", CORRECT, correction_refusal(row["standing"]), may),
    ]
    return json.dumps(row, ensure_ascii=False)


def _offer(name: str, verb: Verb, against: DomainError | None, may: frozenset[str]) -> dict[str, Any]:
    refused = against if verb.permission in may else NotPermitted(needed=verb.permission)
    return {
        "action": name,
        "label_zh": verb.zh,
        "allowed": refused is None,
        "code": refused.code() if refused else None,
        "reason_zh": refused.detail("zh") if refused else None,
        "reason_en": refused.detail("en") if refused else None,
    }


async def read_application(reader: Reader, id: UUID) -> Response:
    body, *_ = await reader.one(APPLICATION, "licence application", id=id, as_of=today())
    return Response(_application(body, reader.actor), media_type="application/json")


async def read_licence(reader: Reader, id: UUID) -> Response:
    body, *_ = await reader.one(LICENCE, "kindergarten", id=id, **days())
    return Response(_licence(body, reader.actor), media_type="application/json")


async def answer_application(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body, *_ = await written_row(session, APPLICATION, id=id, as_of=today())
    return Response(_application(body, caller), status.HTTP_201_CREATED, media_type="application/json")


async def answer_licence(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body, *_ = await written_row(session, LICENCE, id=id, **days())
    return Response(_licence(body, caller), status.HTTP_201_CREATED, media_type="application/json")
