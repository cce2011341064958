"""JPEG (ITU-T T.81): segments from SOI to EOI, nothing after."""

from services.safety.files.refusals import FileBroken

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
STANDALONE = {0x01, *range(0xD0, 0xD8)}
MARK = 0xFF


def size(content: bytes, _: int) -> tuple[int, int]:
    """Width and height in pixels. Raises FileBroken."""
    found, at, scanned = (0, 0), 2, False
    while True:
        marker, at = _marker(content, at)
        if marker == EOI:
            break
        if marker in STANDALONE:
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        if length < 2 or at + length > len(content):  # noqa: PLR2004  # the length counts its own two bytes
            raise FileBroken
        if marker in FRAMES:
            found = int.from_bytes(content[at + 5 : at + 7], "big"), int.from_bytes(content[at + 3 : at + 5], "big")
        at += length
        if marker == SOS:
            scanned, at = True, _after_scan(content, at)
    if not scanned or 0 in found or at != len(content):
        raise FileBroken
    return found


def _marker(content: bytes, at: int) -> tuple[int, int]:
    if at + 2 > len(content) or content[at] != MARK:
        raise FileBroken
    while at < len(content) and content[at] == MARK:
        at += 1
    if at >= len(content) or content[at] == 0:
        raise FileBroken
    return content[at], at + 1


def _after_scan(content: bytes, at: int) -> int:
    """Where the next segment begins: entropy-coded data holds 0xFF only before 0x00 or a restart marker."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise FileBroken
        following = content[at + 1]
        if following == MARK:
            at += 1
        elif following == 0 or following in STANDALONE:
            at += 2
        else:
            return at
