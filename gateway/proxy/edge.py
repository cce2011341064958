"""The first thing a request meets: path check, limits, and the short way to a service. No framework in between."""

from collections.abc import Mapping

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.addresses import caller_address, network
from gateway.proxy import headers
from gateway.proxy.errors import SuspiciousPath, TooManyRequests
from gateway.proxy.paths import is_suspicious, split
from gateway.proxy.upstream import Call, Heading, Upstream
from gateway.quotas import Quota, cost
from shared import logs
from shared.auth import Verifier
from shared.errors import DomainError, MalformedRequest, NotAuthenticated
from shared.problems import MethodNotAllowed, NoSuchAddress, document

log = structlog.get_logger()
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
# Asked by machines that watch over us, or part of a page: not counted.
FREE = (b"/health", b"/ready", b"/.well-known/", b"/assets/")
SAFE = (b"x-content-type-options", b"nosniff")


class Edge:
    """ASGI middleware around the gateway's own application."""

    def __init__(
        self, app: ASGIApp, upstreams: Mapping[bytes, Upstream], verifier: Verifier, quota: Quota, trust_proxy: bool
    ) -> None:
        self.app, self.upstreams = app, upstreams
        self.verifier, self.quota, self.trust_proxy = verifier, quota, trust_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        extra: list[Heading] = [SAFE]
        try:
            await self._serve(scope, receive, send, extra)
        except DomainError as refusal:
            answer = document(Request(scope), refusal)
            answer.raw_headers.extend(extra)
            await answer(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, extra: list[Heading]) -> None:
        path, query = scope.get("raw_path") or scope["path"].encode(), scope["query_string"]
        if is_suspicious(path, query):
            raise SuspiciousPath
        if scope["method"] not in METHODS:
            raise MethodNotAllowed
        service, rest = split(path)
        upstream = self.upstreams.get(service)
        if self.quota.on and not path.startswith(FREE):
            await self._meter(scope, path, extra)
        if upstream is None:
            await self.app(scope, receive, _adding(send, extra))
            return
        if not rest.startswith(b"/v1/"):
            raise NoSuchAddress(what="address")
        target = rest + b"?" + query if query else rest
        await upstream.forward(self._call(scope, receive, send, target.decode("ascii"), b"/" + service, extra))

    async def _meter(self, scope: Scope, path: bytes, extra: list[Heading]) -> None:
        token, accept = b"", b""
        for name, value in scope["headers"]:
            if name == b"authorization":
                token = value
            elif name == b"accept":
                accept = value
        who = await self._identity(token)
        units = cost(scope["method"], path, accept)
        key = who or network(caller_address(scope, self.trust_proxy))
        standing, policy = await self.quota.take(key, units, known=who is not None)
        extra += standing.heading(policy)
        if not standing.allowed:
            raise TooManyRequests(seconds=max(standing.seconds, 1))

    async def _identity(self, authorization: bytes) -> str | None:
        """Whose valid token this is. Refusing a bad one is the service's business: its page may be public."""
        if authorization[:7].lower() != b"bearer ":
            return None
        try:
            return (await self.verifier.actor(authorization[7:].decode("ascii"))).id
        except (NotAuthenticated, UnicodeDecodeError):
            return None

    def _call(
        self, scope: Scope, receive: Receive, send: Send, target: str, prefix: bytes, extra: list[Heading]
    ) -> Call:
        raw = scope["headers"]
        try:
            onward = headers.onward(raw)
        except headers.Unreadable as error:
            raise MalformedRequest from error
        peer = scope.get("client")
        hops, host, streams = str(peer[0]) if peer else "unknown", "", False
        for name, value in raw:
            if name == b"x-forwarded-for" and self.trust_proxy:
                hops = f"{value.decode('latin-1')}, {hops}"
            elif name == b"host":
                host = value.decode("latin-1")
            elif name == b"accept":
                streams = b"event-stream" in value
        onward += [
            ("x-forwarded-for", hops),
            ("x-forwarded-proto", scope.get("scheme", "http")),
            ("x-forwarded-host", host),
            ("traceparent", logs.traceparent()),
        ]
        return Call(scope, receive, send, target, onward, prefix, extra, _length(raw), streams)


def _length(raw: headers.Raw) -> int | None:
    """Bytes of the body, None when it comes in chunks.

    Raises:
        MalformedRequest: two lengths, or a length and chunks: the shapes requests are smuggled in.
    """
    written = [value for name, value in raw if name == b"content-length"]
    codings = [value for name, value in raw if name == b"transfer-encoding"]
    if len(written) + len(codings) > 1:
        raise MalformedRequest
    if codings:
        if codings[0].strip().lower() != b"chunked":
            raise MalformedRequest
        return None
    if not written:
        return 0
    if not written[0].isdigit():
        raise MalformedRequest
    return int(written[0])


def _adding(send: Send, extra: list[Heading]) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sent
