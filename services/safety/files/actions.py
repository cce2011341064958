"""Keeping a file: judged first, then written, then recorded."""

import asyncio
import hashlib
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.files.models import File
from services.safety.files.rules import accept
from services.safety.files.storage import Storage
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id


async def keep_file(
    session: AsyncSession, actor: Actor, storage: Storage, place: UUID | str, content: bytes, name: str, claimed: str
) -> UUID:
    """Judge and keep an upload of a kindergarten, or of a division; its name is judged and forgotten.

    Content is written before its row is committed: a failure leaves content nobody can reach, never a row without
    content. Raises NotFound and what `rules.accept` refuses.
    """
    if isinstance(place, UUID):
        found = await session.get(Kindergarten, place)
        if found is None:
            raise NotFound(what="kindergarten", pointer="/kindergarten")
        division, kindergarten = found.division, found.id
    else:
        division, kindergarten = place, None
    most_bytes, most_pixels = most_of("bytes"), most_of("pixels")
    accepted = await asyncio.to_thread(accept, content, name, claimed, most_bytes, most_pixels)
    made = File(
        id=new_id(),
        division=division,
        kindergarten=kindergarten,
        media_type=accepted.media_type,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        width=accepted.width,
        height=accepted.height,
        uploaded_by=actor.id,
    )
    await asyncio.to_thread(storage.put, made.id, content)
    session.add(made)
    await session.flush()
    await announce(
        session,
        "safety.file.kept",
        f"files/{made.id}",
        division=made.division,
        kindergarten=kindergarten,
        data={"media_type": made.media_type, "bytes": made.bytes, "sha256": made.sha256},
    )
    return UUID(str(made.id))


def most_of(what: str) -> int:
    """The most bytes or pixels a file may have today."""
    return number(PARAMETERS, f"file_{what}", today())
