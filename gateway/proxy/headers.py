"""Which headers cross the gateway. What belongs to one connection stays on it; what only we may say is not believed."""

from collections.abc import Iterable

Raw = Iterable[tuple[bytes, bytes]]

HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
        b"http2-settings",
    }
)
# Said anew by us: a caller could lie.
OURS = frozenset(
    {
        b"host",
        b"content-length",
        b"expect",
        b"forwarded",
        b"traceparent",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-port",
        b"x-forwarded-prefix",
        b"x-forwarded-proto",
        b"x-real-ip",
    }
)
_ONWARD = HOP_BY_HOP | OURS
# Said anew by the gateway's own server, or by the limits in front.
_BACK = HOP_BY_HOP | {b"server", b"date", b"x-request-id", b"ratelimit", b"ratelimit-policy"}
_names: dict[bytes, str] = {}


class Unreadable(ValueError):
    """A header that could mean two things."""


def onward(headers: Raw) -> list[tuple[str, str]]:
    """The caller's headers as they go to the service.

    Raises:
        Unreadable: a value that is no text.
    """
    kept = []
    named = frozenset[bytes]()
    for name, value in headers:
        if name == b"connection":
            named |= {each.strip().lower() for each in value.split(b",")}
        elif name not in _ONWARD:
            try:
                kept.append((_text(name), value.decode()))
            except UnicodeDecodeError as error:
                raise Unreadable from error
    if named:
        dropped = {_text(each) for each in named if each.isascii()}
        kept = [each for each in kept if each[0] not in dropped]
    return kept


def back(headers: Raw, prefix: bytes, origin: bytes) -> list[tuple[bytes, bytes]]:
    """The service's headers as they go to the caller; addresses of its own become addresses of ours."""
    kept = []
    named = frozenset[bytes]()
    for written, value in headers:
        name = written.lower()
        if name == b"connection":
            named |= {each.strip().lower() for each in value.split(b",")}
        elif name == b"location":
            kept.append((name, _relocated(value, prefix, origin)))
        elif name not in _BACK:
            kept.append((name, value))
    return [each for each in kept if each[0] not in named] if named else kept


def _relocated(value: bytes, prefix: bytes, origin: bytes) -> bytes:
    inside = value.removeprefix(origin) if origin else value
    return prefix + inside if inside.startswith(b"/v1/") else inside


def _text(name: bytes) -> str:
    """Header names come again and again."""
    if (known := _names.get(name)) is None:
        known = name.decode("ascii")
        if len(_names) < 1000:  # noqa: PLR2004  # names a caller invents are not kept for ever
            _names[name] = known
    return known
