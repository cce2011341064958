"""The file as it came, kept sealed beside its import, so that any worker can read it again."""

from uuid import UUID

from psycopg import AsyncConnection
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.imports.models import ImportFile
from shared.crypto import KeyRing

PIECE = 1 << 22  # bytes
_pieces = "SELECT number, sealed FROM import_files WHERE import_id = %s ORDER BY number"


async def keep_piece(session: AsyncSession, keys: KeyRing, import_id: UUID, number: int, piece: bytes) -> None:
    """Store one piece of the file."""
    row = ImportFile(import_id=import_id, number=number, sealed=keys.seal(piece, _bound(import_id, number)))
    session.add(row)
    await session.flush()
    session.expunge(row)  # a large file need not be in memory as a whole


async def kept_file(connection: AsyncConnection, keys: KeyRing, import_id: UUID) -> bytes:
    """The whole file; empty when it is not kept any more."""
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_pieces, [import_id])
        return b"".join([keys.open(bytes(sealed), _bound(import_id, number)) async for number, sealed in cursor])


async def forget_file(session: AsyncSession, import_id: UUID) -> None:
    """Delete the file: nobody needs the persons in it any more."""
    await session.execute(delete(ImportFile).where(ImportFile.import_id == import_id))


def _bound(import_id: UUID, number: int) -> bytes:
    return import_id.bytes + number.to_bytes(4)
