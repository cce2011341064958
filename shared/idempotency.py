"""A repeated write gets the first answer again, byte for byte; the effect happens once.

The key is claimed by an insert in the request's own transaction: a concurrent repeat waits for it, and a failed
request leaves no trace, so that it may be tried again.
"""

import hashlib
import json
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from shared.errors import DomainError


class IdempotencyKeyReused(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "这个 Idempotency-Key 已用于另一个请求。"
    en = "This Idempotency-Key was used for a different request."
    hint_zh = "每个新请求使用新的键;重试时请求内容须完全相同。"
    hint_en = "Use a fresh key for each new request; a retry must be identical."


class Replayed(Exception):  # not an error: the way out of the endpoint with the stored answer
    """Carries the stored answer past the endpoint."""

    def __init__(self, response: Response) -> None:
        self.response = response


_claim = text(
    "INSERT INTO idempotency_keys (actor, key, request) VALUES (:actor, :key, :request) ON CONFLICT DO NOTHING"
)
_stored = text("SELECT request, status, headers, body FROM idempotency_keys WHERE actor = :actor AND key = :key")
_keep = text(
    "UPDATE idempotency_keys SET status = :status, headers = CAST(:headers AS jsonb), body = :body"
    " WHERE actor = :actor AND key = :key"
)
KEPT_HEADERS = ("content-type", "etag", "location")


async def claim(request: Request, session: AsyncSession, key: str) -> None:
    """Claim the key, or leave with the stored answer."""
    target = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    asked = hashlib.sha256(target + await _content(request)).digest()
    who = {"actor": request.state.actor.id, "key": key}
    claimed: Any = await session.execute(_claim, who | {"request": asked})
    if claimed.rowcount:
        request.state.idempotency = (session, who)
        return
    first, status, headers, body = (await session.execute(_stored, who)).one()
    if bytes(first) != asked:
        raise IdempotencyKeyReused
    raise Replayed(Response(bytes(body), status, dict(headers) | {"Idempotency-Replayed": "true"}))


async def _content(request: Request) -> bytes:
    """The body, or of a form each field with the digest of what was uploaded."""
    if "form" not in request.headers.get("content-type", ""):  # multipart/form-data, x-www-form-urlencoded
        return await request.body()
    parts: list[str] = []
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            digest = hashlib.sha256()
            while chunk := await value.read(1 << 20):
                digest.update(chunk)
            await value.seek(0)
            parts.append(f"{name}:{digest.hexdigest()}")
        else:
            parts.append(f"{name}={value}")
    return "\n".join(parts).encode()


class Route(APIRoute):
    """Stores the answer beside the effect, in the same transaction, when the request carried a key."""

    def get_route_handler(self) -> Any:
        handle = super().get_route_handler()

        async def keeping(request: Request) -> Response:
            try:
                response: Response = await handle(request)
            except Replayed as replay:
                return replay.response
            if found := getattr(request.state, "idempotency", None):
                session, who = found
                headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
                await session.execute(
                    _keep,
                    who
                    | {"status": response.status_code, "headers": json.dumps(headers), "body": bytes(response.body)},
                )
            return response

        return keeping
