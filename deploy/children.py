"""Child processes that never outlive their parent, not even when it is killed with `kill -9`."""

import ctypes
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec nothing may be imported or allocated that could need a lock.
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None)


@dataclass(frozen=True, slots=True)
class User:
    """The system account a child runs as."""

    uid: int
    gid: int


def die_with_parent(death_signal: signal.Signals, parent: int) -> None:
    """Let the kernel send `death_signal` to this process when `parent`, which started it, dies.

    Linux only; elsewhere the parent has to stop its children itself. Call it after any change of user, which resets it.
    """
    if _PRCTL is None:
        return
    _PRCTL(_PR_SET_PDEATHSIG, death_signal.value)
    if os.getppid() != parent:  # the parent died before the kernel knew
        os._exit(1)


def start(
    argv: Sequence[str],
    *,
    death_signal: signal.Signals,
    env: Mapping[str, str],
    output: IO[bytes] | int,
    cwd: Path,
    user: User | None = None,
) -> subprocess.Popen[bytes]:
    """Start `argv` in a session of its own, so that Ctrl-C reaches the launcher alone and the launcher keeps the order.

    The kernel watches the thread that forks, not the process: only the main thread lives as long as the process.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("Children are started from the main thread, with which they die.")
    return subprocess.Popen(  # noqa: S603 - argv is our own
        argv,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=dict(env),
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_before_exec(death_signal),  # noqa: PLW1509 - it calls the kernel and nothing else
        user=None if user is None else user.uid,
        group=None if user is None else user.gid,
        extra_groups=None if user is None else [],
    )


def _before_exec(death_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()
    return lambda: die_with_parent(death_signal, parent)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill whatever a child that has ended left behind in its session."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def exited_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
