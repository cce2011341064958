"""A service reached over HTTP. Bodies stream both ways, undecoded; a caller who hangs up ends the request behind."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial

import aiohttp
import structlog
from yarl import URL

from gateway.proxy import headers
from gateway.proxy.errors import ServiceBroke, ServiceIsBusy, ServiceIsDown, ServiceIsSlow
from gateway.proxy.upstream import Call, CallerIsGone, Watch
from gateway.settings import Settings
from shared.errors import DomainError

log = structlog.get_logger()
WHOLE = 65_536  # bodies up to here are read before they are sent, so that the request can be repeated
REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
PAUSE = 0.1  # seconds before a refused connection is tried once more
KEEP_ALIVE = 15  # seconds; shorter than any service keeps an idle connection
WITHOUT_BODY = frozenset({204, 304})
SILENT = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")  # headers aiohttp would invent


def client(settings: Settings) -> aiohttp.ClientSession:
    """The connections to all services. Made inside the running loop."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=30),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=SILENT,
        timeout=_timeout(settings, settings.upstream_idle_seconds),
        read_bufsize=262_144,
    )


def _timeout(settings: Settings, idle: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=settings.upstream_connect_seconds, sock_read=idle)


class OverHttp:
    """One service at its address."""

    def __init__(self, name: str, url: str, session: aiohttp.ClientSession, settings: Settings) -> None:
        self.name, self.origin, self.session = name, url.rstrip("/"), session
        self.origin_bytes = self.origin.encode()
        self.idle = _timeout(settings, settings.upstream_idle_seconds)
        self.idle_stream = _timeout(settings, settings.upstream_stream_seconds)
        self.room = settings.upstream_concurrency
        self.upload_idle = settings.upstream_idle_seconds

    async def close(self) -> None:
        """The session belongs to who made it."""

    async def forward(self, call: Call) -> None:
        if self.room <= 0:
            raise ServiceIsBusy(service=self.name)
        self.room -= 1
        watch = Watch(call.receive)
        upload = Upload(call, self.upload_idle, watch.begin)
        try:
            await upload.prepare()
            await self._exchange(call, upload)
        except CallerIsGone:
            log.debug("caller hung up", service=self.name)
        except asyncio.CancelledError:
            if not watch.gone or watch.task is None:
                raise
            watch.task.uncancel()
        finally:
            watch.end()
            self.room += 1

    async def _exchange(self, call: Call, upload: "Upload") -> None:
        try:
            async with await self._answer(call, upload) as answer:
                await self._relay(call, answer)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if upload.cut:
                raise CallerIsGone from error
            if not call.started:
                raise _refusal(self.name, error) from error
            # The status is out: all that is left is to break off, so that nobody takes a part for the whole.
            log.warning("service broke off within an answer", service=self.name, error=repr(error))

    async def _answer(self, call: Call, upload: "Upload") -> aiohttp.ClientResponse:
        """The service's status and headers; a refused connection is tried once more where nothing can happen twice."""
        method = call.scope["method"]
        ask = partial(
            self.session.request,
            method,
            URL(self.origin + call.path, encoded=True),
            headers=upload.headers(),
            allow_redirects=False,
            timeout=self.idle_stream if call.streams else self.idle,
        )
        try:
            return await ask(data=upload.data())
        except aiohttp.ClientConnectorError:
            if method not in REPEATABLE or not upload.is_repeatable:
                raise
        await asyncio.sleep(PAUSE)
        return await ask(data=upload.data())

    async def _relay(self, call: Call, answer: aiohttp.ClientResponse) -> None:
        await call.begin(answer.status, headers.back(answer.raw_headers, call.prefix, self.origin_bytes))
        send = call.send
        if call.scope["method"] == "HEAD" or answer.status in WITHOUT_BODY:
            await send({"type": "http.response.body", "body": b""})
            return
        content = answer.content
        idle = self.idle_stream.sock_read if call.streams else self.idle.sock_read
        while True:
            if content.is_eof():  # all of it is here
                chunk = await content.readany()
            else:
                # The client's own read timeout does not end a malformed chunk (aiohttp 3.14 waits for ever).
                async with asyncio.timeout(idle):
                    chunk = await content.readany()
            more = not content.at_eof()
            await send({"type": "http.response.body", "body": chunk, "more_body": more})
            if not more:
                return


class Upload:
    """The body of a request on its way to the service."""

    def __init__(self, call: Call, idle: float, read: Callable[[], None]) -> None:
        self.call, self.idle = call, idle
        self.read = read  # called when the caller's request has been read to its end
        self.whole: bytes | None = None
        self.cut = False

    @property
    def is_repeatable(self) -> bool:
        return self.whole is not None or self.call.length == 0

    def headers(self) -> list[tuple[str, str]]:
        if self.call.length and self.whole is None:
            return [*self.call.headers, ("content-length", str(self.call.length))]
        return self.call.headers

    def data(self) -> bytes | AsyncIterator[bytes] | None:
        if self.call.length == 0:
            return None
        return self.whole if self.whole is not None else self._chunks()

    async def prepare(self) -> None:
        """Read a small body whole."""
        if self.call.length == 0:
            self.read()
        elif self.call.length is not None and self.call.length <= WHOLE:
            self.whole = b"".join([chunk async for chunk in self._chunks()])

    async def _chunks(self) -> AsyncIterator[bytes]:
        while True:
            try:
                async with asyncio.timeout(self.idle):
                    message = await self.call.receive()
            except TimeoutError:
                message = {"type": "http.disconnect"}
            if message["type"] == "http.disconnect":
                self.cut = True
                raise CallerIsGone
            if chunk := message.get("body", b""):
                yield chunk
            if not message.get("more_body", False):
                self.read()
                return


def _refusal(name: str, error: Exception) -> DomainError:
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return ServiceIsDown(service=name, seconds=1)
    if isinstance(error, TimeoutError):
        return ServiceIsSlow(service=name, seconds=5)
    log.warning("service broke off before its answer", service=name, error=repr(error))
    return ServiceBroke(service=name, seconds=1)
