"""The change feed: CloudEvents in commit order, filtered by the reader's scope, by long poll or server-sent events."""

import json
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response, Security
from fastapi.responses import StreamingResponse
from pydantic import Field
from sqlalchemy import text

from shared import db
from shared.auth import Actor, authorize
from shared.db import Read, Reader
from shared.idempotency import Route
from shared.schemas import Count, In, Out, zh

READ, VERIFY = "events.read", "events.verify"
Follower = Annotated[Actor, Security(authorize, scopes=[READ])]
Auditor = Annotated[Actor, Security(authorize, scopes=[VERIFY])]

_page = """
SELECT string_agg(e.body, ',' ORDER BY e.position), max(e.position), count(*),
       (SELECT max(position) FROM event_positions)
FROM (
  SELECT p.position, json_build_object(
    'specversion', '1.0', 'id', e.id, 'source', CAST(:source AS text), 'type', e.type, 'subject', e.subject,
    'time', e.occurred_at, 'datacontenttype', 'application/json', 'sequence', p.position,
    'hash', encode(p.hash, 'hex'), 'division', e.division, 'kindergarten', e.kindergarten, 'actor', e.actor,
    'trace', e.trace, 'data', e.data)::text AS body
  FROM event_positions p JOIN events e ON e.id = p.event
  WHERE p.position > :after AND (CAST(:types AS text[]) IS NULL OR e.type ^@ ANY (CAST(:types AS text[])))
  ORDER BY p.position LIMIT :limit
) e
"""
PAGE = db.Query(text(_page))
FAULTS = db.Query(
    text(
        "SELECT coalesce(json_agg(f), '[]')::text"
        " FROM (SELECT * FROM verify_events() LIMIT 100) AS f(position, event, fault)"
    )
)


class EventOut(Out):
    """A CloudEvent 1.0 with our extension attributes."""

    specversion: Annotated[str, zh("规范版本")]
    id: Annotated[str, zh("事件编号")]
    source: Annotated[str, zh("来源服务")]
    type: Annotated[str, zh("事件类型", examples=["registry.kindergarten.registered"])]
    subject: Annotated[str, zh("对象")]
    time: Annotated[str, zh("发生时刻")]
    datacontenttype: Annotated[str, zh("数据格式")]
    sequence: Annotated[Count, zh("提交次序")]
    hash: Annotated[str, zh("链式摘要", "SHA-256 over the hash before and this event's content, hex.")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[str | None, zh("幼儿园")]
    actor: Annotated[str, zh("操作人")]
    trace: Annotated[str, zh("追踪号")]
    data: Annotated[dict[str, Any], zh("内容")]


class EventPage(Out):
    """A stretch of the feed. Ask again with `after=next`."""

    items: Annotated[list[EventOut], zh("事件")]
    next: Annotated[Count, zh("下一个位置")]


class FeedQuery(In):
    after: Annotated[int, zh("起点", "Position after which to begin; 0 is the beginning.", ge=0, le=2**62)] = 0
    limit: Annotated[int, zh("条数", ge=1, le=500)] = 100
    wait: Annotated[float, zh("等待秒数", "Seconds to wait for an event when there is none.", ge=0, le=30)] = 0
    types: Annotated[list[str], zh("类型", "Event types or prefixes of them.", max_length=50)] = Field(default=[])


class ChainFault(Out):
    """A place where the chain does not hold."""

    position: Annotated[Count, zh("位置")]
    event: Annotated[str, zh("事件编号")]
    fault: Annotated[str, zh("问题")]


async def _read(reader: Reader, source: str, query: FeedQuery, after: int) -> tuple[str, int, int]:
    """Events as JSON text, where the reader stands now, and how many there were."""
    row = await reader.row(PAGE, source=source, after=after, types=query.types or None, limit=query.limit)
    body, last, found, head = row or (None, None, 0, None)
    # A short page was read up to the head as it was then; a full one only up to its last event.
    standing = last if found == query.limit else max(head or 0, after)
    return body or "", standing or after, found


def router(service: str) -> APIRouter:
    """The feed's routes for one service."""
    routes = APIRouter(prefix="/events", tags=["events"], route_class=Route)
    source = f"/{service}"

    @routes.get("", operation_id=f"list_{service}_events", response_model=EventPage)
    async def list_events(
        query: Annotated[FeedQuery, Query()], request: Request, _: Follower, reader: Read
    ) -> Response:
        """Read the feed after a position; with `wait`, stay on the line until something happens."""
        deadline = time.monotonic() + query.wait
        sequencer = request.app.state.sequencer
        while True:
            seen = sequencer.turns  # before reading: what moves meanwhile is not slept through
            body, standing, found = await _read(reader, source, query, query.after)
            left = deadline - time.monotonic()
            if found or left <= 0:
                break
            await sequencer.wait(min(left, 5.0), seen)
        return Response(f'{{"items":[{body}],"next":{standing}}}', media_type="application/json")

    @routes.get(
        "/stream",
        operation_id=f"stream_{service}_events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def stream_events(
        query: Annotated[FeedQuery, Query()],
        request: Request,
        _: Follower,
        reader: Read,
        last_event_id: Annotated[str | None, Header(max_length=20, pattern=r"^\d{1,18}$")] = None,
    ) -> StreamingResponse:
        """Follow the feed as server-sent events; `Last-Event-ID` goes on where the connection broke."""
        start = int(last_event_id) if last_event_id else query.after
        return StreamingResponse(_stream(request, reader, source, query, start), media_type="text/event-stream")

    @routes.get("/verification", operation_id=f"verify_{service}_events", response_model=list[ChainFault])
    async def verify_events(_: Auditor, reader: Read) -> Response:
        """Recompute the hash chain; an empty list says it holds."""
        row = await reader.row(FAULTS)
        return Response(row[0] if row else "[]", media_type="application/json")

    return routes


async def _stream(request: Request, reader: Reader, source: str, query: FeedQuery, after: int) -> AsyncIterator[bytes]:
    ends = min(reader.actor.expires, time.time() + 3600)  # a stream lives no longer than its token
    sequencer = request.app.state.sequencer
    while time.time() < ends and not await request.is_disconnected():
        seen = sequencer.turns
        body, after, found = await _read(reader, source, query, after)
        for event in json.loads(f"[{body}]"):
            text_ = json.dumps(event, ensure_ascii=False)
            yield f"id: {event['sequence']}\nevent: {event['type']}\ndata: {text_}\n\n".encode()
        if not found:
            yield b": still here\n\n"
            await sequencer.wait(15.0, seen)
