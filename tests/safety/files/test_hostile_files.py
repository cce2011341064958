"""Two hundred uploads that mean harm: each refused with a reason, none stored, none served."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety import given
from tests.safety.given import chunk, png
from tests.stack import Service

Upload = tuple[str, bytes, str, set[str]]  # name, content, claimed type, codes it may be refused with
SCRIPT = b"<script>alert(1)</script>"
TYPE = {"type-not-accepted", "type-not-as-named"}
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x02\x00\x02\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x1a\x2b\xff\xd9"
)
WEBP_BODY = b"WEBPVP8L" + struct.pack("<I", 6) + b"\x2f\x01\x40\x00\x00\x00"
WEBP = b"RIFF" + struct.pack("<I", len(WEBP_BODY)) + WEBP_BODY
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def archive(compressed: int = 1 << 20) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("bomb.png", b"\0" * compressed)
    return made.getvalue()


def wrong_types() -> Iterator[Upload]:
    programs = {
        "exe": b"MZ\x90\x00" + b"\0" * 60, "elf": b"\x7fELF\x02\x01", "sh": b"#!/bin/sh\nrm -rf /\n", "zip": archive(),
        "php": b"<?php system($_GET[0]);", "html": b"<!doctype html><p>", "svg": b"<svg xmlns='x' onload='a()'/>",
        "js": b"alert(1)", "gif": b"GIF89a\x01\x00", "docm": archive(9), "class": b"\xca\xfe\xba\xbe",
        "rtf": b"{\\rtf1", "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bmp": b"BM\x36\0", "tiff": b"II*\0",
        "text": "文本".encode(), "swf": b"CWS\x0a", "jar": archive(3), "xml": b"<?xml?>",
        "mp4": b"\0\0",
    }  # fmt: skip
    for suffix, content in programs.items():
        yield f"photo.{suffix}", content, "application/octet-stream", TYPE
        yield "photo.png", content, "image/png", TYPE  # under a false name
        yield f"photo.{suffix}", png(), "image/png", TYPE  # a true picture under a program's name


def bombs() -> Iterator[Upload]:
    large = {"image-too-large"}
    for size in ((100_000, 100_000), (2**31 - 1, 1), (1, 2**31 - 1), (50_000, 1_001)):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
        body = chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
        yield "bomb.png", b"\x89PNG\r\n\x1a\n" + header + body, "image/png", large | {"file-broken"}
    for factor in (10, 1_000, 100_000, 5_000_000):  # unpacks to more than the picture it declares
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
        body = chunk(b"IDAT", zlib.compress(b"\0" * factor)) + chunk(b"IEND", b"")
        yield "bomb.png", b"\x89PNG\r\n\x1a\n" + header + body, "image/png", large
    huge = zlib.compress(b"\0" * 60_000_000)
    bomb = PDF.replace(b"trailer", b"2 0 obj<<>>stream\n" + huge + b"endstream endobj\ntrailer")
    yield "bomb.pdf", bomb, "application/pdf", {"file-too-large"}
    sized = JPEG.replace(b"\x08\x00\x02\x00\x02", b"\x08\xff\xff\xff\xff")
    yield "bomb.jpg", sized, "image/jpeg", large
    for extra in (0, 1, 4096):
        yield "big.png", png() + b"\0" * (10_000_001 - len(png()) + extra), "image/png", {"file-too-large"}


def paths() -> Iterator[Upload]:
    names = ["../../etc/passwd.png", "/etc/cron.d/a.png", "a/b.png", "..\\a.png", ".htaccess.png",
             "a\u202egnp.exe.png", "a*.png", "a?.png", "a|b.png", "a<b>.png", "a:b.png", "...", "..", ".png",
             "x" * 300 + ".png"]  # fmt: skip
    for name in names:
        yield name, png(), "image/png", {"name-is-a-path", "type-not-as-named"}
    for name in (
        "a.php.png",
        "a.png.exe",
        "a.asp.jpg.png",
        "a.html.png",
        "photo",
        "photo.jpg",
        "a.svg.png",
        "a.png.js",
    ):
        yield name, png(), "image/png", TYPE
    for claimed in ("text/html", "image/svg+xml", "application/javascript", "image/jpeg", "application/x-php"):
        yield "photo.png", png(), claimed, TYPE


def scripts() -> Iterator[Upload]:
    active = {"active-content", "file-broken"}
    for hidden in (SCRIPT, b"<?php x();", b"<svg onload=a()>", b"<HTML >", b"<iframe src=x>", b"JaVaScRiPt:a()"):
        text = chunk(b"tEXt", b"Comment\0" + hidden)
        yield "photo.png", png(extra=text), "image/png", active
        yield "photo.png", png() + hidden, "image/png", active
        comment = b"\xff\xfe" + struct.pack(">H", len(hidden) + 2) + hidden
        yield "photo.jpg", JPEG[:2] + comment + JPEG[2:], "image/jpeg", active
        yield "photo.jpg", JPEG + hidden, "image/jpeg", active
        yield "photo.webp", WEBP + hidden, "image/webp", active
    names = [b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"/SubmitForm", b"/XFA",
             b"/RichMedia", b"/J#61vaScript", b"/#4a#53", b"/Encrypt", b"/GoToR", b"/ImportData"]  # fmt: skip
    for name in names:
        yield "scan.pdf", PDF.replace(b"/Type", name + b" 9 0 R/Type"), "application/pdf", {"active-content"}
        packed = zlib.compress(b"<<" + name + b"(a)>>")
        stream = b"2 0 obj<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream endobj\ntrailer"
        yield "scan.pdf", PDF.replace(b"trailer", stream), "application/pdf", {"active-content"}


def broken() -> Iterator[Upload]:
    bad = {"file-broken", "type-not-accepted", "type-not-as-named", "image-too-large"}
    for name, whole, claimed in (
        ("p.png", png(9, 9), "image/png"),
        ("p.jpg", JPEG, "image/jpeg"),
        ("p.webp", WEBP, "image/webp"),
        ("p.pdf", PDF, "application/pdf"),
    ):
        for cut in (3, 8, 12, len(whole) // 2, len(whole) - 7):
            yield name, whole[:cut], claimed, bad
        yield name, whole + archive(), claimed, bad
        yield name, b"\0" + whole, claimed, bad
        yield name, b"", claimed, {"file-is-empty"}
    chosen = random.Random(1)  # noqa: S311  # a fixed draw, no secret
    for _ in range(10):
        spoilt = bytearray(png(9, 9))
        spoilt[chosen.randrange(8, len(spoilt))] ^= 0xFF
        yield "p.png", bytes(spoilt), "image/png", bad


def kept_in(storage: Path) -> list[Path]:
    return [path for path in storage.rglob("*") if path.is_file()]


HOSTILE = [*wrong_types(), *bombs(), *paths(), *scripts(), *broken()]


async def test_two_hundred_hostile_uploads_are_refused_and_none_is_kept(safety: Service, storage: Path):
    assert len(HOSTILE) >= 200
    garden = await given.kindergarten(safety)
    officer = safety.client(given.OFFICER)
    for name, content, claimed, codes in HOSTILE:
        form = {"kindergarten": str(garden)}
        answer = await officer.post("/v1/files", data=form, files={"file": (name, content, claimed)})
        found = answer.json()
        assert answer.status_code in (413, 415, 422), (name, content[:80], answer.text)
        assert found["code"] in codes, (name, claimed, content[:80], found)
        assert found["detail"]
    assert await safety.database.fetch("SELECT id FROM files") == []
    assert kept_in(storage) == []


@pytest.mark.parametrize(
    ("name", "content", "kind", "size"),
    [
        ("现场照片.png", png(3, 5), "image/png", (3, 5)),
        ("IMG_2026.05.01.jpg", JPEG, "image/jpeg", (2, 2)),
        ("a.webp", WEBP, "image/webp", (2, 2)),
        ("函.pdf", PDF, "application/pdf", (None, None)),
    ],
)
async def test_an_honest_file_is_kept_and_comes_back_as_a_download(
    safety: Service, name: str, content: bytes, kind: str, size: tuple[int | None, int | None]
):
    garden = await given.kindergarten(safety)
    teacher = safety.client(("teacher", f"k:{garden}"))
    form = {"kindergarten": str(garden)}
    answer = await teacher.post("/v1/files", data=form, files={"file": (name, content, kind)})
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert (found["media_type"], (found["width"], found["height"])) == (kind, size)
    back = await teacher.get(f"/v1/files/{found['id']}/content")
    assert back.content == content
    assert back.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in back.headers["content-security-policy"]
    assert back.headers["content-disposition"] == f'attachment; filename="{found["id"]}"'
    stranger = safety.client(("town_officer", given.OTHER_TOWN))
    assert (await stranger.get(f"/v1/files/{found['id']}/content")).status_code == 404


async def test_content_that_was_tampered_with_is_not_served(safety: Service, storage: Path):
    garden = await given.kindergarten(safety)
    officer = safety.client(given.OFFICER)
    made = await given.photo(officer, garden)
    (path,) = kept_in(storage)
    path.write_bytes(path.read_bytes() + b"!")
    answer = await officer.get(f"/v1/files/{made}/content")
    assert (answer.status_code, answer.json()["code"]) == (500, "content-differs")


async def test_stored_files_are_private_and_not_executable(safety: Service, storage: Path):
    garden = await given.kindergarten(safety)
    await given.photo(safety.client(given.OFFICER), garden)
    (path,) = kept_in(storage)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.suffix == ""
