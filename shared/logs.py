"""Structured logs that carry the trace id of the request they belong to."""

import logging
import re
import secrets
import time
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_trace: ContextVar[str] = ContextVar("trace", default="")
_parent = re.compile(rb"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
log = structlog.get_logger()


def trace_id() -> str:
    """W3C trace id of the request being served, empty outside one."""
    return _trace.get()


def traceparent() -> str:
    """Header to send onwards, so that the next hop logs under the same trace."""
    return f"00-{_trace.get() or secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def configure(level: str, service: str) -> None:
    """Write one JSON object a line to standard error."""

    def with_trace(_: Any, __: str, event: Any) -> Mapping[str, Any]:
        event["service"] = service
        if found := _trace.get():
            event["trace_id"] = found
        return event  # type: ignore[no-any-return]

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            with_trace,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )


class Traced:
    """ASGI middleware: takes or makes the trace id, returns it, logs one line a request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        match = _parent.fullmatch(headers.get(b"traceparent", b""))
        trace = match[1].decode() if match else secrets.token_hex(16)
        _trace.set(trace)  # left set: whoever answers an error further out names it too
        began, status = time.perf_counter(), 0

        async def answered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", trace.encode())]
            await send(message)

        try:
            await self.app(scope, receive, answered)
        finally:
            taken = round((time.perf_counter() - began) * 1000, 1)
            log.debug("request", method=scope["method"], path=scope["path"], status=status, ms=taken)
        return None
