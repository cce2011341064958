"""A running application behind a real socket, for what cannot be tried in process: streams, long polls, consumers."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    """Serve an application that has been started already; the address is on a free port of this machine."""
    listening = socket.create_server(("127.0.0.1", 0))  # who connects before the server is up waits in its queue
    config = uvicorn.Config(app, lifespan="off", log_config=None, http="h11", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve([listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
