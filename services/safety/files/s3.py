"""A bucket of an S3-compatible object store, each request signed with Signature Version 4.

One object a file, never overwritten by us; the store need offer nothing but PUT and GET.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit
from uuid import UUID

import httpx
import structlog

from services.safety.settings import S3Settings
from shared.errors import Unavailable

log = structlog.get_logger()
TIMEOUT = 20.0  # seconds
FOUND, MISSING = 200, 404


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def authorization(method: str, url: str, headers: Mapping[str, str], where: S3Settings, at: datetime) -> str:
    """The Authorization header for a request with exactly these headers, one of which tells the body's SHA-256."""
    parts, moment = urlsplit(url), f"{at:%Y%m%dT%H%M%SZ}"
    known = {name.lower(): " ".join(value.split()) for name, value in headers.items()} | {"host": parts.netloc}
    names = ";".join(sorted(known))
    spelled = "".join(f"{name}:{known[name]}\n" for name in sorted(known))
    request = "\n".join([method, parts.path, parts.query, spelled, names, known["x-amz-content-sha256"]])
    scope = f"{at:%Y%m%d}/{where.region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, sha256(request.encode())])
    key = f"AWS4{where.secret_key.get_secret_value()}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    return f"AWS4-HMAC-SHA256 Credential={where.access_key}/{scope},SignedHeaders={names},Signature={signature}"


class S3Bucket:
    """Objects named by their ids under a prefix; addressed by path, as every compatible store understands."""

    def __init__(self, where: S3Settings) -> None:
        self.where = where
        self.client = httpx.Client(timeout=TIMEOUT)

    def put(self, id: UUID, content: bytes) -> None:
        """Raises Unavailable when the store does not take it."""
        self._send("PUT", id, content)

    def get(self, id: UUID) -> bytes:
        return self._send("GET", id)

    def _send(self, method: str, id: UUID, content: bytes = b"") -> bytes:
        at = datetime.now(UTC)
        path = quote(f"/{self.where.bucket}/{self.where.prefix}{id.hex}")
        url = self.where.endpoint.rstrip("/") + path
        headers = {"x-amz-date": f"{at:%Y%m%dT%H%M%SZ}", "x-amz-content-sha256": sha256(content)}
        headers["Authorization"] = authorization(method, url, headers, self.where, at)
        try:
            answer = self.client.request(method, url, headers=headers, content=content or None)
        except httpx.HTTPError as error:
            log.warning("object store unreachable", kind=type(error).__name__)
            raise Unavailable from error
        if method == "GET" and answer.status_code == MISSING:
            raise LookupError(str(id))
        if answer.status_code != FOUND:
            log.warning("object store refuses", method=method, status=answer.status_code)
            raise Unavailable
        return answer.content
