"""Telling what became of places: of many in one statement, nothing personal."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.registry import ADMISSION_PLACE_CHANGED

# The fields of AdmissionPlaceFact.
_announce = text(
    "INSERT INTO events (type, subject, division, kindergarten, actor, data)"
    " SELECT :type, 'admission-places/' || p.id, p.division, p.kindergarten,"
    " coalesce(nullif(current_setting('app.actor', true), ''), 'system'),"
    " json_build_object('id', p.id, 'round', p.round, 'kindergarten', p.kindergarten, 'kind', p.kind,"
    " 'state', p.state, 'answer_by', p.answer_by, 'synthetic', p.synthetic, 'version', p.version)"
    " FROM admission_places p WHERE p.id = ANY (:ids) ORDER BY p.id"
).bindparams(bindparam("ids", type_=ARRAY(Uuid)))


async def announce_places(session: AsyncSession, ids: Sequence[UUID]) -> None:
    """Tell the state of these places."""
    if ids:
        await session.execute(_announce, {"type": ADMISSION_PLACE_CHANGED, "ids": list(ids)})
