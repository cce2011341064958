"""Clients that ask again as soon as they are answered: `python -m tests.bench.load URL clients seconds [token]`.

A process of its own, on bare protocols, so that it costs the measured side as little as it can. Prints JSON: answers a
second, milliseconds at the middle and at the 99th of a hundred, bytes of one answer, and how many answers were not 200.
"""

import asyncio
import json
import sys
import time
from functools import partial
from urllib.parse import urlsplit


class Client(asyncio.Protocol):
    """One connection that stays open, one request at a time."""

    def __init__(self, request: bytes, until: float, taken: list[float], faults: list[bytes]) -> None:
        self.request, self.until, self.taken, self.faults = request, until, taken, faults
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.received, self.missing, self.began, self.size = b"", 0, 0.0, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]  # of a stream it is
        self._ask()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    def _ask(self) -> None:
        if time.perf_counter() >= self.until:
            self.transport.close()
            return
        self.began = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if self.missing:
            self.missing -= len(data)
        else:
            self.received += data
            head, found, body = self.received.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 200"):
                self.faults.append(head.split(b"\r\n", 1)[0])
            self.size = _length(head)
            self.missing, self.received = self.size - len(body), b""
        if not self.missing:
            self.taken.append(time.perf_counter() - self.began)
            self._ask()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":", 1)[1])
    raise ValueError("the answer does not say its length")


async def ask(url: str, clients: int, seconds: float, token: str) -> dict[str, float]:
    """Ask for so long with so many clients; the first half second does not count."""
    address = urlsplit(url)
    headers = [f"GET {address.path}?{address.query} HTTP/1.1", f"Host: {address.netloc}", "Accept: application/json"]
    headers += [f"Authorization: Bearer {token}"] if token else []
    request = "\r\n".join([*headers, "", ""]).encode()
    for length in (0.5, seconds):
        taken: list[float] = []
        faults: list[bytes] = []
        begin = time.perf_counter()
        loop, new = asyncio.get_running_loop(), partial(Client, request, begin + length, taken, faults)
        where = (address.hostname or "127.0.0.1", address.port or 80)
        made = [await loop.create_connection(new, *where) for _ in range(clients)]
        await asyncio.gather(*(client.ended for _, client in made))
        spent = time.perf_counter() - begin
    ordered = sorted(taken)
    return {
        "rate": len(ordered) / spent,
        "p50": ordered[len(ordered) // 2] * 1000,
        "p99": ordered[len(ordered) * 99 // 100] * 1000,
        "bytes": made[0][1].size,
        "faults": len(faults),
    }


if __name__ == "__main__":
    where, many, length, *secret = sys.argv[1:]
    sys.stdout.write(json.dumps(asyncio.run(ask(where, int(many), float(length), secret[0] if secret else ""))))
