"""Processes under test: start a Python snippet as an owner of its own, and see what is left of it."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.settings import CHECKOUT

Owner = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def owner() -> Iterator[Owner]:
    """Run a snippet in a process that can be killed; it has answered when it has printed its first line."""
    started: list[subprocess.Popen[str]] = []

    def run(snippet: str, *arguments: str | Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603 - a snippet of a test
            [sys.executable, "-c", snippet, *map(str, arguments)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def gone(pid: int, within: float = 10.0) -> bool:
    """Whether the process ends in time; a zombie whose parent has not looked yet has ended."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False
