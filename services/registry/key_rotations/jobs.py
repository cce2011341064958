"""Sealing every identifier with the current key, in batches, while the register is in use.

Nothing waits for it: each row stays readable by the key its ciphertext names, and a row someone changes meanwhile is
sealed with the current key by that change.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, LargeBinary, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.crypto import KeyRing
from shared.jobs import Work, job
from shared.settings import settings

KIND = "registry.rotate_keys"
BATCH = 1000
COLUMNS = (
    ("children", "document_sealed"),
    ("guardians", "document_sealed"),
    ("guardians", "phone_sealed"),
    ("staff", "document_sealed"),
    ("bars", "document_sealed"),
    ("founders", "document_sealed"),
    ("admission_seeds", "sealed"),
)
FIRST = UUID(int=0)


@job(KIND)
async def rotate_keys(work: Work) -> Mapping[str, Any]:
    """Seal anew what an older key sealed; answer how many values of each column were."""
    keys = KeyRing.parse(settings().field_keys.get_secret_value())
    counts: dict[str, int] = work.checkpoint.setdefault("sealed", {})
    for place, (table, column) in list(enumerate(COLUMNS))[work.checkpoint.get("column", 0) :]:
        after: UUID | None = UUID(work.checkpoint.get("after", str(FIRST)))
        while after is not None:
            async with work.step(sum(counts.values()), None, f"{table}.{column}") as session:
                after, sealed = await rotate_batch(session, keys, table, column, after)
                counts[f"{table}.{column}"] = counts.get(f"{table}.{column}", 0) + sealed
                # What the step stores beside its rows: where the next one goes on.
                work.checkpoint |= {"column": place + (after is None), "after": str(after or FIRST)}
    return {"key": keys.current, **counts}


async def rotate_batch(
    session: AsyncSession, keys: KeyRing, table: str, column: str, after: UUID
) -> tuple[UUID | None, int]:
    """Seal one stretch of rows anew; return its last id (None at the end) and how many were sealed by another key."""
    query = text(f"SELECT id, {column} FROM {table} WHERE id > :after ORDER BY id LIMIT {BATCH}")
    rows = (await session.execute(query.bindparams(bindparam("after", after, type_=Uuid)))).all()
    stale = list(_sealed_anew(keys, rows))
    if stale:
        ids, before, anew = zip(*stale, strict=True)
        # Only what is still as it was read: a change of the number meanwhile was sealed with the current key.
        await session.execute(
            text(
                f"UPDATE {table} t SET {column} = n.anew FROM unnest(:ids, :before, :anew) n (id, before, anew)"
                f" WHERE t.id = n.id AND t.{column} = n.before"
            ).bindparams(
                bindparam("ids", list(ids), type_=ARRAY(Uuid)),
                bindparam("before", list(before), type_=ARRAY(LargeBinary)),
                bindparam("anew", list(anew), type_=ARRAY(LargeBinary)),
            )
        )
    return (rows[-1][0] if len(rows) == BATCH else None), len(stale)


def _sealed_anew(keys: KeyRing, rows: Any) -> Iterator[tuple[UUID, bytes, bytes]]:
    for record, sealed in rows:
        if sealed is not None and not keys.is_current(bytes(sealed)):
            before = bytes(sealed)
            yield record, before, keys.encrypt(keys.decrypt(before, record.bytes), record.bytes)
