"""What a file is, by its content alone, and whether it is fit to be kept: a photo, a scan, nothing that can run.

Images and documents are walked through from first to last byte; what is not part of the format is refused.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from services.safety.files import jpeg, pdf, png, webp
from services.safety.files.refusals import (
    ActiveContent,
    FileIsEmpty,
    FileTooLarge,
    ImageTooLarge,
    NameIsAPath,
    TypeNotAccepted,
    TypeNotAsNamed,
)

EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "application/pdf": ("pdf",),
}
MARKS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
READERS = {"image/jpeg": jpeg.size, "image/png": png.size, "image/webp": webp.size}
# Longer than chance would put into compressed data.
ACTIVE = re.compile(rb"<script|<\?php|<!doctype html|<html[\s>]|<svg[\s>]|<iframe|javascript:|<%@ *page", re.IGNORECASE)
SAFE_NAME = re.compile(r"^[^/\\:*?\"<>|\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]{1,200}$")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file fit to be kept. `width` and `height` are pixels, None for a document."""

    media_type: str
    width: int | None
    height: int | None


def kind(content: bytes) -> str | None:
    """The media type by the first bytes."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for mark, media_type in MARKS if content.startswith(mark)), None)


def accept(content: bytes, name: str, claimed: str, most_bytes: int, most_pixels: int) -> Accepted:
    """Judge an upload. Raises what is wrong with it; `name` and `claimed` must not contradict the content."""
    if not content:
        raise FileIsEmpty
    if len(content) > most_bytes:
        raise FileTooLarge(most=most_bytes)
    if not SAFE_NAME.match(name) or name.strip(". ") == "" or name.startswith("."):
        raise NameIsAPath
    media_type = kind(content)
    if media_type is None:
        raise TypeNotAccepted
    _same_as_named(name, claimed, media_type)
    if ACTIVE.search(content):
        raise ActiveContent
    if media_type == "application/pdf":
        pdf.check(content)
        return Accepted(media_type, None, None)
    width, height = READERS[media_type](content, most_pixels)
    if not 0 < width * height <= most_pixels:
        raise ImageTooLarge(most=most_pixels)
    return Accepted(media_type, width, height)


def _same_as_named(name: str, claimed: str, media_type: str) -> None:
    suffixes = [each.lstrip(".").strip().lower() for each in PurePosixPath(name).suffixes]
    known = {each for group in EXTENSIONS.values() for each in group}
    if not suffixes or suffixes[-1] not in EXTENSIONS[media_type]:
        raise TypeNotAsNamed(found=media_type)
    # photo.php.jpg: some servers run a file by any of its suffixes; a date such as 2026.05.jpg is no suffix.
    if any(each not in known and re.fullmatch(r"[a-z]{2,5}\d?", each) for each in suffixes[:-1]):
        raise TypeNotAsNamed(found=media_type)
    if claimed not in ("", "application/octet-stream", media_type, "image/jpg"):
        raise TypeNotAsNamed(found=media_type)
