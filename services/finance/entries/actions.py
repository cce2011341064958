"""Posting entries: one statement however many there are; the database says whether they balance when it commits."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.entries.models import Entry, Posting
from services.finance.entries.refusals import EntryBelongsToItsSource, EntryDiffers, ReversalStands
from services.finance.entries.rules import Draft, Line, reversed_lines
from services.finance.entries.schemas import BY_HAND, PostedEntry
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id

_post = text(
    """
    WITH asked AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(CAST(:entries AS jsonb)) AS e (id uuid, source text, source_key text,
        effective_on date, summary text, fingerprint text, reverses uuid, lines jsonb)),
    made AS (
      INSERT INTO entries (id, book, kindergarten, division, source, source_key, effective_on, summary, fingerprint,
        reverses)
      SELECT a.id, b.id, b.kindergarten, b.division, a.source, a.source_key, a.effective_on, a.summary, a.fingerprint,
        a.reverses
      FROM asked a CROSS JOIN books b WHERE b.id = :book
      ON CONFLICT (book, source, source_key) DO NOTHING
      RETURNING id, book, kindergarten, division, effective_on),
    lined AS (
      INSERT INTO postings (entry, line, book, kindergarten, division, account, amount, memo, effective_on)
      SELECT m.id, l.line, m.book, m.kindergarten, m.division, l.account, l.amount, l.memo, m.effective_on
      FROM made m JOIN asked a ON a.id = m.id
        CROSS JOIN LATERAL jsonb_to_recordset(a.lines) AS l (line int, account text, amount numeric, memo text))
    SELECT b.division, b.kindergarten, (SELECT array_agg(id) FROM made) FROM books b WHERE b.id = :book
    """
)
_known = text(
    "SELECT source, source_key, id, fingerprint FROM entries e WHERE book = :book AND (source, source_key) IN"
    " (SELECT * FROM unnest(CAST(:sources AS text[]), CAST(:keys AS text[])))"
)


async def post_entries(session: AsyncSession, book: UUID, drafts: Sequence[Draft]) -> list[PostedEntry]:
    """Post those that are not posted yet, all or none. Raises NotFound, EntryDiffers; at commit the ledger's rules."""
    ids = [new_id() for _ in drafts]
    rows = [_document(each, draft) for each, draft in zip(ids, drafts, strict=True)]
    binds = {"book": book, "entries": to_json(rows).decode()}
    found = (await session.execute(_post, binds)).one_or_none()
    if found is None:
        raise NotFound(what="book")
    division, kindergarten, made = found[0], found[1], set(found[2] or ())
    if len(made) == len(drafts):
        before: dict[tuple[str, str], UUID] = {}
    else:
        before = await _posted_before(session, book, [d for i, d in zip(ids, drafts, strict=True) if i not in made])
    if made:
        await announce(
            session,
            "finance.entries.posted",
            f"books/{book}",
            division=division,
            kindergarten=kindergarten,
            data={"book": book, "entries": len(made), "first": next(i for i in ids if i in made)},
        )
    return [
        PostedEntry(
            source_key=draft.source_key,
            id=each if each in made else before[draft.source, draft.source_key],
            repeated=each not in made,
        )
        for each, draft in zip(ids, drafts, strict=True)
    ]


async def reverse_entry(session: AsyncSession, id: UUID, effective_on: date, reason: str) -> UUID:
    """Post the same lines with opposite signs. Raises NotFound, ReversalStands, EntryBelongsToItsSource."""
    entry = await session.get(Entry, id)
    if entry is None:
        raise NotFound(what="entry")
    if entry.reverses is not None:
        raise ReversalStands
    if entry.source not in BY_HAND:
        raise EntryBelongsToItsSource(source=entry.source)
    posted = await session.scalars(select(Posting).where(Posting.entry == id).order_by(Posting.line))
    lines = reversed_lines([Line(each.account, each.amount, each.memo) for each in posted])
    draft = Draft("reversal", str(id), effective_on, reason, lines, reverses=id)
    (made,) = await post_entries(session, entry.book, [draft])
    return made.id


def _document(id: UUID, draft: Draft) -> dict[str, Any]:
    lines = [
        {
            "line": place,
            "account": line.account,
            "amount": f"{line.amount.quantize(Decimal('0.01'))}",
            "memo": line.memo,
        }
        for place, line in enumerate(draft.lines, 1)
    ]
    return {
        "id": id,
        "source": draft.source,
        "source_key": draft.source_key,
        "effective_on": draft.effective_on,
        "summary": draft.summary,
        "fingerprint": draft.fingerprint,
        "reverses": draft.reverses,
        "lines": lines,
    }


async def _posted_before(session: AsyncSession, book: UUID, drafts: Sequence[Draft]) -> dict[tuple[str, str], UUID]:
    binds = {"book": book, "sources": [d.source for d in drafts], "keys": [d.source_key for d in drafts]}
    found = {(row[0], row[1]): (row[2], row[3]) for row in await session.execute(_known, binds)}
    for draft in drafts:
        _, fingerprint = found[draft.source, draft.source_key]
        if fingerprint != draft.fingerprint:
            raise EntryDiffers(source=draft.source, source_key=draft.source_key)
    return {key: posted for key, (posted, _) in found.items()}
