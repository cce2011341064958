"""Keeps programs running: start them together, restart what crashes, stop them in order, leave nothing behind."""

import http.client
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Protocol

from deploy import children
from deploy.settings import CHECKOUT, Unusable

_TICK_SECONDS = 0.1
_STOP_SECONDS = 12.0
_BACKOFF_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_SETTLED_SECONDS = 60.0  # a program that ran this long has recovered: its next crash starts the back-off anew


@dataclass(frozen=True, slots=True)
class Program:
    """One process to keep alive; with an address it is ready when `GET /ready` there answers 200.

    Programs of a later stage take requests in for those of an earlier one, so they stop first.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(repr=False)
    address: tuple[str, int] | None = None
    stage: int = 0


class Store(Protocol):
    """The database server, when it is ours to keep alive."""

    def is_alive(self) -> bool: ...
    def start(self) -> None: ...


@dataclass(slots=True)
class _Running:
    program: Program
    process: subprocess.Popen[bytes]
    since: float
    ready: bool
    crashes: int = 0
    restart_at: float | None = None


class Supervisor:
    """Runs programs until a signal asks it to stop."""

    def __init__(self, logs: Path, say: Callable[[str], None], store: Store | None = None) -> None:
        logs.mkdir(mode=0o700, exist_ok=True)
        self._logs = logs
        self._say = say
        self._store = store
        self._running: list[_Running] = []
        self.stopping = False
        self._hurried = False

    def listen_to_signals(self) -> None:
        """From here on Ctrl-C, SIGTERM and SIGHUP mean: stop in order. A second one means: at once."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._hurried = self.stopping
        self.stopping = True

    def start(self, programs: Sequence[Program], seconds: float) -> bool:
        """Start all at once and wait until every one is ready; False when a signal came first.

        Raises:
            Unusable: one is not ready within `seconds`; the message ends with its own last words.
        """
        for program in programs:
            if (log := self._log(program.name)).exists():
                log.replace(log.with_suffix(".old"))
            process = self._launch(program)
            self._running.append(_Running(program, process, time.monotonic(), ready=program.address is None))
        deadline = time.monotonic() + seconds
        while waiting := [one for one in self._running if not one.ready]:
            if self.stopping:
                return False
            self._look_after()
            for one in waiting:
                one.ready = _answers(one.program.address)
            if time.monotonic() > deadline:
                raise Unusable(
                    f"{waiting[0].program.name} is not ready after {seconds:.0f} s.\n{self._last_words(waiting[0])}"
                )
            time.sleep(_TICK_SECONDS / 2)
        return True

    def watch(self) -> None:
        """Keep everything alive until a signal comes."""
        while not self.stopping:
            self._look_after()
            time.sleep(_TICK_SECONDS)

    def stop(self) -> None:
        """Stop the later stages first; whoever does not end in time is killed with all it started."""
        for stage in sorted({one.program.stage for one in self._running}, reverse=True):
            ending = [one for one in self._running if one.program.stage == stage]
            for one in ending:
                if one.process.poll() is None:
                    with suppress(ProcessLookupError):
                        one.process.terminate()
            deadline = time.monotonic() + _STOP_SECONDS
            for one in ending:
                while one.process.poll() is None and time.monotonic() < deadline and not self._hurried:
                    time.sleep(0.01)
                children.end_group(one.process)
                one.process.wait()
        self._running.clear()

    def _look_after(self) -> None:
        if self._store is not None and not self._store.is_alive():
            self._say("postgresql ended; starting it again")
            self._store.start()
        for one in self._running:
            if one.restart_at is None:
                if one.process.poll() is not None:
                    self._crashed(one)
            elif time.monotonic() >= one.restart_at:
                one.process, one.since, one.restart_at = self._launch(one.program), time.monotonic(), None

    def _crashed(self, one: _Running) -> None:
        children.end_group(one.process)
        now, code = time.monotonic(), one.process.returncode
        one.crashes = 0 if now - one.since > _SETTLED_SECONDS else one.crashes
        pause = _BACKOFF_SECONDS[min(one.crashes, len(_BACKOFF_SECONDS) - 1)]
        one.crashes += 1
        one.restart_at = now + pause
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        self._say(f"{one.program.name} ended {how}; starting it again in {pause:g} s\n{self._last_words(one)}")

    def _launch(self, program: Program) -> subprocess.Popen[bytes]:
        with self._log(program.name).open("ab") as log:
            return children.start(program.argv, death_signal=signal.SIGTERM, env=program.env, output=log, cwd=CHECKOUT)

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def _last_words(self, one: _Running) -> str:
        log = self._log(one.program.name)
        lines = log.read_text(errors="replace").splitlines()[-6:]
        return "\n".join([f"  {log}:", *(f"  | {line}" for line in lines)])


def _answers(address: tuple[str, int] | None) -> bool:
    if address is None:
        return True
    connection = http.client.HTTPConnection(*address, timeout=2)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
