"""How much a caller may ask for in a window. Counters live in this process, or in Redis for many gateways."""

import math
import time
from dataclasses import dataclass
from typing import Protocol

from limits import RateLimitItem, RateLimitItemPerSecond, aio, storage
from limits.aio import strategies as aio_strategies

from gateway.settings import Settings

# Units a request costs: what it asks of the database, roughly. A page is one unit.
WRITE, FILE, SIGN_IN = 5, 50, 10
REMEMBERED = 100_000  # windows, before those that are over are dropped
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FILES = ("text/csv", "application/x-ndjson", "application/vnd.openxmlformats")


def cost(method: str, path: bytes, accept: bytes) -> int:
    """Units of a request: writes and whole files cost more than pages."""
    if method not in READING:
        return SIGN_IN if path == b"/auth/v1/tokens" else WRITE
    return FILE if accept and accept.decode("latin-1").startswith(FILES) else 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller stands after a request."""

    allowed: bool
    left: int
    seconds: int

    def heading(self, policy: bytes) -> list[tuple[bytes, bytes]]:
        """Headers of draft-ietf-httpapi-ratelimit-headers-10."""
        return [(b"ratelimit-policy", policy), (b"ratelimit", b'"default";r=%d;t=%d' % (self.left, self.seconds))]


class Counter(Protocol):
    """Takes units from a window that begins with its first request."""

    async def take(self, item: RateLimitItem, who: str, units: int) -> Standing: ...


class InThisProcess:
    """The memory of this process: a count and an end for each caller.

    The library's own memory store starts a thread every few milliseconds under load (50 µs a request, measured).
    """

    def __init__(self) -> None:
        self.windows: dict[tuple[RateLimitItem, str], tuple[int, float]] = {}

    async def take(self, item: RateLimitItem, who: str, units: int) -> Standing:
        now = time.monotonic()
        used, ends = self.windows.get((item, who), (0, 0.0))
        if ends <= now:
            used, ends = 0, now + item.get_expiry()
            if len(self.windows) >= REMEMBERED:
                self.windows = {each: found for each, found in self.windows.items() if found[1] > now}
        used += units
        self.windows[item, who] = (used, ends)
        return Standing(used <= item.amount, max(item.amount - used, 0), math.ceil(ends - now))


class Shared:
    """A store several gateways share, by its address (`async+redis://…`)."""

    def __init__(self, url: str) -> None:
        found = storage.storage_from_string(url)
        if not isinstance(found, aio.storage.Storage):
            raise TypeError(f"HUAIYOU_LIMIT_STORAGE={url}: use memory:// or an async+ address.")
        self.window = aio_strategies.FixedWindowRateLimiter(found)

    async def take(self, item: RateLimitItem, who: str, units: int) -> Standing:
        allowed = await self.window.hit(item, who, cost=units)
        reset, left = await self.window.get_window_stats(item, who)
        return Standing(allowed, left, max(math.ceil(reset - time.time()), 0))


class Quota:
    """The two policies: for who showed a valid token, and for an address that showed none."""

    def __init__(self, settings: Settings) -> None:
        self.on = settings.limit_units > 0
        url, seconds = settings.limit_storage, settings.limit_seconds
        self.counter: Counter = InThisProcess() if url == "memory://" else Shared(url)
        self.known = RateLimitItemPerSecond(max(settings.limit_units, 1), seconds)
        self.stranger = RateLimitItemPerSecond(settings.limit_stranger_units, seconds)
        self.policies = {item: b'"default";q=%d;w=%d' % (item.amount, seconds) for item in (self.known, self.stranger)}

    async def take(self, who: str, units: int, *, known: bool) -> tuple[Standing, bytes]:
        """Where the caller stands now, and the policy as the header says it."""
        item = self.known if known else self.stranger
        return await self.counter.take(item, who, units), self.policies[item]
