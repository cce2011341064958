"""Reading a request's path once, strictly, so that the gateway and the service mean the same thing by it."""

import re

# Dot segments, empty segments, encoded slashes and backslashes, NUL, and anything that is not visible ASCII.
_suspicious = re.compile(
    rb"/(?:\.|%2e){1,2}(?=[/;]|$)|//|\\|%(?:2f|5c|00)|%(?![0-9a-f]{2})|[^\x21-\x7e]", re.IGNORECASE
)
_query = re.compile(rb"[^\x21-\x7e]")


def is_suspicious(path: bytes, query: bytes) -> bool:
    """Whether two servers could read this path differently, or the query would end the request line."""
    return _suspicious.search(path) is not None or _query.search(query) is not None


def split(path: bytes) -> tuple[bytes, bytes]:
    """The first segment and the rest: `/registry/v1/children` → `registry`, `/v1/children`."""
    slash = path.find(b"/", 1)
    return (path[1:slash], path[slash:]) if slash > 0 else (path[1:], b"")
