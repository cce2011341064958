import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy import places
from deploy.postgres import embedded
from deploy.settings import Unusable
from tests.deploy.conftest import Owner, gone, line

OWNER = """
import sys, time
from pathlib import Path
from deploy.postgres import embedded
with embedded(Path(sys.argv[1])) as server:
    print(server.pid, server.admin_url, flush=True)
    time.sleep(60)
"""

STRANGER = """
import os, sys, time
os.setuid(int(sys.argv[1]))
print(flush=True)
time.sleep(60)
"""
ORPHANING = OWNER.replace("import sys, time", "import sys, time\nfrom deploy import children\nchildren._PRCTL = None")
THROW_AWAY = """
import time
from deploy.postgres import embedded
with embedded(fast=True) as server:
    print(server.place.parent, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder the unprivileged account of a run as root may enter, unlike those of pytest."""
    made = Path(tempfile.mkdtemp(prefix="huaiyou-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def state(folder: Path) -> Path:
    return folder / "a folder with spaces"


def place_of(state: Path) -> Path:
    return (state / "postgres").resolve()


def test_a_cluster_keeps_its_data_and_its_password_from_one_start_to_the_next(state: Path) -> None:
    with embedded(state) as server:
        url, pid = server.admin_url, server.pid
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert gone(pid)
    with embedded(state) as server, psycopg.connect(server.admin_url) as connection:
        assert server.admin_url == url
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
        found = connection.execute(
            "SELECT current_setting('data_checksums'), current_setting('fsync'), current_setting('listen_addresses'),"
            " datlocale FROM pg_database WHERE datname = 'postgres'"
        ).fetchone()
        assert found == ("on", "on", "", "C.UTF-8")


def test_only_its_owner_reads_the_password_and_reaches_the_socket(state: Path) -> None:
    with embedded(state) as server:
        assert oct((server.place / "password").stat().st_mode & 0o777) == "0o600"
        assert oct(server.place.stat().st_mode & 0o777) == "0o700"
        assert oct(server.socket.stat().st_mode & 0o777) == "0o700"
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.admin_url, password="wrong")


def test_killing_the_owner_leaves_no_server_and_loses_nothing(state: Path, owner: Owner) -> None:
    process = owner(OWNER, state)
    pid, url = line(process).split()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    process.kill()
    assert gone(int(pid))
    with embedded(state) as server, psycopg.connect(server.admin_url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_killing_owner_and_server_at_once_is_recovered_from(state: Path, owner: Owner) -> None:
    process = owner(OWNER, state)
    pid, url = line(process).split()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(int(pid), signal.SIGKILL)
    process.kill()
    with embedded(state) as server, psycopg.connect(server.admin_url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_server_killed_under_a_living_owner_starts_again(state: Path) -> None:
    with embedded(state) as server:
        with psycopg.connect(server.admin_url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(server.pid, signal.SIGKILL)
        assert gone(server.pid)
        assert not server.is_alive()
        server.start()
        with psycopg.connect(server.admin_url) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_process_that_took_over_the_number_of_a_dead_server_is_left_alone(state: Path, owner: Owner) -> None:
    with embedded(state):
        pass
    # The number of a living process of PostgreSQL's own account is what PostgreSQL itself would stumble over.
    user = places.account(place_of(state))
    stranger = owner(STRANGER, str(user.uid if user else os.geteuid()))
    line(stranger)
    stale = place_of(state) / "data" / "postmaster.pid"
    stale.write_text(f"{stranger.pid}\n{stale.parent}\n1700000000\n5432\n\n\n1 1\nready\n")
    with embedded(state) as server:
        assert server.pid != stranger.pid
    assert stranger.poll() is None


def test_a_server_that_outlived_its_owner_is_stopped_before_the_next_one_starts(state: Path, owner: Owner) -> None:
    """Where the kernel does not tell a child of its parent's death, the next start has to."""
    process = owner(ORPHANING, state)
    pid, _ = line(process).split()
    process.kill()
    process.wait()
    assert not gone(int(pid), within=0.5)
    with embedded(state) as server:
        assert gone(int(pid))
        assert server.pid != int(pid)


def test_two_owners_of_one_folder_are_refused(state: Path, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    process = owner(OWNER, state)
    pid, _ = line(process).split()
    locked = places.locked
    monkeypatch.setattr(places, "locked", lambda file, wait: locked(file, wait=min(wait, 0.2)))
    with pytest.raises(places.AlreadyRunning, match=f"process {process.pid}"), embedded(state):
        pass
    process.kill()
    assert gone(int(pid))


def test_a_long_path_still_gets_a_private_socket(folder: Path) -> None:
    with embedded(folder / ("x" * 100)) as server:
        assert len(os.fsencode(server.socket)) < 90
        assert oct(server.socket.stat().st_mode & 0o777) == "0o700"
        socket = server.socket
    assert not socket.exists()


def test_a_half_made_cluster_is_made_anew(state: Path) -> None:
    state.mkdir()
    place, user = places.place_for(state)
    (place / "data.new").mkdir()
    (place / "data.new" / "PG_VERSION").write_text("18")
    if user is not None:
        os.chown(place / "data.new", user.uid, user.gid)
    with embedded(state) as server:
        assert server.is_alive()


def test_a_throw_away_cluster_leaves_nothing_behind(owner: Owner) -> None:
    with embedded(fast=True) as server, psycopg.connect(server.admin_url) as connection:
        assert connection.execute("SELECT current_setting('fsync')").fetchone() == ("off",)
        folder = server.place.parent
    assert not folder.exists()
    process = owner(THROW_AWAY)
    left_over = Path(line(process))
    process.kill()
    process.wait()
    assert left_over.exists()
    with embedded(fast=True):
        assert not left_over.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")
def test_as_root_a_folder_nobody_else_may_enter_stays_closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, outside = folder / "closed", folder / "outside"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(places, "_OUTSIDE", outside)
    for _start in ("first", "second"):
        with embedded(closed / "state") as server:
            assert server.place.is_relative_to(outside)
            assert Path(f"/proc/{server.pid}").stat().st_uid != 0
    assert oct(closed.stat().st_mode & 0o777) == "0o700"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")
def test_as_root_an_environment_nobody_else_may_enter_is_copied_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = folder / "outside"
    monkeypatch.setattr(places, "_OUTSIDE", outside)
    reachable = places.reachable
    monkeypatch.setattr(
        places, "reachable", lambda path, user: "site-packages" not in str(path) and reachable(path, user)
    )
    with embedded(folder / "state") as server:
        assert server.bin.is_relative_to(outside)
    assert places.binaries(places.account()) == server.bin
    assert len(list(outside.iterdir())) == 1


def test_a_state_folder_of_somebody_else_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(Unusable, match="belongs to"):
        places.make_state_dir(tmp_path)
