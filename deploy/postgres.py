"""An own PostgreSQL 18, from the binaries of a wheel, that lives and dies with the process that asked for it.

Acknowledged commits survive `kill -9` of anything; a server that lost its owner shuts down by itself.
"""

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from deploy import children, places
from deploy.settings import Unusable

_SETTINGS = {
    "listen_addresses": "",  # the private socket is the only way in
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "wal_buffers": "32MB",  # several connections storing a roll wait for one another's log otherwise: 38 to 26 µs a row
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %d ",
}
# Nothing of a throw-away cluster survives its owner, so nothing waits for a disk; a vacuum worker inside a template
# database would keep it from being cloned.
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "autovacuum": "off",
}
_START_SECONDS = 120.0  # a crash recovery replays at most a gigabyte of log
_STOP_SECONDS = 30.0
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "LANG": "C"}  # no secret of ours reaches the server


@contextmanager
def embedded(state_dir: Path | None = None, *, fast: bool = False) -> Iterator["Server"]:
    """Run PostgreSQL for as long as the context lasts.

    Args:
        state_dir: Where it keeps its data; needed unless `fast`.
        fast: A throw-away cluster for tests, in memory where there is room, not durable.

    Raises:
        Unusable: it cannot start here, or another process runs it on the same data (`AlreadyRunning`).
    """
    if fast:
        with places.throw_away() as folder, _running(folder, fast=True) as server:
            yield server
    elif state_dir is not None:
        with _running(places.make_state_dir(state_dir), fast=False) as server:
            yield server
    else:
        raise Unusable("A durable cluster needs a state folder.")


@contextmanager
def _running(state_dir: Path, *, fast: bool) -> Iterator["Server"]:
    place, user = places.place_for(state_dir)
    with places.locked(place / "lock", wait=10):
        server = Server(place, user, places.binaries(user), places.socket_folder(place, user), fast)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@dataclass(slots=True)
class Server:
    """The cluster in one folder, and its postmaster while it runs."""

    place: Path
    user: children.User | None
    bin: Path
    socket: Path
    fast: bool
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> Path:
        return self.place / "log"

    @property
    def pid(self) -> int:
        """Process id of the postmaster; raises `Unusable` when it was never started."""
        if self._process is None:
            raise Unusable("PostgreSQL is not running.")
        return self._process.pid

    @property
    def admin_url(self) -> str:
        """URL of the superuser, for psycopg and SQLAlchemy alike. A secret."""
        password = (self.place / "password").read_text().strip()
        return f"postgresql://postgres:{password}@/postgres?host={quote(str(self.socket), safe='/')}"

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the postmaster, recover what a crash left, and return when it takes connections.

        Raises:
            Unusable: it did not come up in time; the message ends with its own last words.
        """
        deadline = time.monotonic() + _START_SECONDS
        if self._process is not None:
            # A killed child that nobody has waited for still holds its number, and with it the socket's lock file.
            children.exited_within(self._process, _STOP_SECONDS)
        if not self.data.is_dir():
            self._initialise()
        _end_orphan(self.data)
        while not self._started(deadline):
            if time.monotonic() > deadline:
                raise Unusable(f"PostgreSQL does not start; the end of {self.log}:\n{_last_lines(self.log)}")
            time.sleep(0.1)  # children of a killed postmaster still hold its memory for a moment
        with psycopg.connect(self.admin_url, connect_timeout=10):
            pass

    def _started(self, deadline: float) -> bool:
        """One attempt: False when the postmaster gave up or ran out of time."""
        with self.log.open("ab") as log:
            options = [f"--{name}={value}" for name, value in (_SETTINGS | (_FAST if self.fast else {})).items()]
            folder = str(self.socket).replace('"', '""')
            self._process = children.start(
                [str(self.bin / "postgres"), "-D", str(self.data), f'--unix_socket_directories="{folder}"', *options],
                death_signal=signal.SIGINT,  # "fast shutdown" in PostgreSQL's terms
                env=_ENVIRONMENT,
                output=log,
                cwd=self.place,
                user=self.user,
            )
        while time.monotonic() < deadline and self.is_alive():
            status = _status(self.data)
            if status[:1] == [str(self._process.pid)] and status[7:8] == ["ready"]:
                return True
            time.sleep(0.01)
        return False

    def stop(self) -> None:
        """End every connection, write everything down and stop; harder when it takes too long."""
        process, self._process = self._process, None
        if process is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with suppress(ProcessLookupError):
                process.send_signal(how)
            if children.exited_within(process, _STOP_SECONDS):
                break
        children.end_group(process)
        if self.socket.parent != self.place:
            shutil.rmtree(self.socket, ignore_errors=True)

    def _initialise(self) -> None:
        """Make the cluster beside its final place: a half-made one is never taken for data."""
        draft, password = self.place / "data.new", self.place / "password"
        shutil.rmtree(draft, ignore_errors=True)
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(secrets.token_hex(24) + "\n")
        if self.user is not None:
            os.chown(password, self.user.uid, self.user.gid)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("ab") as log:
            initdb = children.start(
                [
                    *(str(self.bin / "initdb"), "-D", str(draft), "--username=postgres", f"--pwfile={password}"),
                    *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"),
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                    *(("--no-sync", "--no-data-checksums") if self.fast else ("--data-checksums",)),
                ],
                death_signal=signal.SIGKILL,
                env=_ENVIRONMENT,
                output=log,
                cwd=self.place,
                user=self.user,
            )
        if not children.exited_within(initdb, _START_SECONDS) or initdb.returncode != 0:
            children.end_group(initdb)
            raise Unusable(f"PostgreSQL cannot be set up; the end of {self.log}:\n{_last_lines(self.log)}")
        draft.rename(self.data)


def _status(data: Path) -> list[str]:
    """The lines of `postmaster.pid`: the first is the process id, the eighth says `ready`."""
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except (FileNotFoundError, PermissionError):
        return []


def _end_orphan(data: Path) -> None:
    """Stop a postmaster that outlived its owner, and forget one whose process id now belongs to something else.

    We hold the folder's lock, so whoever runs on this data is not anybody's server any more. PostgreSQL itself
    recognises a file whose process is gone, but takes any living process with that number for a server.
    """
    status = _status(data)
    if not status or not status[0].isdecimal():
        return
    pid = int(status[0])
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        deadline = time.monotonic() + _STOP_SECONDS
        with suppress(ProcessLookupError, PermissionError):
            if _runs_on(pid, data):
                os.kill(pid, how)
        while _runs_on(pid, data) and time.monotonic() < deadline:
            time.sleep(0.02)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _runs_on(pid: int, data: Path) -> bool:
    """Whether this process is the postmaster of this data folder: it works inside it."""
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
        except OSError:
            return False
    ps = ["/bin/ps", "-p", str(pid), "-o", "command="]
    return str(data) in subprocess.run(ps, capture_output=True, text=True, check=False).stdout  # noqa: S603 - a number


def _last_lines(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
