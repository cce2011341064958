"""Where a request comes from."""

import ipaddress

from starlette.types import Scope


def caller_address(scope: Scope, trust_proxy: bool) -> str:
    """Address of the caller: the peer, or what the trusted proxy in front of us wrote last."""
    if trust_proxy:
        for name, value in scope["headers"]:
            if name == b"x-forwarded-for":
                return str(value.decode("latin-1").rsplit(",", 1)[-1].strip())
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def network(address: str) -> str:
    """What counts as one stranger: an IPv4 address, or the /64 that one IPv6 subscriber is given."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    except ValueError:
        return address
