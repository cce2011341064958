"""PDF (ISO 32000): a scan or a letter. Scripts, launches, attachments, forms that send and encryption are refused."""

import re
import zlib

from services.safety.files.refusals import ActiveContent, FileBroken, FileTooLarge

NAMES = re.compile(
    rb"/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFiles?|SubmitForm|ImportData|RichMedia|XFA|GoToR|GoToE|Encrypt)"
    rb"(?![A-Za-z0-9])"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
UNPACKED = 40_000_000  # bytes: a scan of many pages; more is a bomb


def check(content: bytes) -> None:
    """Raise ActiveContent, FileBroken or FileTooLarge."""
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\r\n \x00"):
        raise FileBroken
    if _active(STREAM.sub(b"", content)):
        raise ActiveContent
    left = UNPACKED
    for match in STREAM.finditer(content):
        unpacked = _unpacked(match.group(1), left)
        left -= len(unpacked)
        if _active(unpacked):
            raise ActiveContent


def _active(text: bytes) -> bool:
    plain = ESCAPED.sub(lambda found: bytes([int(found.group(1), 16)]), text)
    return bool(NAMES.search(plain))


def _unpacked(stream: bytes, most: int) -> bytes:
    """What a deflated stream holds; of any other coding, the stream itself is not looked into: it is pixels."""
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(stream, most)
    except zlib.error:
        return b""
    if unpacker.unconsumed_tail:
        raise FileTooLarge(most=UNPACKED)
    return found
