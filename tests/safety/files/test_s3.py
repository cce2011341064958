"""Files in an S3-compatible store: signed as the standard's own examples are, kept whole, served unchanged."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from services.safety.files.s3 import S3Bucket, authorization, sha256
from services.safety.files.storage import LocalFolder, storage
from services.safety.settings import S3Settings
from shared.errors import Unavailable
from shared.ids import new_id
from tests.safety import given
from tests.stack import Service

# The key pair and signatures are those the Signature Version 4 documentation prints as its examples.
PRINTED = S3Settings(
    access_key="AKIAIOSFODNN7EXAMPLE", secret_key=SecretStr("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
)
WHEN = datetime(2013, 5, 24, tzinfo=UTC)
HOST = "https://examplebucket.s3.amazonaws.com"


@pytest.mark.parametrize(
    ("method", "path", "body", "more", "signature"),
    [
        ("GET", "/test.txt", b"", {"Range": "bytes=0-9"},
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        ("PUT", "/test%24file.text", b"Welcome to Amazon S3.",
         {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
    ],
)  # fmt: skip
def test_requests_are_signed_as_the_documentation_prints(
    method: str, path: str, body: bytes, more: dict[str, str], signature: str
):
    headers = more | {"x-amz-date": "20130524T000000Z", "x-amz-content-sha256": sha256(body)}
    found = authorization(method, HOST + path, headers, PRINTED, WHEN)
    assert found.endswith(f"Signature={signature}")


class Store(ThreadingHTTPServer):
    """The smallest object store: it knows one key pair and keeps what was signed with it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.objects: dict[str, bytes] = {}
        self.broken = False
        self.where = S3Settings(
            endpoint=f"http://127.0.0.1:{self.server_port}", bucket="evidence", region="cn-north-1", prefix="安全/",
            access_key="demo", secret_key=SecretStr("for the test only"),
        )  # fmt: skip


class Answering(BaseHTTPRequestHandler):
    server: Store

    def _admitted(self, body: bytes) -> bool:
        sent = {name: self.headers[name] for name in ("x-amz-date", "x-amz-content-sha256")}
        at = datetime.strptime(sent["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        ours = authorization(self.command, f"http://{self.headers['Host']}{self.path}", sent, self.server.where, at)
        return self.headers["Authorization"] == ours and sent["x-amz-content-sha256"] == sha256(body)

    def _say(self, code: int, body: bytes = b"") -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.broken or not self._admitted(body):
            return self._say(500 if self.server.broken else 403)
        self.server.objects[self.path] = body
        return self._say(200)

    def do_GET(self) -> None:
        if not self._admitted(b""):
            return self._say(403)
        found = self.server.objects.get(self.path)
        return self._say(404) if found is None else self._say(200, found)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Store]:
    with Store() as store:
        thread = threading.Thread(target=store.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield store
        finally:
            store.shutdown()
            thread.join()


def test_content_comes_back_whole_and_nothing_is_there_that_was_not_put():
    with serving() as store:
        bucket, name = S3Bucket(store.where), new_id()
        bucket.put(name, given.png())
        assert list(store.objects) == [f"/evidence/%E5%AE%89%E5%85%A8/{name.hex}"]
        assert bucket.get(name) == given.png()
        with pytest.raises(LookupError):
            bucket.get(new_id())
        stranger = S3Bucket(store.where.model_copy(update={"secret_key": SecretStr("another")}))
        with pytest.raises(Unavailable):
            stranger.get(name)
        bucket.client.close()
        stranger.client.close()


async def test_evidence_goes_to_the_store_and_a_store_that_fails_keeps_no_row(safety: Service):
    garden = await given.kindergarten(safety)
    teacher = safety.client(("teacher", f"k:{garden}"))
    with serving() as store:
        safety.app.state.storage = bucket = S3Bucket(store.where)
        kept = await given.photo(teacher, garden)
        assert (await teacher.get(f"/v1/files/{kept}/content")).content == given.png()
        store.broken = True
        form, upload = {"kindergarten": str(garden)}, {"file": ("photo.png", given.png(), "image/png")}
        refused = await teacher.post("/v1/files", data=form, files=upload)
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        store.objects.clear()
        assert (await teacher.get(f"/v1/files/{kept}/content")).json()["code"] == "content-differs"
    gone = await teacher.get(f"/v1/files/{kept}/content")
    bucket.client.close()
    assert gone.status_code == 503
    assert len(await safety.database.fetch("SELECT id FROM files")) == 1


def test_the_settings_choose_where_files_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HUAIYOU_FILES_FOLDER", str(tmp_path))
    folder = storage()
    assert isinstance(folder, LocalFolder)
    assert folder.root == tmp_path
    monkeypatch.setenv("HUAIYOU_FILES_S3_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ValidationError, match="_BUCKET"):
        storage()
    for name in ("BUCKET", "ACCESS_KEY", "SECRET_KEY"):
        monkeypatch.setenv(f"HUAIYOU_FILES_S3_{name}", "demo")
    assert isinstance(storage(), S3Bucket)
