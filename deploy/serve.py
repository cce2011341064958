"""Serve one program: `python -m deploy.serve registry`, or without an argument the one `HUAIYOU_SERVICE` names.

It listens at `HUAIYOU_LISTEN` (`127.0.0.1:8000`) with `HUAIYOU_WORKERS` (1) workers. Granian's main process keeps them
alive, and none outlives it.
"""

import functools
import os
import signal
import sys
from typing import Any

from granian.constants import Interfaces
from granian.server import Server

from deploy.children import die_with_parent
from deploy.settings import package

_STOP_SECONDS = 8  # a long poll or a stream of events would hold its worker for as long as the client likes


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    host, _, port = os.environ.get("HUAIYOU_LISTEN", "127.0.0.1:8000").rpartition(":")
    program = sys.argv[1] if len(sys.argv) > 1 else os.environ["HUAIYOU_SERVICE"]
    server = Server(
        program if ":" in program else f"{package(program)}.app:create_app",
        address=host,
        port=int(port),
        interface=Interfaces.ASGI,
        workers=int(os.environ.get("HUAIYOU_WORKERS", "1")),
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
    )
    server.serve(target_loader=functools.partial(load, os.getpid()))


def load(main_process: int, target: str) -> Any:
    """Build the application inside a worker."""
    if os.getpid() != main_process:
        die_with_parent(signal.SIGKILL, main_process)
    module, factory = target.split(":")
    __import__(module)
    return getattr(sys.modules[module], factory)()


if __name__ == "__main__":
    main()
