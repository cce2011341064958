"""WebP (RFC 9649): one RIFF container whose chunks fill it, with one picture."""

from services.safety.files.refusals import FileBroken

LOSSY, LOSSLESS, EXTENDED = b"VP8 ", b"VP8L", b"VP8X"
KNOWN = {LOSSY, LOSSLESS, EXTENDED, b"ALPH", b"ICCP", b"EXIF", b"XMP "}
FOURTEEN_BITS = 0x3FFF


def size(content: bytes, _: int) -> tuple[int, int]:
    """Width and height in pixels. Raises FileBroken."""
    if int.from_bytes(content[4:8], "little") + 8 != len(content):
        raise FileBroken
    at, found, pictures = 12, (0, 0), 0
    while at < len(content):
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + length]
        if name not in KNOWN or len(body) != length:
            raise FileBroken
        if name in (LOSSY, LOSSLESS):
            pictures += 1
            found = _lossy(body) if name == LOSSY else _lossless(body)
        at += 8 + length + length % 2
    if pictures != 1 or at != len(content):
        raise FileBroken
    return found


def _lossy(body: bytes) -> tuple[int, int]:
    if body[3:6] != b"\x9d\x01\x2a":
        raise FileBroken
    return (
        int.from_bytes(body[6:8], "little") & FOURTEEN_BITS,
        int.from_bytes(body[8:10], "little") & FOURTEEN_BITS,
    )


def _lossless(body: bytes) -> tuple[int, int]:
    if body[:1] != b"\x2f":
        raise FileBroken
    bits = int.from_bytes(body[1:5], "little")
    return (bits & FOURTEEN_BITS) + 1, ((bits >> 14) & FOURTEEN_BITS) + 1
