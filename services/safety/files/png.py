"""PNG (ISO/IEC 15948): chunks with right checksums from IHDR to IEND, pixels that unpack to just their size."""

import zlib

from services.safety.files.refusals import FileBroken, ImageTooLarge

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
HEADER = 13


def size(content: bytes, most_pixels: int) -> tuple[int, int]:
    """Width and height in pixels. Raises FileBroken, ImageTooLarge."""
    at, packed, seen = 8, [], []
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        name, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        checksum = content[at + 8 + length : at + 12 + length]
        if len(checksum) < 4 or zlib.crc32(name + body) != int.from_bytes(checksum, "big"):  # noqa: PLR2004  # CRC-32
            raise FileBroken
        seen.append(name)
        if name == b"IDAT":
            packed.append(body)
        if name in (b"zTXt", b"iTXt", b"iCCP") and length > 1 << 20:
            raise ImageTooLarge(most=most_pixels)
        at += 12 + length
        if name == b"IEND":
            break
    if seen[:1] != [b"IHDR"] or seen[-1:] != [b"IEND"] or not packed or at != len(content):
        raise FileBroken
    return _checked(content[16 : 16 + HEADER], b"".join(packed), most_pixels)


def _checked(header: bytes, packed: bytes, most_pixels: int) -> tuple[int, int]:
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    depth, colour, interlaced = header[8], header[9], header[12]
    if colour not in CHANNELS or depth not in (1, 2, 4, 8, 16) or not width or not height:
        raise FileBroken
    if width * height > most_pixels:
        raise ImageTooLarge(most=most_pixels)
    row = (width * depth * CHANNELS[colour] + 7) // 8 + 1
    # Interlacing stores seven smaller pictures: up to that many more filter bytes and padded rows.
    most = row * height + (8 * (width + height + 8) if interlaced else 0)
    unpacker = zlib.decompressobj()
    try:
        found = len(unpacker.decompress(packed, most + 1))
    except zlib.error as error:
        raise FileBroken from error
    if found > most or unpacker.unconsumed_tail:
        raise ImageTooLarge(most=most_pixels)
    if not unpacker.eof or unpacker.unused_data or (not interlaced and found != most):
        raise FileBroken
    return width, height
