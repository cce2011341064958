"""A load generator in a process of its own: `python -m tests.bench.load URL SECONDS CONNECTIONS TOKEN` prints JSON.

Keep-alive connections that ask again as soon as they are answered. Loopback only; it stops by itself.
"""

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit

import uvloop

HEAD_END = b"\r\n\r\n"


class Connection(asyncio.Protocol):
    """One connection: request, answer, request …"""

    def __init__(self, request: bytes, ends: float, taken: list[float], failures: list[bytes]) -> None:
        self.request, self.ends, self.taken, self.failures = request, ends, taken, failures
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.received, self.missing, self.began = bytearray(), -1, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.received.clear()
        self.missing, self.began = -1, time.perf_counter()
        self.transport.write(self.request)  # type: ignore[attr-defined]  # a stream transport

    def data_received(self, data: bytes) -> None:
        if self.missing < 0:
            self.received += data
            if (end := self.received.find(HEAD_END)) < 0:
                return
            head = bytes(self.received[:end]).lower()
            if not head.startswith(b"http/1.1 200"):
                self.failures.append(head[:200])
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            self.missing = length - (len(self.received) - end - len(HEAD_END))
        else:
            self.missing -= len(data)
        if self.missing <= 0:
            now = time.perf_counter()
            self.taken.append(now - self.began)
            if now < self.ends:
                self._ask()
            else:
                self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # the protocol's signature
        if not self.closed.done():
            self.closed.set_result(None)


async def load(url: str, seconds: float, connections: int, token: str) -> dict[str, object]:
    """Requests a second, median and 99th percentile in milliseconds, and what was not answered with 200."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    request = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    taken: list[float] = []
    failures: list[bytes] = []
    begin = time.perf_counter()
    made = [
        await asyncio.get_running_loop().create_connection(
            lambda: Connection(request, begin + seconds, taken, failures), parts.hostname or "", parts.port or 80
        )
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.closed for _, connection in made))
    lasted, taken = time.perf_counter() - begin, sorted(taken)
    return {
        "rate": len(taken) / lasted,
        "p50": taken[len(taken) // 2] * 1000,
        "p99": taken[int(len(taken) * 0.99)] * 1000,
        "failures": len(failures),
        "first_failure": failures[0].decode(errors="replace") if failures else "",
    }


if __name__ == "__main__":
    address, lasting, count, bearer = sys.argv[1:]
    sys.stdout.write(json.dumps(uvloop.run(load(address, float(lasting), int(count), bearer))))
