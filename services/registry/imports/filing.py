"""The file as it came, kept sealed beside its import, so that any worker can read it again."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.imports.models import ImportFile
from shared.crypto import KeyRing

PIECE = 1 << 22  # bytes


async def keep_piece(session: AsyncSession, keys: KeyRing, import_id: UUID, number: int, piece: bytes) -> None:
    """Store one piece of the file."""
    row = ImportFile(import_id=import_id, number=number, sealed=keys.seal(piece, _bound(import_id, number)))
    session.add(row)
    await session.flush()
    session.expunge(row)  # a large file need not be in memory as a whole


async def kept_file(session: AsyncSession, keys: KeyRing, import_id: UUID) -> bytes:
    """The whole file; empty when it is not kept any more."""
    return b"".join([piece async for piece in _pieces(session, keys, import_id)])


async def _pieces(session: AsyncSession, keys: KeyRing, import_id: UUID) -> AsyncIterator[bytes]:
    query = select(ImportFile.number, ImportFile.sealed).where(ImportFile.import_id == import_id)
    rows = await session.stream(query.order_by(ImportFile.number), execution_options={"yield_per": 4})
    async for number, sealed in rows:
        yield keys.open(sealed, _bound(import_id, number))


async def forget_file(session: AsyncSession, import_id: UUID) -> None:
    """Delete the file: nobody needs the persons in it any more."""
    await session.execute(delete(ImportFile).where(ImportFile.import_id == import_id))


def _bound(import_id: UUID, number: int) -> bytes:
    return import_id.bytes + number.to_bytes(4)
