"""Several services over real sockets, each following the others' feeds as its own application says."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp

from shared.consumer import Consumer, ServiceToken
from tests import stack
from tests.serving import serving
from tests.stack import Service

DISTRICT = "110116"


class Token(ServiceToken):
    """The service's token without a gateway to ask for it."""

    def __init__(self) -> None:
        super().__init__("", "", "")

    async def get(self, http: aiohttp.ClientSession) -> str:  # noqa: ARG002  # nobody is asked
        return stack.token(("service", DISTRICT), sub="service")


@asynccontextmanager
async def meshed(*services: Service) -> AsyncIterator[None]:
    """Serve them all and let each follow those feeds of the others that it follows in service."""
    async with AsyncExitStack() as opened:
        urls = {each.database.service: await opened.enter_async_context(serving(each.app)) for each in services}
        for each in services:
            app = importlib.import_module(f"services.{each.database.service}.app")
            for one in app.following(each.app, each.app.state.settings):
                if one.feed in urls:
                    made = Consumer(one.feed, urls[one.feed], Token(), each.app.state.database, one.handlers)
                    made.start()
                    opened.push_async_callback(made.stop)
        yield


async def seconds_until(true: Callable[[], Awaitable[bool]], most: float = 20) -> float:
    """How long it takes until that is so."""
    clock = asyncio.get_running_loop().time
    begin = clock()
    async with asyncio.timeout(most):
        while not await true():  # noqa: ASYNC110  # what is waited for is in other hands
            await asyncio.sleep(0.01)
    return clock() - begin
