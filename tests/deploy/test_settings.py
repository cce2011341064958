import socket
from pathlib import Path

import pytest

from deploy import ports
from deploy.preparation import heads
from deploy.settings import CHECKOUT, Unusable, from_environment


def test_without_settings_everything_has_its_usual_place() -> None:
    chosen = from_environment({})
    assert chosen.state_dir == CHECKOUT / ".run"
    assert chosen.ports == {"registry": 8001, "finance": 8002, "safety": 8003, "quality": 8004, "gateway": 8000}
    assert chosen.database_url is None


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("HUAIYOU_PORT", "http"),
        ("HUAIYOU_REGISTRY_PORT", "0"),
        ("HUAIYOU_FINANCE_PORT", "65536"),
        ("HUAIYOU_DATABASE_PREFIX", "Huai You"),
        ("HUAIYOU_DATABASE_PREFIX", "x" * 32),
    ],
)
def test_an_unusable_setting_is_named(setting: str, value: str) -> None:
    with pytest.raises(Unusable, match=setting):
        from_environment({setting: value})


def free_ports() -> dict[str, str]:
    names = ("HUAIYOU_PORT", *(f"HUAIYOU_{name}_PORT" for name in ("REGISTRY", "FINANCE", "SAFETY", "QUALITY")))
    sockets = [socket.socket() for _ in names]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    found = {name: str(each.getsockname()[1]) for name, each in zip(names, sockets, strict=True)}
    for each in sockets:
        each.close()
    return found


def test_free_ports_are_accepted() -> None:
    ports.require_free(from_environment(free_ports()), patient=False)


def test_every_busy_port_is_named_with_the_setting_that_moves_it() -> None:
    chosen = free_ports()
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", int(chosen["HUAIYOU_PORT"])))
        one.listen()
        other.bind(("0.0.0.0", int(chosen["HUAIYOU_QUALITY_PORT"])))  # noqa: S104 - a stranger may do so
        other.listen()
        with pytest.raises(Unusable) as refused:
            ports.require_free(from_environment(chosen), patient=False)
    assert f"port {chosen['HUAIYOU_PORT']} of 127.0.0.1 (it is in use)" in str(refused.value)
    assert "set HUAIYOU_PORT to a free port" in str(refused.value)
    assert f"port {chosen['HUAIYOU_QUALITY_PORT']}" in str(refused.value)
    assert "set HUAIYOU_QUALITY_PORT to a free port" in str(refused.value)
    assert "REGISTRY" not in str(refused.value)


def test_a_port_shared_with_so_reuseport_is_busy_too() -> None:
    chosen = free_ports()
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        one.bind(("127.0.0.1", int(chosen["HUAIYOU_REGISTRY_PORT"])))
        one.listen()
        with pytest.raises(Unusable, match="HUAIYOU_REGISTRY_PORT"):
            ports.require_free(from_environment(chosen), patient=False)


def test_one_port_for_two_programs_is_refused() -> None:
    chosen = free_ports()
    with pytest.raises(Unusable, match="two programs: give HUAIYOU_PORT"):
        ports.require_free(from_environment(chosen | {"HUAIYOU_PORT": chosen["HUAIYOU_REGISTRY_PORT"]}), patient=False)


def test_migrations_are_compared_by_their_files(tmp_path: Path) -> None:
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / "1.py").write_text('revision = "a"\ndown_revision = None\n')
    (versions / "2.py").write_text('revision: str = "b"\ndown_revision: str | None = "a"\n')
    (versions / "3.py").write_text('revision = "c"\ndown_revision = ("a", "b")\n')
    assert heads(tmp_path) == {"c"}
