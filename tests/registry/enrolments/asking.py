"""Requests every test of enrolment makes."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx

from tests.registry import given

YEAR = given.SCHOOL_YEAR
BEGINS, ENDS = date(YEAR, 9, 1), date(YEAR + 1, 9, 1)
REGISTRAR = ("registrar", given.DISTRICT)
DAY = timedelta(1)


async def enrol(
    client: httpx.AsyncClient, child: UUID, room: UUID, since: date = BEGINS, **more: Any
) -> httpx.Response:
    params = {"preview": True} if more.pop("preview", False) else {}
    sent = {"child": str(child), "class_id": str(room), "since": str(since)} | more
    return await client.post("/v1/enrolments", json=sent, params=params)


def identity(number: str, **fields: Any) -> dict[str, Any]:
    return {
        "document_type": "1",
        "document_number": number,
        "name": "演示幼儿",
        "birth_date": "2022-03-15",
    } | fields
