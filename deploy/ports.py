"""Every port is free before anything starts, or the error says which is not and which setting moves it."""

import errno
import socket
import time

from deploy.settings import Settings, Unusable, port_setting

_LOOPBACK = "127.0.0.1"
_PATIENCE_SECONDS = 10.0


def addresses(settings: Settings) -> dict[str, tuple[str, int]]:
    """Where each program listens: the gateway at the setting `HUAIYOU_HOST`, the services on loopback only."""
    return {
        program: (settings.host if program == "gateway" else _LOOPBACK, port)
        for program, port in settings.ports.items()
    }


def reach(address: tuple[str, int]) -> tuple[str, int]:
    """Where a program on this machine reaches what listens at this address."""
    return {"0.0.0.0": _LOOPBACK, "::": "::1"}.get(address[0], address[0]), address[1]  # noqa: S104 - a name, no listener


def require_free(settings: Settings, *, patient: bool) -> None:
    """Refuse to start on a busy port.

    Args:
        settings: Where each program is to listen.
        patient: A launcher was killed just now; what it started may still be on its way out.

    Raises:
        Unusable: naming every busy port with its setting.
    """
    deadline = time.monotonic() + (_PATIENCE_SECONDS if patient else 0)
    while busy := _busy(settings):
        if time.monotonic() >= deadline:
            raise Unusable("\n".join(busy))
        time.sleep(0.1)


def _busy(settings: Settings) -> list[str]:
    found, taken = [], set[int]()
    for program, (host, port) in addresses(settings).items():
        if port in taken:
            found.append(f"Port {port} is set for two programs: give {port_setting(program)} another one.")
        elif reason := _refusal(host, port):
            found.append(
                f"{program} cannot listen on port {port} of {host} ({reason}): stop what listens there,"
                f" or set {port_setting(program)} to a free port."
            )
        taken.add(port)
    return found


def _refusal(host: str, port: int) -> str | None:
    """Why this address cannot be bound. Without SO_REUSEPORT: with it we would share the port with a stranger."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as refused:
            return "it is in use" if refused.errno == errno.EADDRINUSE else str(refused.strerror)
    return None
