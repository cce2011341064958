import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.deploy.conftest import Owner, gone, line

LAUNCHER = """
import os, sys
from pathlib import Path
from deploy.supervisor import Program, Supervisor

def program(name, port, stage=0):
    argv = (sys.executable, "-m", "deploy.serve", "tests.deploy.stub:create_app")
    return Program(name, argv, os.environ | {"HUAIYOU_LISTEN": f"127.0.0.1:{port}"}, ("127.0.0.1", int(port)), stage)

supervisor = Supervisor(Path(sys.argv[1]), lambda what: print(what.splitlines()[0], flush=True))
supervisor.listen_to_signals()
try:
    if supervisor.start([program("inner", sys.argv[2]), program("outer", sys.argv[3], 1)], 20):
        print("ready", *(one.process.pid for one in supervisor._running), flush=True)
        supervisor.watch()
finally:
    supervisor.stop()
print("stopped", flush=True)
"""


@pytest.fixture
def ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


@pytest.fixture
def launcher(owner: Owner, tmp_path: Path, ports: tuple[int, int]) -> subprocess.Popen[str]:
    return owner(LAUNCHER, tmp_path / "logs", *map(str, ports))


def worker(port: int) -> int:
    """The process that answers on this port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return int(connection.getresponse().read())
    finally:
        connection.close()


def worker_after(former: int, port: int) -> int:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if (found := worker(port)) != former:
                return found
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("nobody took over")


def everybody(launcher: subprocess.Popen[str], ports: tuple[int, int]) -> list[int]:
    ready, *mains = line(launcher).split()
    assert ready == "ready"
    return [*map(int, mains), *map(worker, ports)]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stopped_launcher_leaves_no_process(
    launcher: subprocess.Popen[str], ports: tuple[int, int], how: signal.Signals
) -> None:
    started = everybody(launcher, ports)
    launcher.send_signal(how)
    assert line(launcher) == "stopped"
    assert launcher.wait(5) == 0
    assert all(gone(pid, within=0.5) for pid in started)


def test_a_killed_launcher_leaves_no_process(launcher: subprocess.Popen[str], ports: tuple[int, int]) -> None:
    started = everybody(launcher, ports)
    launcher.kill()
    assert all(gone(pid) for pid in started)


def test_everything_killed_but_the_workers_leaves_no_worker(
    launcher: subprocess.Popen[str], ports: tuple[int, int]
) -> None:
    inner, outer, *workers = everybody(launcher, ports)
    for pid in (launcher.pid, inner, outer):
        os.kill(pid, signal.SIGKILL)
    assert all(gone(pid) for pid in workers)


def test_a_killed_program_is_started_again(launcher: subprocess.Popen[str], ports: tuple[int, int]) -> None:
    inner, _outer, serving, _ = everybody(launcher, ports)
    os.kill(inner, signal.SIGKILL)
    assert line(launcher) == "inner ended by signal 9; starting it again in 0.5 s"
    assert worker_after(serving, ports[0]) != serving
    assert gone(serving)


def test_a_killed_worker_is_replaced_by_its_own_main_process(
    launcher: subprocess.Popen[str], ports: tuple[int, int]
) -> None:
    inner, _outer, serving, _ = everybody(launcher, ports)
    os.kill(serving, signal.SIGKILL)
    assert worker_after(serving, ports[0]) != serving
    assert not gone(inner, within=0)


def test_a_program_that_never_gets_ready_is_named_with_its_last_words(
    owner: Owner, tmp_path: Path, ports: tuple[int, int]
) -> None:
    never = LAUNCHER.replace("tests.deploy.stub:create_app", "tests.deploy.stub:no_such_factory")
    never = never.replace(", 20)", ", 2)").replace("try:", "from deploy.settings import Unusable\ntry:")
    never = never.replace("finally:", "except Unusable as reason:\n    print(repr(str(reason)), flush=True)\nfinally:")
    process = owner(never, tmp_path / "logs", *map(str, ports))
    said = iter(lambda: line(process), "stopped")
    assert any("inner is not ready after 2 s" in each and "no_such_factory" in each for each in said)
